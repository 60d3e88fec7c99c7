package io.brama.benchmark;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import javax.tools.ToolProvider;

/**
 * Prints how long an application with 500 beans takes to start with this library and
 * without: medians of starts in fresh JVMs, by turns. The one without it has all that
 * Spring Boot makes proxies with, and nothing to make them for.
 */
public final class StartupReport {

	private static final int ROUNDS = 15;

	/** What the application needs: no peers, which would set themselves up. */
	private static final Pattern NEEDED = Pattern
		.compile("spring-|aspectjweaver|slf4j|logback|log4j|commons-logging|jspecify|snakeyaml"
				+ "|jakarta\\.annotation|micrometer-(commons|observation)|brama-");

	private static final Pattern PEER = Pattern.compile("resilience4j");

	private static final Pattern BRAMA = Pattern.compile("brama-(core|spring-boot-starter)");

	private StartupReport() {
	}

	/**
	 * Print the report.
	 * @param arguments how many starts of each, if not 15
	 * @throws IOException if an application cannot be started
	 */
	public static void main(String[] arguments) throws IOException {
		int rounds = (arguments.length > 0) ? Integer.parseInt(arguments[0]) : ROUNDS;
		for (Application application : Application.values()) {
			application.compileBeans();
			application.start();
		}
		List<Start> starts = new ArrayList<>();
		for (int round = 0; round < rounds; round++) {
			for (Application application : Application.values()) {
				starts.add(new Start(application, application.start()));
			}
		}
		double without = median(starts, Application.WITHOUT_BRAMA);
		for (Application application : Application.values()) {
			double median = median(starts, application);
			System.out.printf(Locale.ROOT, "%-16s %6.0f ms %5.2f x%n", application, median, median / without);
		}
	}

	private static double median(List<Start> starts, Application application) {
		double[] sorted = starts.stream()
			.filter((start) -> start.application == application)
			.mapToDouble(Start::milliseconds)
			.sorted()
			.toArray();
		return sorted[sorted.length / 2];
	}

	/** A start and how long it took. */
	private record Start(Application application, double milliseconds) {
	}

	/** One of the applications, which differ in class path and beans. */
	private enum Application {

		WITHOUT_BRAMA(10, false), GUARDED_0(0, true), GUARDED_10(10, true), GUARDED_200(200, true);

		private final int guarded;

		private final boolean withBrama;

		private final Path beans;

		Application(int guarded, boolean withBrama) {
			this.guarded = guarded;
			this.withBrama = withBrama;
			this.beans = Path.of("target", "startup", name());
		}

		void compileBeans() throws IOException {
			Files.createDirectories(this.beans);
			Path source = Files.writeString(this.beans.resolve("Beans.java"),
					IntStream.range(0, StartedApplication.BEANS)
						.mapToObj((number) -> source(number, number < this.guarded))
						.collect(Collectors.joining("\n", "package " + StartedApplication.PACKAGE + ";\n", "")));
			int result = ToolProvider.getSystemJavaCompiler()
				.run(null, null, null, "-proc:none", "-cp", System.getProperty("java.class.path"), "-d",
						this.beans.toString(), source.toString());
			if (result != 0) {
				throw new IllegalStateException(source + " does not compile");
			}
		}

		private static String source(int number, boolean guarded) {
			String annotation = guarded
					? "@io.brama.spring.annotation.CircuitBreaker(identifier = \"partner-%d\")".formatted(number) : "";
			return """
					class Bean%d {
						%s public String call(String argument) { return argument; }
						public String other(String argument, int number) { return argument + number; }
						public int count() { return %d; }
					}
					""".formatted(number, annotation, number);
		}

		/** Start it in a JVM of its own, and see that the right beans were guarded. */
		double start() throws IOException {
			Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
					"-cp", classPath(), StartedApplication.class.getName())
				.redirectError(ProcessBuilder.Redirect.INHERIT)
				.start();
			String[] answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim()
				.split(" ");
			int expected = this.withBrama ? this.guarded : 0;
			if (answer.length != 2 || Integer.parseInt(answer[1]) != expected) {
				throw new IllegalStateException(
						this + " must guard " + expected + " beans, answered " + Arrays.toString(answer));
			}
			return Double.parseDouble(answer[0]);
		}

		private String classPath() {
			return this.beans + File.pathSeparator
					+ Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
						.filter((entry) -> NEEDED.matcher(entry).find() && !PEER.matcher(entry).find())
						.filter((entry) -> this.withBrama || !BRAMA.matcher(entry).find())
						.collect(Collectors.joining(File.pathSeparator));
		}

	}

}
