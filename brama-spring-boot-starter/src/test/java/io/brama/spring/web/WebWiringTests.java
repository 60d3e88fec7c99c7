package io.brama.spring.web;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

import io.brama.Brama;
import io.brama.spring.Connections;
import io.brama.spring.autoconfigure.BramaAutoConfiguration;
import io.brama.spring.autoconfigure.BramaWebAutoConfiguration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static io.brama.Command.because;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * When Brama answers requests that met an open circuit, and when it leaves that to
 * others.
 */
class WebWiringTests {

	private static final AutoConfigurations BRAMA = AutoConfigurations.of(BramaAutoConfiguration.class,
			BramaWebAutoConfiguration.class);

	private final WebApplicationContextRunner servlet = new WebApplicationContextRunner().withConfiguration(BRAMA);

	private final ReactiveWebApplicationContextRunner reactive = new ReactiveWebApplicationContextRunner()
		.withConfiguration(BRAMA);

	@Test
	void webApplicationsOfBothKindsAnswer() {
		this.servlet.run((context) -> assertThat(context).hasSingleBean(CircuitOpenAdvice.class));
		this.reactive.run((context) -> assertThat(context).hasSingleBean(CircuitOpenAdvice.class));
	}

	@Test
	void otherApplicationsHaveNothingToAnswer() {
		new ApplicationContextRunner().withConfiguration(BRAMA)
			.run((context) -> assertThat(context).hasSingleBean(Brama.class).doesNotHaveBean(CircuitOpenAdvice.class));
	}

	@ParameterizedTest
	@ValueSource(strings = { "brama.web.problem-details=false", "brama.enabled=false" })
	void thePropertiesSwitchItOff(String property) {
		this.servlet.withPropertyValues(property)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(CircuitOpenAdvice.class));
	}

	@Test
	void itBacksOffForABeanOfTheApplication() {
		CircuitOpenAdvice own = new CircuitOpenAdvice();
		this.servlet.withBean(CircuitOpenAdvice.class, () -> own)
			.run((context) -> assertThat(context).getBean(CircuitOpenAdvice.class).isSameAs(own));
	}

	@Test
	@Tag("T69")
	void withoutOneOfTheServersTheOtherAnswers() {
		this.servlet.withClassLoader(new FilteredClassLoader("org.springframework.web.reactive", "reactor"))
			.run((context) -> assertThat(context).hasSingleBean(CircuitOpenAdvice.class));
		this.reactive.withClassLoader(new FilteredClassLoader("org.springframework.web.servlet", "jakarta.servlet"))
			.run((context) -> assertThat(context).hasSingleBean(CircuitOpenAdvice.class));
	}

	@Test
	@Tag("T69")
	void withoutSpringWebNobodyAnswers() {
		new ApplicationContextRunner().withConfiguration(BRAMA)
			.withClassLoader(new FilteredClassLoader("org.springframework.web", "org.springframework.http"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("bramaCircuitOpenAdvice"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "servlet", "reactive" })
	void anAnswerOfTheApplicationComesFirst(String server) throws Exception {
		assertThat(status(server, "brama.web.problem-details=true", Shop.class, OwnAdvice.class)).isEqualTo(409);
	}

	@ParameterizedTest
	@ValueSource(strings = { "servlet", "reactive" })
	void switchedOffAnOpenCircuitIsAnErrorLikeAnyOther(String server) throws Exception {
		assertThat(status(server, "brama.web.problem-details=false", Shop.class)).isEqualTo(500);
	}

	/** What an application of some sources answers while the circuit is open. */
	private static int status(String server, String property, Class<?>... sources) throws Exception {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(sources)
			.properties("server.port=0", "spring.main.web-application-type=" + server, property)
			.run()) {
			context.getBean(Brama.class).circuit(Api.BANK).open(because("maintenance"));
			String port = context.getEnvironment().getRequiredProperty("local.server.port");
			return Connections.fresh()
				.send(HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/sync")).build(),
						HttpResponse.BodyHandlers.ofString())
				.statusCode();
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Api.class)
	static class Shop {

	}

}
