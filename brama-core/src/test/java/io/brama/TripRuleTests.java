package io.brama;

import java.time.Duration;
import java.util.function.Consumer;

import io.brama.policy.TripPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.brama.Command.because;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What opens a circuit besides failures in a row, and how exceptions are told apart by
 * type.
 */
class TripRuleTests {

	private Gate gate = Gate.with((builder) -> {
	});

	@AfterEach
	void close() {
		this.gate.close();
	}

	@Test
	@Tag("T20")
	void aSuccessThatBringsTheWindowToItsMinimumMayOpenTheCircuit() {
		Circuit circuit = with((builder) -> builder.failureRate(75).window(100).minimumCalls(4));
		circuit.failure("down");
		circuit.failure("down");
		circuit.failure("down");
		assertThat(circuit.status().failureRate()).isNull();
		circuit.success();
		ConnectionStatus status = circuit.status();
		assertThat(status.state()).isEqualTo(CircuitState.OPEN);
		assertThat(status.cause()).isEqualTo(TransitionCause.FAILURE_RATE);
		assertThat(status.reason()).isEqualTo("3 of 4 calls failed");
	}

	@Test
	@Tag("T31")
	void withoutCallsThereAreNoRates() {
		ConnectionStatus status = with((builder) -> builder.failureRate(50)
			.slowCallRate(50)
			.slowCallDuration(Duration.ofSeconds(1))
			.minimumCalls(1)).status();
		assertThat(status.failureRate()).isNull();
		assertThat(status.slowCallRate()).isNull();
		assertThat(status.calls().successRate()).isNull();
	}

	@Test
	void theFailureRateIsShownOnceThereAreEnoughCalls() {
		Circuit circuit = with((builder) -> builder.failureRate(75).minimumCalls(4));
		circuit.failure("down");
		circuit.success();
		circuit.success();
		assertThat(circuit.status().failureRate()).isNull();
		circuit.success();
		assertThat(circuit.status().failureRate()).isEqualTo(0.25);
		assertThat(circuit.status().slowCallRate()).isNull();
	}

	@Test
	void withUnlimitedAttemptsOnlyTheRateOpensTheCircuit() {
		Circuit circuit = with((builder) -> builder.unlimitedAttempts().failureRate(50).window(100).minimumCalls(100));
		for (int i = 0; i < 99; i++) {
			circuit.failure("down");
		}
		assertThat(circuit.status().state()).isEqualTo(CircuitState.CLOSED);
		circuit.success();
		assertThat(circuit.status().cause()).isEqualTo(TransitionCause.FAILURE_RATE);
	}

	@Test
	void unlimitedAttemptsAreLimitedAgainByANumber() {
		Circuit circuit = with((builder) -> builder.unlimitedAttempts().failureRate(50).window(100).minimumCalls(100));
		circuit.configure(because("a test"), (options) -> options.maxAttempts(2));
		circuit.failure("down");
		circuit.failure("down");
		assertThat(circuit.status().cause()).isEqualTo(TransitionCause.CONSECUTIVE_FAILURES);
	}

	@Test
	void unlimitedAttemptsAreShownAsOff() {
		CircuitConfig config = with((builder) -> builder.unlimitedAttempts().failureRate(50)).status().config();
		assertThat(config.settings().get("max-attempts").value()).isEqualTo("off");
		assertThat(config.maxAttempts()).isEqualTo(TripPolicy.UNLIMITED);
	}

	@Test
	void aFailureRateOverTimeForgets() {
		Circuit circuit = with((builder) -> builder.failureRate(50).window(Duration.ofSeconds(10)).minimumCalls(4));
		for (int i = 0; i < 3; i++) {
			circuit.failure("down");
		}
		this.gate.advance(Duration.ofSeconds(10));
		circuit.failure("down");
		assertThat(circuit.status().state()).isEqualTo(CircuitState.CLOSED);
		circuit.failure("down");
		circuit.success();
		circuit.success();
		assertThat(circuit.status().state()).isEqualTo(CircuitState.OPEN);
	}

