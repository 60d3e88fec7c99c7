package io.brama.spring.event;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import io.brama.Brama;
import io.brama.ConnectionId;
import io.brama.TransitionLog;
import io.brama.spring.autoconfigure.BramaAutoConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.logging.LoggingSystemProperty;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import static io.brama.Command.because;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Transitions in the log of an application, as Logback writes it.
 */
@ExtendWith(OutputCaptureExtension.class)
class KeyValueTransitionLogTests {

	private static final ConnectionId PAYMENTS = new ConnectionId("payment-api", "http", "payments");

	private static final String HOSTILE = "a\r\nb\u001b[31mc{}\"d\u2028e";

	private static final String HARMLESS = "a  b [31mc{}\"d e";

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
	void theParametersOfEcsAreAnObject(CapturedOutput output) {
		try (ConfigurableApplicationContext context = start("--logging.structured.format.console=ecs")) {
			context.getBean(Brama.class)
				.circuit(PAYMENTS)
				.open(because("maintenance").forDuration(Duration.ofHours(1)).by("ops"));
		}
		assertThat(lines(output)).singleElement().satisfies((line) -> {
			JsonNode json = json(line);
			assertThat(json.at("/log/level").asString()).isEqualTo("WARN");
			assertThat(json.get("message").asString())
				.isEqualTo("connection 'payment-api' of scope 'payments' of type 'http': CLOSED -> OPEN,"
						+ " by ops (maintenance); trials begin in 1h");
			assertThat(json.get("brama")).isEqualTo(json("""
					{
					  "connection": "payment-api", "scope": "payments", "type": "http",
					  "previous": "CLOSED", "next": "OPEN", "cause": "OPERATOR",
					  "reason": "maintenance", "actor": "ops", "failureCount": 0, "expiry": "PT1H"
					}
					"""));
		});
	}

	@Test
	void theParametersOfLogstashHaveAPrefixAndAreAbsentIfThereAreNone(CapturedOutput output) {
		try (ConfigurableApplicationContext context = start("--logging.structured.format.console=logstash",
				"--brama.max-attempts=2")) {
			context.getBean(Brama.class).circuit("payment-api").failure("down");
			context.getBean(Brama.class).circuit("payment-api").failure("down");
		}
		assertThat(lines(output)).singleElement().satisfies((line) -> {
			JsonNode json = json(line);
			assertThat(json.get("level").asString()).isEqualTo("WARN");
			assertThat(json.get("brama.cause").asString()).isEqualTo("CONSECUTIVE_FAILURES");
			assertThat(json.get("brama.failureCount").isIntegralNumber()).isTrue();
			assertThat(json.get("brama.failureCount").asInt()).isEqualTo(2);
			assertThat(json.propertyNames()).doesNotContain("brama.scope", "brama.actor");
		});
	}

	@Test
	void aLogForPeopleLooksAsEver(CapturedOutput output) {
		try (ConfigurableApplicationContext context = start()) {
			context.getBean(Brama.class).circuit("payment-api").open(because("maintenance"));
			context.getBean(Brama.class).circuit("payment-api").close(because("repaired"));
		}
		assertThat(lines(output)).hasSize(2);
		assertThat(lines(output).get(0)).contains(" WARN ")
			.endsWith(": connection 'payment-api': CLOSED -> OPEN, by command (maintenance); trials begin in 1m");
		assertThat(lines(output).get(1)).contains(" INFO ")
			.endsWith(": connection 'payment-api': OPEN -> CLOSED, by command (repaired)");
	}

	@ParameterizedTest
	@ValueSource(strings = { "ecs", "logstash", "gelf" })
	void hostileNamesAndReasonsMakeOneHarmlessLineOfJson(String format, CapturedOutput output) {
		try (ConfigurableApplicationContext context = start("--logging.structured.format.console=" + format)) {
			openHostile(context);
		}
		assertThat(lines(output)).singleElement().satisfies((line) -> {
			assertThat(json(line).toString()).contains(json("\"" + HARMLESS.replace("\"", "\\\"") + "\"").toString());
			assertThat(line).doesNotContain("\u001b", "\\u001b", "\\u001B", "\\n", "\\r", "\u2028");
		});
	}

	@Test
	void hostileNamesAndReasonsMakeOneHarmlessLineForPeopleEvenWithTheParts(CapturedOutput output) {
		try (ConfigurableApplicationContext context = start("--logging.pattern.console=io.brama: %m %kvp%n")) {
			openHostile(context);
		}
		assertThat(lines(output)).singleElement()
			.satisfies((line) -> assertThat(line).contains("brama.reason=\"" + HARMLESS + "\"", "(" + HARMLESS + ")")
				.doesNotContain("\u001b", "\u2028"));
	}

	@Test
	void anApplicationMayWriteItsOwnLog() {
		List<String> lines = new CopyOnWriteArrayList<>();
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(BramaAutoConfiguration.class))
			.withPropertyValues("brama.events.delivery=direct")
			.withBean(TransitionLog.class, () -> (level, line, fields) -> lines.add(line))
			.run((context) -> context.getBean(Brama.class).circuit("payment-api").open(because("maintenance")));
		assertThat(lines).hasSize(1);
	}

	private static void openHostile(ConfigurableApplicationContext context) {
		context.getBean(Brama.class)
			.circuit(new ConnectionId(HOSTILE, HOSTILE, HOSTILE))
			.open(because(HOSTILE).by(HOSTILE));
	}

	private static List<String> lines(CapturedOutput output) {
		return output.getOut().lines().filter((line) -> line.contains("io.brama") && line.contains(" -> ")).toList();
	}

	private static JsonNode json(String text) {
		return new JsonMapper().readTree(text);
	}

	private static ConfigurableApplicationContext start(String... arguments) {
		return new SpringApplicationBuilder(BramaAutoConfiguration.class).web(WebApplicationType.NONE)
			.properties(Map.of("spring.main.banner-mode", "off", "brama.events.delivery", "direct"))
			.run(arguments);
	}

}
