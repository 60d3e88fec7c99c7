package io.brama;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.brama.Permit.Settlement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static io.brama.Command.because;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * An outcome belongs to the period that granted its permit.
 */
class LateOutcomeTests {

	private static final Duration EXPIRY = Duration.ofSeconds(10);

	private final Gate gate = Gate.with((builder) -> builder.maxAttempts(2).expiry(EXPIRY));

	private final Circuit circuit = this.gate.circuit();

	@AfterEach
	void close() {
		this.gate.close();
	}

	@Test
	@Tag("T13")
	void aLateOutcomeDoesNotTouchTheOpening() {
		Permit success = this.circuit.acquire();
		Permit failure = this.circuit.acquire();
		Gate.trip(this.circuit);
		ConnectionStatus before = this.circuit.status();
		int events = this.gate.events.size();
		this.gate.advance(Duration.ofSeconds(4));
		assertThat(success.success()).isEqualTo(Settlement.LATE);
		assertThat(failure.failure("late")).isEqualTo(Settlement.LATE);
		ConnectionStatus after = this.circuit.status();
		assertThat(after.state()).isEqualTo(CircuitState.OPEN);
		assertThat(after.failureCount()).isEqualTo(before.failureCount());
		assertThat(after.lastFailureReason()).isEqualTo("down");
		assertThat(after.remainingOpenTime()).isEqualTo(Duration.ofSeconds(6));
		assertThat(after.calls()).isEqualTo(new ConnectionStatus.Calls(0, 2, 0, 0, 2, 0));
		assertThat(this.gate.events).hasSize(events);
	}

	@Test
	@Tag("T14")
	void aCallFromBeforeTheOpeningHasNoPartInTheTrials() {
		Permit one = this.circuit.acquire();
		Permit other = this.circuit.acquire();
		Gate.trip(this.circuit);
		this.gate.advance(EXPIRY);
		assertThat(one.success()).isEqualTo(Settlement.LATE);
		assertThat(this.circuit.status().state()).isEqualTo(CircuitState.HALF_OPEN);
		Permit trial = this.circuit.acquire();
		assertThat(other.failure("late")).isEqualTo(Settlement.LATE);
		assertThat(this.circuit.tryAcquire()).isNull();
		assertThat(trial.success()).isEqualTo(Settlement.RECORDED);
	}

	@Test
	@Tag("T14")
	void aTrialOfOneHalfOpenPeriodIsLateInTheNext() {
		Gate.trip(this.circuit);
		this.gate.advance(EXPIRY);
		Permit old = this.circuit.acquire();
		this.circuit.open(because("maintenance").forDuration(EXPIRY));
		this.gate.advance(EXPIRY);
		assertThat(this.circuit.status().state()).isEqualTo(CircuitState.HALF_OPEN);
		assertThat(old.success()).isEqualTo(Settlement.LATE);
		assertThat(this.circuit.status().state()).isEqualTo(CircuitState.HALF_OPEN);
		assertThat(this.circuit.acquire().success()).isEqualTo(Settlement.RECORDED);
	}

	@Test
	@Tag("T15")
	void aCallThatReturnsAfterAWholeCycleIsNotCountedInTheNewPeriod() {
		Permit old = this.circuit.acquire();
		Gate.trip(this.circuit);
		this.gate.advance(EXPIRY);
		this.circuit.success();
		this.circuit.failure("down");
		assertThat(old.failure("late")).isEqualTo(Settlement.LATE);
		assertThat(this.circuit.status().state()).isEqualTo(CircuitState.CLOSED);
		assertThat(this.circuit.status().failureCount()).isEqualTo(1);
	}

	@Test
	@Tag("T16")
	void theSecondOutcomeOfAPermitDoesNothingAndSaysSo() {
		Permit permit = this.circuit.acquire();
		assertThat(permit.failure("down")).isEqualTo(Settlement.RECORDED);
		assertThat(permit.failure("down")).isEqualTo(Settlement.ALREADY_SETTLED);
		assertThat(permit.success()).isEqualTo(Settlement.ALREADY_SETTLED);
		permit.close();
		assertThat(this.circuit.status().failureCount()).isEqualTo(1);
		assertThat(this.circuit.status().calls()).isEqualTo(new ConnectionStatus.Calls(0, 1, 0, 0, 0, 0));
	}

	@ParameterizedTest
	@MethodSource("commands")
	@Tag("T17")
	void callsInFlightAreLateAfterACommand(Consumer<Circuit> command) {
		List<Permit> permits = List.of(this.circuit.acquire(), this.circuit.acquire(), this.circuit.acquire());
		command.accept(this.circuit);
		CircuitState state = this.circuit.status().state();
		assertThat(permits).extracting((permit) -> permit.failure("late")).containsOnly(Settlement.LATE);
		assertThat(this.circuit.status().state()).isEqualTo(state);
		assertThat(this.circuit.status().failureCount()).isZero();
	}

	static Stream<Consumer<Circuit>> commands() {
		return Stream.of((circuit) -> circuit.open(because("a test")), (circuit) -> circuit.close(because("a test")),
				(circuit) -> circuit.reset(because("a test")), (circuit) -> circuit.halfOpen(because("a test")));
	}

}
