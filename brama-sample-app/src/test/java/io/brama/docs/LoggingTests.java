package io.brama.docs;

import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.brama.Brama;
import io.brama.Circuit;
import io.brama.Delivery;
import io.brama.TransitionLog;
import io.brama.test.ManualTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.logging.LoggingSystemProperty;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static io.brama.Command.because;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What docs/logging.md says is so.
 */
@ExtendWith(OutputCaptureExtension.class)
class LoggingTests {

	private static final Path PAGE = Pages.ROOT.resolve("docs/logging.md");

	/** Other tests leave the log as they had it. */
	@BeforeEach
	@AfterEach
	void forgetHowTheLogLooks() {
		LoggingSystem.get(getClass().getClassLoader()).cleanUp();
		for (LoggingSystemProperty property : LoggingSystemProperty.values()) {
			System.clearProperty(property.getEnvironmentVariableName());
		}
	}

	@Test
	void theLinesOnThePageAreTheOnesOfAnApplication(CapturedOutput output) {
		try (ConfigurableApplicationContext context = start("--logging.pattern.console=%-5level %m%n")) {
			failAndRecover(context);
		}
		assertThat(output).contains(Pages.snippets(PAGE, "").findFirst().orElseThrow());
	}

	@Test
	void theJsonOnThePageIsAPartOfTheLog(CapturedOutput output) {
		JsonMapper mapper = new JsonMapper();
		JsonNode expected = mapper.readTree(Pages.snippets(PAGE, "json").findFirst().orElseThrow());
		try (ConfigurableApplicationContext context = start("--logging.structured.format.console=ecs")) {
			failAndRecover(context);
		}
		List<JsonNode> lines = output.getOut()
			.lines()
			.filter((line) -> line.startsWith("{") && line.contains("\"brama\""))
			.map(mapper::readTree)
			.toList();
		assertThat(lines).hasSize(3);
		assertThat(lines.get(0).get("message")).isEqualTo(expected.get("message"));
		assertThat(lines.get(0).get("brama")).isEqualTo(expected.get("brama"));
	}

	@Test
	void anotherLogMayTakeTheLines() {
		List<String> pages = new ArrayList<>();
		TransitionLog log = new OwnLog().transitionLog(pages::add);
		try (Brama brama = Brama.builder().delivery(Delivery.DIRECT).transitionLog(log).build()) {
			brama.circuit("payment-api").close(because("repaired"));
		}
		assertThat(pages).containsExactly("connection 'payment-api': stays CLOSED, by command (repaired)");
	}

	@Test
	void whatAnExceptionSaysIsForThoseWhoDebug(CapturedOutput output) {
		try (ConfigurableApplicationContext context = start("--logging.level.io.brama=info")) {
			failAndRecover(context);
		}
		assertThat(output).contains("CLOSED -> OPEN").doesNotContain("no answer");
		try (ConfigurableApplicationContext context = start("--logging.level.io.brama=debug")) {
			failAndRecover(context);
		}
		assertThat(output).contains("SocketTimeoutException: no answer");
	}

	private static void failAndRecover(ConfigurableApplicationContext context) {
		Circuit circuit = context.getBean(Brama.class).circuit("payment-api");
		fail(circuit);
		fail(circuit);
		context.getBean(ManualTime.class).advance(Duration.ofMinutes(1));
		circuit.success();
	}

	private static void fail(Circuit circuit) {
		assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(() -> circuit.call(() -> {
			throw new SocketTimeoutException("no answer");
		}));
	}

	private static ConfigurableApplicationContext start(String... arguments) {
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.properties("spring.config.name=none", "brama.max-attempts=2", "brama.events.delivery=direct")
			.run(arguments);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		ManualTime time() {
			return new ManualTime();
		}

	}

	/** Wakes somebody up. */
	interface Pager {

		void send(String line);

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnLog {

		@Bean
		TransitionLog transitionLog(Pager pager) {
			return (level, line, fields) -> pager.send(line);
		}

	}

}
