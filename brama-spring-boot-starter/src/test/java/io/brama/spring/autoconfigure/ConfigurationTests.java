package io.brama.spring.autoconfigure;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.brama.Brama;
import io.brama.CircuitConfig;
import io.brama.CircuitState;
import io.brama.ConnectionId;
import io.brama.Mode;
import io.brama.TimeSource;
import io.brama.spring.annotation.CircuitBreaker;
import io.brama.spring.annotation.CircuitBreakerAdvisor;
import io.brama.test.ManualTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static io.brama.Command.because;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.entry;

/**
 * What is configured reaches the circuits, and what makes no sense stops the application.
 */
@ExtendWith(OutputCaptureExtension.class)
class ConfigurationTests {

	/** Keys of circuits with a value other than the built-in one, and how it is shown. */
	static final Map<String, List<String>> CIRCUIT_KEYS = circuitKeys();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(BramaAutoConfiguration.class));

	private static Map<String, List<String>> circuitKeys() {
		Map<String, List<String>> keys = new LinkedHashMap<>();
		keys.put("max-attempts", List.of("7", "7"));
		keys.put("expiry", List.of("8s", "PT8S"));
		keys.put("expiry-strategy", List.of("progressive", "progressive"));
		keys.put("initial-expiry", List.of("3s", "PT3S"));
		keys.put("max-expiry", List.of("9m", "PT9M"));
		keys.put("backoff-factor", List.of("1.5", "1.5"));
		keys.put("backoff-reset-after", List.of("11s", "PT11S"));
		keys.put("jitter", List.of("0.25", "0.25"));
		keys.put("max-retry-after", List.of("13m", "PT13M"));
		keys.put("mode", List.of("observe", "OBSERVE"));
		keys.put("half-open.trial-calls", List.of("5", "5"));
		keys.put("half-open.successes-to-close", List.of("4", "4"));
		keys.put("half-open.trial-timeout", List.of("17s", "PT17S"));
		keys.put("failure-rate.threshold", List.of("40%", "40%"));
		keys.put("failure-rate.window", List.of("50", "50"));
		keys.put("failure-rate.minimum-calls", List.of("19", "19"));
		keys.put("slow-calls.duration", List.of("4s", "PT4S"));
		keys.put("slow-calls.threshold", List.of("60", "60%"));
		keys.put("ignore-exceptions", List.of("java.io.IOException", "[class java.io.IOException]"));
		keys.put("record-exceptions", List.of("java.lang.IllegalStateException,java.lang.Error",
				"[class java.lang.IllegalStateException, class java.lang.Error]"));
		keys.put("critical", List.of("true", "true"));
		return keys;
	}

	@ParameterizedTest
	@CsvSource({ "brama., defaults", "brama.scopes.payments., scope 'payments'",
			"brama.connections.payment-api., connection 'payment-api'",
			"brama.connections[payment-*]., pattern 'payment-*'" })
	void everyKeyReachesTheCircuitFromEveryLevel(String prefix, String origin) {
		String[] properties = CIRCUIT_KEYS.entrySet()
			.stream()
			.map((key) -> prefix + key.getKey() + "=" + key.getValue().get(0))
			.toArray(String[]::new);
		this.runner.withPropertyValues(properties).run((context) -> {
			Map<String, CircuitConfig.Setting> settings = context.getBean(Brama.class)
				.register("payment-api", (options) -> options.scope("payments"))
				.status()
				.config()
				.settings();
			assertThat(settings)
				.allSatisfy((option, setting) -> assertThat(setting.origin()).as(option).endsWith(origin));
			assertThat(settings.keySet()).containsExactlyInAnyOrderElementsOf(CIRCUIT_KEYS.keySet());
			assertThat(settings).allSatisfy(
					(option, setting) -> assertThat(setting.value()).hasToString(CIRCUIT_KEYS.get(option).get(1)));
		});
	}

	@Test
	void aStrongerLevelOverridesSingleKeys() {
		this.runner
			.withPropertyValues("brama.max-attempts=1", "brama.expiry=1s", "brama.jitter=0.1",
					"brama.scopes.payments.expiry=2s", "brama.scopes.payments.jitter=0.2",
					"brama.connections.payment-api.jitter=0.3", "brama.connections.payment-api.scope=payments",
					"brama.connections.payment-api.type=http", "brama.connections.payment-api.metadata.owner=team-a",
					"brama.connections.payment-api.metadata[on.call]=ada")
			.run((context) -> {
				Brama brama = context.getBean(Brama.class);
				assertThat(brama.all()).as("configuration alone creates no circuit").isEmpty();
				assertThat(brama.unusedNames()).containsExactly("payment-api");
				CircuitConfig config = brama.circuit("payment-api").status().config();
				assertThat(config.maxAttempts()).isEqualTo(1);
				assertThat(config.expiry()).isEqualTo(Duration.ofSeconds(2));
				assertThat(config.settings().get("jitter").value()).isEqualTo(0.3);
				assertThat(config.metadata()).containsOnly(entry("owner", "team-a"), entry("on.call", "ada"));
				assertThat(brama.find(new ConnectionId("payment-api", "http", "payments"))).isPresent();
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "off", "OFF", "false" })
	void maxAttemptsMayBeOffWhereARateOpensTheCircuit(String off) {
		this.runner.withPropertyValues("brama.failure-rate.threshold=50%", "brama.max-attempts=" + off)
			.run((context) -> assertThat(
					context.getBean(Brama.class).circuit("payment-api").status().config().settings())
				.hasEntrySatisfying("max-attempts", (setting) -> assertThat(setting.value()).isEqualTo("off")));
	}

	@ParameterizedTest
	@CsvSource({ "' 7 ', 7", "' off ', off" })
	void blanksAroundMaxAttemptsDoNotCount(String written, String read) {
		this.runner.withPropertyValues("brama.failure-rate.threshold=50%")
			.withInitializer(variables(Map.of("BRAMA_MAXATTEMPTS", written)))
			.run((context) -> assertThat(
					context.getBean(Brama.class).circuit("payment-api").status().config().settings())
				.hasEntrySatisfying("max-attempts", (setting) -> assertThat(setting.value()).hasToString(read)));
	}

	@ParameterizedTest
	@CsvSource({ "BRAMA_MAXATTEMPTS, ''", "BRAMA_MAXATTEMPTS, ' '", "BRAMA_HALFOPEN_TRIALCALLS, ''" })
	void aNumberThatIsEmptyIsNotSet(String variable, String empty) {
		this.runner.withInitializer(variables(Map.of(variable, empty)))
			.run((context) -> assertThat(
					context.getBean(Brama.class).circuit("payment-api").status().config().settings())
				.isEqualTo(Brama.create().circuit("payment-api").status().config().settings()));
	}

	@Test
	void aWindowMayBeATime() {
		this.runner.withPropertyValues("brama.failure-rate.threshold=50%", "brama.failure-rate.window=30s")
			.run((context) -> assertThat(
					context.getBean(Brama.class).circuit("payment-api").status().config().settings())
				.hasEntrySatisfying("failure-rate.window",
						(setting) -> assertThat(setting.value()).hasToString("PT30S")));
	}

	@Test
	void cleanupIsConfigured() {
		ManualTime time = new ManualTime();
		this.runner.withBean(TimeSource.class, () -> time)
			.withPropertyValues("brama.cleanup-interval=7s", "brama.inactive-threshold=14s")
			.run((context) -> {
				Brama brama = context.getBean(Brama.class);
				brama.circuit("payment-api");
				time.advance(Duration.ofMillis(13_999));
				assertThat(brama.all()).hasSize(1);
				time.advance(Duration.ofMillis(1));
				assertThat(brama.all()).isEmpty();
			});
	}

	@Test
	void theNumberOfCircuitsIsConfigured() {
		this.runner.withPropertyValues("brama.max-connections=1").run((context) -> {
			Brama brama = context.getBean(Brama.class);
			brama.circuit("one").success();
			brama.circuit("other").success();
			assertThat(brama.all()).hasSize(1);
		});
	}

	@Test
	void theTimeComesFromTheBean() {
		this.runner.withBean(TimeSource.class, ManualTime::new)
			.run((context) -> assertThat(context.getBean(Brama.class).circuit("payment-api").status().stateSince())
				.isEqualTo(ManualTime.START));
	}

	@Test
	void customizersComeAfterTheProperties() {
		this.runner.withPropertyValues("brama.max-attempts=3", "brama.expiry=3s")
			.withBean(BramaBuilderCustomizer.class, () -> (builder) -> builder.maxAttempts(4))
			.run((context) -> {
				CircuitConfig config = context.getBean(Brama.class).circuit("payment-api").status().config();
				assertThat(config.maxAttempts()).isEqualTo(4);
				assertThat(config.expiry()).isEqualTo(Duration.ofSeconds(3));
			});
	}

	@Test
	void aBramaOfTheApplicationIsUsedInstead() {
		Brama own = Brama.builder().maxAttempts(2).build();
		this.runner.withBean(Brama.class, () -> own).withBean(Partner.class).run((context) -> {
			assertThat(context.getBean(Brama.class)).isSameAs(own);
			context.getBean(Partner.class).call();
			assertThat(own.status("partner").orElseThrow().calls().success()).isEqualTo(1);
		});
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "brama.max-attempts | 0 | must be between 1 and 1000000, was 0",
			"brama.max-attempts | many | must be a whole number from 1 to 1000000 or off, was 'many'",
			"brama.max-attempts | 99999999999 | must be a whole number from 1 to 1000000 or off, was '99999999999'",
			"brama.expiry | 0s | must be between 1ms and 36525d, was 0s",
			"brama.initial-expiry | -1s | must be between 1ms and 36525d, was -1s",
			"brama.max-expiry | 40000d | must be between 1ms and 36525d, was 40000d",
			"brama.backoff-factor | 0.5 | must be between 1.0 and 1000.0, was 0.5",
			"brama.backoff-reset-after | -5s | must be between 0s and 36525d, was -5s",
			"brama.jitter | 1.1 | must be between 0.0 and 1.0, was 1.1",
			"brama.jitter | NaN | must be between 0.0 and 1.0, was NaN",
			"brama.max-retry-after | 0ms | must be between 1ms and 36525d, was 0s",
			"brama.half-open.trial-calls | 1001 | must be between 1 and 1000, was 1001",
			"brama.half-open.successes-to-close | 0 | must be between 1 and 1000, was 0",
			"brama.half-open.trial-timeout | 0s | must be between 1ms and 36525d, was 0s",
			"brama.failure-rate.threshold | 0% | must be between 0.0001% and 100%, was 0.0%",
			"brama.failure-rate.threshold | half | must be a percentage from 0.0001% to 100%, such as 50%, was 'half'",
			"brama.failure-rate.threshold | % | must be a percentage from 0.0001% to 100%, such as 50%, was '%'",
			"brama.failure-rate.threshold | NaN | must be between 0.0001% and 100%, was NaN%",
			"brama.failure-rate.window | 0 | must be between 1 and 1000000 calls, was 0",
			"brama.failure-rate.window | 1ms | must be between 10ms and 24h, was 1ms",
			"brama.failure-rate.window | wide | such as 100 or 30s, was 'wide'",
			"brama.failure-rate.window | 99999999999 | must be a number of calls from 1 to 1000000 or a time from 10ms to 24h",
			"brama.failure-rate.window | '' | such as 100 or 30s, was ''",
			"brama.failure-rate.minimum-calls | 0 | must be between 1 and 1000000, was 0",
			"brama.slow-calls.duration | 0s | must be between 1ms and 36525d, was 0s",
			"brama.slow-calls.threshold | 101% | must be between 0.0001% and 100%, was 101.0%",
			"brama.cleanup-interval | 0s | must be between 1ms and 36525d, was 0s",
			"brama.inactive-threshold | 0s | must be between 1ms and 36525d, was 0s",
			"brama.max-connections | 0 | must be between 1 and 10000000, was 0",
			"brama.scopes.payments.max-attempts | 0 | must be between 1 and 1000000, was 0",
			"brama.scopes[a.b].max-attempts | 0 | must be between 1 and 1000000, was 0",
			"brama.connections.payment-api.jitter | 2 | must be between 0.0 and 1.0, was 2.0",
			"brama.connections[bank.*].jitter | 2 | must be between 0.0 and 1.0, was 2.0",
			"brama.connections.payment-api.scope | ' ' | must not be blank",
			"brama.connections.payment-api.type | '' | must not be blank" })
	void anInvalidValueIsReportedWithKeyAndRange(String key, String value, String problem) {
		this.runner.withPropertyValues(key + "=" + value).run((context) -> {
			FailureAnalysis analysis = new BramaFailureAnalyzer().analyze(context.getStartupFailure());
			assertThat(analysis).isNotNull();
			assertThat(analysis.getDescription()).startsWith("Property " + key + " is not valid: ").contains(problem);
			assertThat(analysis.getAction()).isEqualTo("Change " + key + ".");
		});
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
			"brama.max-attempts=off | max-attempts of the defaults must be between 1 and 1000000 where neither failure-rate.threshold nor",
			"brama.half-open.successes-to-close=2 | successes-to-close of the defaults must be between 1 and its 1 trial-calls, was 2",
			"brama.connections.payment-api.half-open.successes-to-close=2 | successes-to-close of connection 'payment-api' must be",
			"brama.scopes.payments.failure-rate.minimum-calls=200 | failure-rate.minimum-calls of scope 'payments' must be between 1 and the 100 calls of its window" })
	void aContradictionIsReportedWithItsOwner(String property, String problem) {
		this.runner.withPropertyValues(property).run((context) -> {
			FailureAnalysis analysis = new BramaFailureAnalyzer().analyze(context.getStartupFailure());
			assertThat(analysis.getDescription()).startsWith("Properties under brama contradict each other: ")
				.contains(problem);
			assertThat(analysis.getAction()).isNotBlank();
		});
	}

	@ParameterizedTest
	@CsvSource({ "connections, PaymentAPI", "connections, paymentapi", "connections, PAYMENT-API", "scopes, PaymentAPI",
			"scopes, paymentapi", "scopes, PAYMENT-API" })
	void namesThatDifferOnlyInCaseOrDashesAreRefused(String group, String other) {
		this.runner
			.withPropertyValues("brama." + group + "[payment-api].max-attempts=3",
					"brama." + group + "[" + other + "].max-attempts=4")
			.run((context) -> assertThat(new BramaFailureAnalyzer().analyze(context.getStartupFailure()))
				.extracting(FailureAnalysis::getDescription)
				.asString()
				.contains("brama." + group + ".")
				.contains("'payment-api'")
				.contains("'" + other + "'")
				.contains("differ only in case or dashes"));
	}

	@Test
	void anEnvironmentVariableOverridesAConfiguredConnection() {
		this.runner
			.withInitializer(
					variables(Map.of("BRAMA_MAXATTEMPTS", "5", "BRAMA_CONNECTIONS_PAYMENTAPI_MAXATTEMPTS", "7")))
			.withPropertyValues("brama.connections.payment-api.expiry=3s")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				Brama brama = context.getBean(Brama.class);
				assertThat(brama.circuit("payment-api").status().config().maxAttempts()).isEqualTo(7);
				assertThat(brama.circuit("payment-api").status().config().expiry()).isEqualTo(Duration.ofSeconds(3));
				assertThat(brama.circuit("inventory").status().config().maxAttempts()).isEqualTo(5);
				assertThat(brama.unusedNames()).isEmpty();
			});
	}

	@Test
	void anEnvironmentVariableOverridesAConfiguredScope() {
		this.runner.withInitializer(variables(Map.of("BRAMA_SCOPES_BACKOFFICE_MAXATTEMPTS", "7")))
			.withPropertyValues("brama.scopes.back-office.expiry=3s")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				CircuitConfig config = context.getBean(Brama.class)
					.circuit(new ConnectionId("payment-api", "http", "back-office"))
					.status()
					.config();
				assertThat(config.maxAttempts()).isEqualTo(7);
				assertThat(config.expiry()).isEqualTo(Duration.ofSeconds(3));
			});
	}

	private static ApplicationContextInitializer<ConfigurableApplicationContext> variables(
			Map<String, Object> variables) {
		return (context) -> context.getEnvironment()
			.getPropertySources()
			.replace("systemEnvironment", new SystemEnvironmentPropertySource("systemEnvironment", variables));
	}

	@Test
	void anUnknownKeyIsReported(CapturedOutput output) {
		assertThat(catchThrowable(() -> start("--brama.max-atempts=3"))).isNotNull();
		assertThat(output).contains("APPLICATION FAILED TO START").contains("brama.max-atempts");
		assertThat(catchThrowable(() -> start("--brama.connections.payment-api.expiri=3s"))).isNotNull();
		assertThat(output).contains("brama.connections.payment-api.expiri");
	}

	@Test
	void aValueOfTheWrongKindIsReported(CapturedOutput output) {
		assertThat(catchThrowable(() -> start("--brama.max-attempts=many"))).isNotNull();
		assertThat(output).contains("brama.max-attempts").contains("many");
		assertThat(catchThrowable(() -> start("--brama.mode=strict"))).isNotNull();
		assertThat(output).contains("brama.mode").contains("strict").contains("ENFORCE").contains("OBSERVE");
	}

	@Test
	void theReportOfAnInvalidValueIsTheOneOfSpringBoot(CapturedOutput output) {
		assertThat(catchThrowable(() -> start("--brama.max-attempts=0"))).isNotNull();
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("Property brama.max-attempts is not valid: "
					+ "max-attempts of the defaults must be between 1 and 1000000, was 0");
	}

	@Test
	void aNameThatNothingUsesIsReportedAtStartup(CapturedOutput output) {
		start("--brama.connections.shipping.max-attempts=3", "--brama.connections[bank.*].max-attempts=3").close();
		assertThat(output).contains("WARN")
			.contains("brama.connections configures 'shipping', which no circuit uses so far. "
					+ "Check the name, or ignore this if it is used later.")
			.doesNotContain("bank");
	}

	@Test
	void theNearestNameInUseIsSuggested(CapturedOutput output) {
		new SpringApplicationBuilder(BramaAutoConfiguration.class, Partner.class).web(WebApplicationType.NONE)
			.run("--brama.connections.partnre.max-attempts=3")
			.close();
		assertThat(output).contains(
				"brama.connections configures 'partnre', which no circuit uses so far. " + "Did you mean 'partner'?");
	}

	@Test
	void aVariableThatCannotSpellTheNameSaysHowToReachIt(CapturedOutput output) {
		new SpringApplicationBuilder(BramaAutoConfiguration.class, Dashed.class).web(WebApplicationType.NONE)
			.initializers(variables(Map.of("BRAMA_CONNECTIONS_PAYMENTAPI_MAXATTEMPTS", "7")))
			.run()
			.close();
		assertThat(output).contains("BRAMA_CONNECTIONS_PAYMENTAPI_MAXATTEMPTS has no effect on 'payment-api'")
			.contains("Set at least one option under brama.connections.payment-api");
	}

	@Test
	void switchedOffEveryCallPasses() {
		this.runner.withBean(Partner.class)
			.withPropertyValues("brama.enabled=false", "brama.max-attempts=1", "brama.mode=enforce",
					"brama.scopes.payments.mode=enforce", "brama.connections.payment-api.mode=enforce")
			.run((context) -> {
				Brama brama = context.getBean(Brama.class);
				context.getBean(Partner.class).call();
				assertThat(brama.all()).isEmpty();
				assertThat(context).doesNotHaveBean(CircuitBreakerAdvisor.class);
				brama.register("payment-api");
				brama.register("other", (options) -> options.scope("payments"));
				brama.circuit("third");
				assertThat(brama.all()).hasSize(3).allSatisfy((circuit) -> {
					circuit.failure("no answer");
					circuit.open(because("maintenance"));
					assertThat(circuit.status().mode()).isEqualTo(Mode.OFF);
					assertThat(circuit.call(() -> "passed")).isEqualTo("passed");
				});
			});
	}

	@Test
	void whatIsNotConfiguredIsBuiltIn() {
		this.runner.run((context) -> {
			Brama brama = context.getBean(Brama.class);
			assertThat(brama.circuit("payment-api").status().config().settings())
				.isEqualTo(Brama.create().circuit("payment-api").status().config().settings());
			assertThat(brama.circuit("payment-api").status().state()).isEqualTo(CircuitState.UNKNOWN);
		});
	}

	private static ConfigurableApplicationContext start(String... arguments) {
		return new SpringApplicationBuilder(BramaAutoConfiguration.class).web(WebApplicationType.NONE)
			.properties(Map.of("spring.main.banner-mode", "off"))
			.run(arguments);
	}

	public static class Partner {

		@CircuitBreaker(identifier = "partner")
		public void call() {
		}

	}

	public static class Dashed {

		@CircuitBreaker(identifier = "payment-api")
		public void call() {
		}

	}

}