	@Test
	void slowCallsOpenTheCircuitEvenIfTheySucceed() throws Exception {
		Circuit circuit = with(
				(builder) -> builder.slowCallDuration(Duration.ofSeconds(1)).slowCallRate(50).minimumCalls(4));
		for (int i = 0; i < 3; i++) {
			assertThat(circuit.call(() -> "quick")).isEqualTo("quick");
		}
		for (int i = 0; i < 3; i++) {
			assertThat(circuit.status().state()).isEqualTo(CircuitState.CLOSED);
			circuit.call(() -> {
				this.gate.advance(Duration.ofSeconds(1));
				return "slow";
			});
		}
		ConnectionStatus status = circuit.status();
		assertThat(status.state()).isEqualTo(CircuitState.OPEN);
		assertThat(status.cause()).isEqualTo(TransitionCause.SLOW_CALL_RATE);
		assertThat(status.reason()).isEqualTo("3 of 6 calls were slow");
		assertThat(status.calls()).isEqualTo(new ConnectionStatus.Calls(6, 0, 0, 0, 0, 3));
	}

	@Test
	void rulesAreCombinedWithOr() {
		Circuit circuit = with((builder) -> builder.maxAttempts(3).failureRate(100).minimumCalls(100));
		Gate.trip(circuit);
		assertThat(circuit.status().cause()).isEqualTo(TransitionCause.CONSECUTIVE_FAILURES);
	}

	@Test
	@Tag("T18")
	void rejectionsAndIgnoredCallsNeverEnterTheWindow() {
		Circuit circuit = with((builder) -> builder.failureRate(100).minimumCalls(2));
		circuit.failure("down");
		for (int i = 0; i < 10; i++) {
			circuit.acquire().close();
		}
		assertThat(circuit.status().state()).isEqualTo(CircuitState.CLOSED);
		circuit.failure("down");
		assertThat(circuit.status().state()).isEqualTo(CircuitState.OPEN);
	}

	@Test
	@Tag("T8")
	@Tag("T15")
	void aCircuitThatHasClosedBeginsWithAnEmptyWindow() {
		Circuit circuit = with((builder) -> builder.failureRate(100).minimumCalls(2));
		Permit old = circuit.acquire();
		Gate.trip(circuit);
		this.gate.advance(Duration.ofSeconds(60));
		circuit.success();
		old.failure("late");
		circuit.failure("down");
		assertThat(circuit.status().state()).isEqualTo(CircuitState.CLOSED);
	}

	@ParameterizedTest
	@ValueSource(doubles = { 0, -1, 100.1, Double.NaN, Double.POSITIVE_INFINITY, 0.00001, 33.33333 })
	@Tag("T21")
	void aRateOutOfRangeIsRefused(double percent) {
		assertThatIllegalArgumentException().isThrownBy(() -> with((builder) -> builder.failureRate(percent)))
			.withMessageMatching("failure-rate.threshold of the defaults must "
					+ "(be between 0.0001% and 100%|have at most four decimal places), was .*%");
	}

	@Test
	void contradictionsAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> with((builder) -> builder.window(10).minimumCalls(11)))
			.withMessage(
					"failure-rate.minimum-calls of the defaults must be between 1 and the 10 calls of its window, was 11");
		assertThatIllegalArgumentException().isThrownBy(() -> with((builder) -> builder.window(0)))
			.withMessage("failure-rate.window of the defaults must be between 1 and 1000000 calls, was 0");
		assertThatIllegalArgumentException().isThrownBy(() -> with((builder) -> builder.window(Duration.ofMillis(9))))
			.withMessage("failure-rate.window of the defaults must be between 10ms and 24h, was 9ms");
	}

	@Test
	void theReasonNamesAllTheFailuresBelowTheMinimum() {
		Circuit circuit = with((builder) -> builder.failureRate(20).window(4).minimumCalls(4));
		circuit.success();
		circuit.failure("down");
		circuit.failure("down");
		circuit.success();
		assertThat(circuit.status().reason()).isEqualTo("2 of 4 calls failed");
	}

	@Test
	void ignoredTypesAreIgnoredWithSubclassesAndCauses() {
		Circuit circuit = with((builder) -> builder.maxAttempts(100)
			.ignoreExceptions(IllegalArgumentException.class)
			.recordExceptions(RuntimeException.class));
		report(circuit, new NumberFormatException("a subclass"));
		report(circuit, new IllegalStateException(new IllegalArgumentException("the cause")));
		report(circuit, new IllegalStateException("down"));
		report(circuit, new java.io.IOException("not recorded"));
		assertThat(circuit.status().calls()).isEqualTo(new ConnectionStatus.Calls(0, 1, 3, 0, 0, 0));
	}

	private static void report(Circuit circuit, Throwable error) {
		try (Permit permit = circuit.acquire()) {
			permit.settle(permit.classify(null, error, ErrorHandler.DEFAULT));
		}
	}

	private Circuit with(Consumer<Brama.Builder> options) {
		this.gate.close();
		this.gate = Gate.with(options);
		return this.gate.circuit();
	}

}
