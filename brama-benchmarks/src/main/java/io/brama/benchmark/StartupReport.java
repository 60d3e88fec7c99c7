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
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Prints how long an application with 500 beans takes to start with this library and
 * without: medians of starts in fresh JVMs, by turns, with the CPU time that they took,
 * which other work on the machine disturbs less. Those without it have all that Spring
 * Boot makes proxies with; one has nothing to make them for, the other has advice of its
 * own that does nothing, for as many beans as are guarded elsewhere.
 */
public final class StartupReport {

	private static final int ROUNDS = 15;

	/** What the application needs: no peers, which would set themselves up. */
	private static final Pattern NEEDED = Pattern
		.compile("spring-|aspectjweaver|slf4j|logback|log4j|commons-logging|jspecify|snakeyaml"
				+ "|jakarta\\.annotation|micrometer-(commons|observation)|brama-");

	private static final Pattern PEER = Pattern.compile("resilience4j");

	private static final Pattern BRAMA = Pattern.compile("brama-(core|spring-boot-starter)");

	private static final String GUARDED = "@io.brama.spring.annotation.CircuitBreaker(identifier = \"partner-%d\")";

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
		}
		String classPath = packed(System.getProperty("java.class.path"));
		for (Application application : Application.values()) {
			application.start(classPath);
		}
		List<Start> starts = new ArrayList<>();
		for (int round = 0; round < rounds; round++) {
			for (Application application : Application.values()) {
				starts.add(application.start(classPath));
			}
		}
		System.out.printf("%-16s %-28s %s%n", "", "time", "CPU time");
		for (Application application : Application.values()) {
			System.out.printf("%-16s %s   %s%n", application, figures(starts, application, Start::milliseconds),
					figures(starts, application, Start::cpuMilliseconds));
		}
	}

	/**
	 * What applications need of a class path. The modules of this library are packed, as
	 * applications get them: to look for any class in a directory takes longer.
	 */
	private static String packed(String classPath) {
		return Arrays.stream(classPath.split(File.pathSeparator))
			.filter((entry) -> NEEDED.matcher(entry).find() && !PEER.matcher(entry).find())
			.map((entry) -> (BRAMA.matcher(entry).find() && Files.isDirectory(Path.of(entry))) ? pack(entry) : entry)
			.collect(Collectors.joining(File.pathSeparator));
	}

	private static String pack(String classes) {
		Path module = Path.of(classes, "..", "..").normalize().getFileName();
		String jar = Path.of("target", "startup", module + ".jar").toString();
		int result = ToolProvider.findFirst("jar")
			.orElseThrow()
			.run(System.out, System.err, "--create", "--file", jar, "-C", classes, ".");
		if (result != 0) {
			throw new IllegalStateException(classes + " cannot be packed");
		}
		return jar;
	}

	/** A median, and how it relates to those of the applications without this library. */
	private static String figures(List<Start> starts, Application application, ToDoubleFunction<Start> figure) {
		double median = median(starts, application, figure);
		return String.format(Locale.ROOT, "%6.0f ms %5.2f x %5.2f x", median,
				median / median(starts, Application.WITHOUT_BRAMA, figure),
				median / median(starts, Application.PROXIED_10, figure));
	}

	private static double median(List<Start> starts, Application application, ToDoubleFunction<Start> figure) {
		double[] sorted = starts.stream()
			.filter((start) -> start.application == application)
			.mapToDouble(figure)
			.sorted()
			.toArray();
		return sorted[sorted.length / 2];
	}

	/** A start and how long it took. */
	private record Start(Application application, double milliseconds, double cpuMilliseconds) {
	}

	/** One of the applications, which differ in class path and beans. */
	private enum Application {

		WITHOUT_BRAMA(0, ""), PROXIED_10(10, "@io.brama.benchmark.AdviceOfItsOwn.Marked"), GUARDED_0(0, GUARDED),
		GUARDED_10(10, GUARDED), GUARDED_200(200, GUARDED);

		private final int proxies;

		private final String annotation;

		private final Path beans;

		Application(int proxies, String annotation) {
			this.proxies = proxies;
			this.annotation = annotation;
			this.beans = Path.of("target", "startup", name());
		}

		void compileBeans() throws IOException {
			Files.createDirectories(this.beans);
			Path source = Files.writeString(this.beans.resolve("Beans.java"),
					IntStream.range(0, StartedApplication.BEANS)
						.mapToObj((number) -> source(number))
						.collect(Collectors.joining("\n", "package " + StartedApplication.PACKAGE + ";\n", "")));
			int result = ToolProvider.findFirst("javac")
				.orElseThrow()
				.run(System.out, System.err, "-proc:none", "-cp", System.getProperty("java.class.path"), "-d",
						this.beans.toString(), source.toString());
			if (result != 0) {
				throw new IllegalStateException(source + " does not compile");
			}
		}

		private String source(int number) {
			String annotation = (number < this.proxies) ? this.annotation.formatted(number) : "";
			return """
					class Bean%d {
						%s public String call(String argument) { return argument; }
						public String other(String argument, int number) { return argument + number; }
						public int count() { return %d; }
					}
					""".formatted(number, annotation, number);
		}

		/** Start it in a JVM of its own, and see that the right beans are proxies. */
		Start start(String classPath) throws IOException {
			Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
					"-cp", classPath(classPath), StartedApplication.class.getName(),
					(this == PROXIED_10) ? StartedApplication.WITH_ADVICE : "")
				.redirectError(ProcessBuilder.Redirect.INHERIT)
				.start();
			String[] answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim()
				.split(" ");
			if (answer.length != 3 || Integer.parseInt(answer[2]) != this.proxies) {
				throw new IllegalStateException(
						this + " must have " + this.proxies + " proxies, answered " + Arrays.toString(answer));
			}
			return new Start(this, Double.parseDouble(answer[0]), Double.parseDouble(answer[1]));
		}

		private String classPath(String classPath) {
			return this.beans + File.pathSeparator
					+ Arrays.stream(classPath.split(File.pathSeparator))
						.filter((entry) -> this.annotation.equals(GUARDED) || !BRAMA.matcher(entry).find())
						.collect(Collectors.joining(File.pathSeparator));
		}

	}

}
