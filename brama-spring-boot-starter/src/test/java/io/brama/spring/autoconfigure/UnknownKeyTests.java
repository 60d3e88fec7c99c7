package io.brama.spring.autoconfigure;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * A key that does not exist stops the application, and the report says what was meant.
 */
@Tag("T68")
@ExtendWith(OutputCaptureExtension.class)
class UnknownKeyTests {

	@ParameterizedTest
	@CsvSource({ "brama.max-attemps, brama.max-attempts", "brama.maxAtempts, brama.max-attempts",
			"brama.expiri, brama.expiry", "brama.half-open.trial-call, brama.half-open.trial-calls",
			"brama.half-opne.trial-calls, brama.half-open.trial-calls",
			"brama.connections.payment-api.expiri, brama.connections.payment-api.expiry",
			"brama.connections[bank.*].jiter, brama.connections[bank.*].jitter",
			"brama.connections.payment-api.half-open.trials, brama.connections.payment-api.half-open.trial-calls",
			"brama.conections.payment-api.expiry, brama.connections.payment-api.expiry",
			"brama.conections.payment-api.metadata.owner, brama.connections.payment-api.metadata.owner",
			"brama.scopes.payments.max-attemps, brama.scopes.payments.max-attempts",
			"brama.scope.payments.max-attempts, brama.scopes.payments.max-attempts",
			"brama.event.publish, brama.events.publish", "brama.aop.ordr, brama.aop.order" })
	void theNearestKeyIsNamed(String written, String meant, CapturedOutput output) {
		refuse("--" + written + "=1");
		assertThat(output).contains(" does not exist (\"" + written + "\" from property source \"commandLineArgs\")."
				+ " Did you mean " + meant + "?");
	}

	@ParameterizedTest
	@CsvSource({ "brama.trial-calls, brama.half-open.trial-calls",
			"brama.failure-rate-threshold, brama.failure-rate.threshold",
			"brama.connections.payment-api.cleanup-interval, brama.cleanup-interval" })
	void aKeyInTheWrongPlaceIsNamedInItsOwn(String written, String meant, CapturedOutput output) {
		refuse("--" + written + "=1");
		assertThat(output).contains("Did you mean " + meant + "?");
	}

	@Test
	void aNameWithDotsIsPutInBrackets(CapturedOutput output) {
		refuse("--brama.connections.bank.north.max-attempts=3");
		assertThat(output).contains("Did you mean brama.connections[bank.north].max-attempts?");
	}

	@Test
	void theFileAndTheLineAreNamed(@TempDir Path directory, CapturedOutput output) throws Exception {
		Path file = Files.writeString(directory.resolve("application.yml"), """
				brama:
				  expiry: 3s
				  connections:
				    payment-api:
				      max-attemps: 3
				""");
		refuse("--spring.config.location=" + file.toUri());
		assertThat(output).contains("Key brama.connections.payment-api.max-attemps does not exist")
			.contains("application.yml")
			.contains(" - 5:20). Did you mean brama.connections.payment-api.max-attempts?");
	}

	@Test
	void allUnknownKeysAreListedAtOnce(CapturedOutput output) {
		refuse("--brama.max-attemps=3", "--brama.scopes.payments.jiter=0.1");
		assertThat(output).contains("Did you mean brama.max-attempts?")
			.contains("Did you mean brama.scopes.payments.jitter?")
			.contains("Mend these keys, or remove them");
	}

	@ParameterizedTest
	@ValueSource(strings = { "brama.colour", "brama.connections.payment-api.colour" })
	void nothingIsSuggestedWhereNothingIsNear(String written, CapturedOutput output) {
		refuse("--" + written + "=red");
		assertThat(output).contains("Key " + written + " does not exist").doesNotContain("Did you mean");
	}

	@ParameterizedTest
	@CsvSource({ "systemEnvironment, BRAMA_MAXATEMPTS, Environment variable, brama.max-attempts",
			"systemEnvironment, BRAMA_CONNECTIONS_PAYMENTAPI_EXPIRI, Environment variable, "
					+ "brama.connections.paymentapi.expiry",
			"systemProperties, brama.half-open.trial-call, System property, brama.half-open.trial-calls" })
	void aVariableThatSetsNothingIsWarnedAbout(String source, String name, String kind, String meant,
			CapturedOutput output) {
		start(source, Map.of(name, "3"));
		assertThat(output).contains("WARN")
			.contains(kind + " " + name + " sets nothing. Did you mean one for " + meant + "?");
	}

	@Test
	void variablesThatSetSomethingOrAreOfOthersAreNotMentioned(CapturedOutput output) {
		start("systemEnvironment",
				Map.of("BRAMA_MAXATTEMPTS", "3", "BRAMA_MAX_ATTEMPTS", "3", "BRAMA_CONNECTIONS_A_MAXATTEMPTS", "3",
						"BRAMA_IGNOREEXCEPTIONS_0", "java.io.IOException", "BRAMA_SERVICE_HOST", "10.0.0.1",
						"BRAMA_PORT_80_TCP", "tcp", "BRAMA_HOME", "/opt"));
		assertThat(output).doesNotContain("sets nothing");
	}

	private static void start(String source, Map<String, Object> variables) {
		new SpringApplicationBuilder(BramaAutoConfiguration.class).web(WebApplicationType.NONE)
			.initializers((context) -> context.getEnvironment()
				.getPropertySources()
				.replace(source,
						source.equals("systemEnvironment") ? new SystemEnvironmentPropertySource(source, variables)
								: new MapPropertySource(source, variables)))
			.run()
			.close();
	}

	@Test
	void keysOfOthersAreLeftToSpringBoot(CapturedOutput output) {
		assertThat(
				catchThrowable(() -> new SpringApplicationBuilder(OtherConfiguration.class).web(WebApplicationType.NONE)
					.run("--other.namme=x")))
			.isNotNull();
		assertThat(output).contains("other.namme").contains("left unbound").doesNotContain("does not exist");
	}

	private static void refuse(String... arguments) {
		assertThat(catchThrowable(
				() -> new SpringApplicationBuilder(BramaAutoConfiguration.class).web(WebApplicationType.NONE)
					.properties(Map.of("spring.main.banner-mode", "off"))
					.run(arguments)
					.close()))
			.isNotNull();
	}

	@EnableConfigurationProperties(Other.class)
	static class OtherConfiguration {

	}

	@ConfigurationProperties(prefix = "other", ignoreUnknownFields = false)
	public static class Other {

		private String name;

		public String getName() {
			return this.name;
		}

		public void setName(String name) {
			this.name = name;
		}

	}

}
