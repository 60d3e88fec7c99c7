package io.brama.spring.autoconfigure;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.brama.Brama;
import io.brama.TimeSource;
import io.brama.spring.actuate.BramaEndpoint;
import io.brama.spring.actuate.BramaEndpointWebExtension;
import io.brama.spring.actuate.Display;
import io.brama.spring.health.BramaHealthIndicator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static io.brama.Command.because;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is there, depending on which libraries are.
 */
@ExtendWith(OutputCaptureExtension.class)
class ConditionTests {

	/** What spring-boot-starter and the starter itself bring along. */
	private static final Pattern STARTER = Pattern.compile("(spring-(core|beans|context|aop|expression)"
			+ "|spring-boot|spring-boot-autoconfigure|brama-core|aspectjweaver|jspecify|commons-logging"
			+ "|logback-.*|slf4j-api|log4j-.*|jul-to-slf4j|jakarta.annotation-api|snakeyaml|micrometer-(observation|commons))"
			+ "-[0-9].*");

	private final WebApplicationContextRunner web = new WebApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(BramaAutoConfiguration.class, BramaEndpointAutoConfiguration.class));

	@Test
	void theEndpointIsThereOnceItIsExposed() {
		this.web.run((context) -> assertThat(context).hasSingleBean(Brama.class).doesNotHaveBean(BramaEndpoint.class));
		this.web.withPropertyValues("management.endpoints.web.exposure.include=brama")
			.run((context) -> assertThat(context).hasSingleBean(BramaEndpoint.class)
				.hasSingleBean(BramaEndpointWebExtension.class));
		this.web.withPropertyValues("management.endpoints.jmx.exposure.include=brama", "spring.jmx.enabled=true")
			.run((context) -> assertThat(context).hasSingleBean(BramaEndpoint.class)
				.doesNotHaveBean(BramaEndpointWebExtension.class));
	}

	@Test
	void theEndpointGoesAwayWithAccessOrTheMainSwitch() {
		WebApplicationContextRunner exposed = this.web
			.withPropertyValues("management.endpoints.web.exposure.include=brama");
		exposed.withPropertyValues("management.endpoint.brama.access=NONE")
			.run((context) -> assertThat(context).doesNotHaveBean(BramaEndpoint.class));
		exposed.withPropertyValues("brama.enabled=false")
			.run((context) -> assertThat(context).hasSingleBean(Brama.class).doesNotHaveBean(BramaEndpoint.class));
	}

	@Test
	void everythingBacksOffForBeansOfTheApplication() {
		BramaEndpoint own = new BramaEndpoint(Brama.create(),
				new Display(null, TimeSource.system(), false, false, (id) -> List.of()), (config) -> (options) -> {
				}, (event) -> {
				});
		this.web.withPropertyValues("management.endpoints.web.exposure.include=brama")
			.withBean(BramaEndpoint.class, () -> own)
			.run((context) -> assertThat(context).getBean(BramaEndpoint.class).isSameAs(own));
	}

	@Test
	void theEndpointShowsTheBramaOfTheApplication() {
		Brama own = Brama.create();
		own.circuit("payment-api");
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(BramaAutoConfiguration.class, BramaEndpointAutoConfiguration.class))
			.withPropertyValues("management.endpoints.web.exposure.include=brama")
			.withBean(Brama.class, () -> own)
			.run((context) -> assertThat(
					context.getBean(BramaEndpoint.class).connections(null, null, null, null).connections())
				.hasSize(1));
	}

	@Test
	void healthGoesAwayByItsOwnSwitchAndStaysWithoutTheMainSwitch() {
		ApplicationContextRunner health = new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(BramaAutoConfiguration.class, BramaHealthAutoConfiguration.class));
		health.withPropertyValues("management.health.brama.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(BramaHealthIndicator.class));
		health.withPropertyValues("brama.enabled=false", "brama.critical=true").run((context) -> {
			context.getBean(Brama.class).circuit("payment-api").open(because("maintenance"));
			assertThat(context.getBean(BramaHealthIndicator.class).health().getStatus()).isEqualTo(Status.UP);
		});
	}

	@Test
	void anotherIndicatorOfTheSameNameTakesThePlaceOfOurs() {
		HealthIndicator own = () -> Health.up().build();
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(BramaAutoConfiguration.class, BramaHealthAutoConfiguration.class))
			.withBean("bramaHealthIndicator", HealthIndicator.class, () -> own)
			.run((context) -> assertThat(context).getBean(HealthIndicator.class).isSameAs(own));
	}

	@Tag("T69")
	@ParameterizedTest
	@ValueSource(strings = { "reactor-.*|reactive-streams.*|spring-webflux.*",
			"spring-boot-actuator.*|spring-boot-health.*", "spring-boot-health.*",
			"logback-.*|slf4j-api.*|log4j-.*|jul-to-slf4j.*", "micrometer-(core|registry).*",
			"spring-boot-micrometer-metrics.*", "spring-web.*|tomcat.*", "spring-webmvc.*|tomcat.*", "spring-webflux.*",
			"spring-boot-restclient.*", "spring-boot-webclient.*", "spring-boot-(rest|web|http-)client.*",
			"aspectjweaver.*", "jakarta.validation.*|hibernate-validator.*", "jackson.*" })
	void anApplicationRunsWithout(String libraries) throws Exception {
		Pattern absent = Pattern.compile(libraries);
		runWith((name) -> !absent.matcher(name).matches());
	}

	@Test
	@Tag("T69")
	void theHandlerForHttpNeedsOnlyOneOfTheClients() throws Exception {
		assertThat(
				answersOf(BareHttpCall.class, (name) -> !name.matches("(reactor-|reactive-streams|spring-webflux).*")))
			.isEqualTo("503 Service Unavailable, no answer");
	}

	@Test
	@Tag("T69")
	void anApplicationRunsWithNothingButTheStarter() throws Exception {
		runWith((name) -> STARTER.matcher(name).matches());
	}

	@Tag("T69")
	@ParameterizedTest
	@ValueSource(strings = { "spring-webflux.*|spring-boot-webflux.*|reactor-.*",
			"spring-webmvc.*|tomcat-.*|spring-boot-webmvc.*" })
	void aServerAnswersForAnOpenCircuitWithoutALibraryForJson(String others) throws Exception {
		String classPath = classPath(
				(name) -> !name.matches(others + "|jackson.*|spring-boot-jackson.*|gson.*|kotlin.*"))
			.map(Path::toString)
			.collect(Collectors.joining(File.pathSeparator));
		Process shop = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
				classPath, BareShop.class.getName())
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start();
		assertThat(shop.inputReader().lines().toList()).contains(
				"503, Retry-After: 3600, The circuit of connection 'bank' is open; calls are tried again in 3600s");
	}

	@Test
	@Tag("T69")
	void withoutTheLibraryForItASuspendingFunctionIsWarnedAbout(CapturedOutput output) throws Exception {
		Class<?> application = Class.forName(getClass().getPackageName() + ".BareCoroutine");
		assertThat(answersOf(application, (name) -> !name.matches("kotlinx-coroutines-reactor.*")))
			.isEqualTo("answer, 1");
		assertThat(output)
			.containsOnlyOnce("BareCoroutine$Asker.ask() counts each call as done when the method returns: "
					+ "without kotlinx-coroutines-reactor and kotlin-reflect nobody tells when a suspending function is done. "
					+ "Add these libraries, or use the io.brama.Circuit in its body.");
	}

	private static void runWith(Predicate<String> jars) throws Exception {
		assertThat(answersOf(BareApplication.class, jars)).isEqualTo("called, failed, rejected");
	}

	/** Run an application on a class path of its own, with only some of the jars. */
	private static Object answersOf(Class<?> type, Predicate<String> jars) throws Exception {
		URL[] classPath = classPath(jars).map(ConditionTests::url).toArray(URL[]::new);
		ClassLoader before = Thread.currentThread().getContextClassLoader();
		try (URLClassLoader loader = new URLClassLoader(classPath, ClassLoader.getPlatformClassLoader())) {
			Thread.currentThread().setContextClassLoader(loader);
			Class<?> application = loader.loadClass(type.getName());
			assertThat(application).isNotSameAs(type);
			return application.getMethod("answers").invoke(null);
		}
		finally {
			Thread.currentThread().setContextClassLoader(before);
		}
	}

	private static Stream<Path> classPath(Predicate<String> jars) {
		return Stream
			.of(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
				.split(File.pathSeparator))
			.map(Path::of)
			.filter((path) -> !path.toString().endsWith(".jar") || jars.test(path.getFileName().toString()));
	}

	private static URL url(Path path) {
		try {
			return path.toUri().toURL();
		}
		catch (MalformedURLException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

}
