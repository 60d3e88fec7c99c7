package io.brama;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.brama.Permit.Settlement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static io.brama.Command.because;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * OBSERVE and OFF, and the change between modes.
 */
class ModeTests {

	private static final Duration EXPIRY = Duration.ofSeconds(10);

	private final Gate gate = Gate.with((builder) -> builder.maxAttempts(2).expiry(EXPIRY));

	private final Circuit circuit = this.gate.circuit();

	@AfterEach
	void close() {
		this.gate.close();
	}

	@Test
	void anObservedCircuitMovesAndRejectsNothing() throws Exception {
		this.gate.brama.configure((options) -> options.mode(Mode.OBSERVE));
		this.circuit.failure("down");
		this.circuit.failure("down");
		assertThat(this.circuit.status().state()).isEqualTo(CircuitState.OPEN);
		assertThat(this.circuit.isAvailable()).isTrue();
		assertThat(this.circuit.call(() -> "let in")).isEqualTo("let in");
		assertThat(this.gate.only(BramaEvent.Rejected.class)).hasSize(1);
		assertThat(this.circuit.status().state()).isEqualTo(CircuitState.OPEN);
		assertThat(this.circuit.status().calls()).isEqualTo(new ConnectionStatus.Calls(1, 2, 0, 0, 0, 0));
		this.gate.advance(EXPIRY);
		assertThat(this.circuit.call(() -> "a trial")).isEqualTo("a trial");
		assertThat(this.circuit.status().state()).isEqualTo(CircuitState.CLOSED);
	}

	@Test
	void aCircuitThatIsOffCountsNothing() {
		this.gate.brama.configure("payment-api", (options) -> options.mode(Mode.OFF));
		for (int i = 0; i < 5; i++) {
			assertThat(this.circuit.acquire().failure("down")).isEqualTo(Settlement.RECORDED);
		}
		assertThat(this.circuit.status().calls().total()).isZero();
		assertThat(this.circuit.status().mode()).isEqualTo(Mode.OFF);
		this.gate.brama.configure("payment-api", (options) -> options.mode(Mode.ENFORCE));
		this.circuit.acquire().failure("down");
		assertThat(this.circuit.status().failureCount()).isEqualTo(1);
	}

	@Test
	void anotherModeBeginsAPeriodOfTheSameStateAndDeadline() {
		Permit inFlight = this.circuit.acquire();
		Gate.trip(this.circuit);
		this.gate.advance(Duration.ofSeconds(4));
		this.gate.brama.configure((options) -> options.mode(Mode.OBSERVE));
		assertThat(this.circuit.status().state()).isEqualTo(CircuitState.OPEN);
		assertThat(this.circuit.status().remainingOpenTime()).isEqualTo(Duration.ofSeconds(6));
		assertThat(inFlight.success()).isEqualTo(Settlement.LATE);
		assertThat(this.gate.changes()).last()
			.extracting(BramaEvent.StateChanged::cause, BramaEvent.StateChanged::reason)
			.containsExactly(TransitionCause.OPERATOR, "another mode is configured");
		this.gate.advance(Duration.ofSeconds(6));
		assertThat(this.circuit.status().state()).isEqualTo(CircuitState.HALF_OPEN);
	}

	@Test
	void anotherModeKeepsTheFailuresInARow() {
		this.circuit.failure("down");
		this.gate.brama.configure((options) -> options.mode(Mode.OBSERVE));
		assertThat(this.circuit.status().failureCount()).isEqualTo(1);
		this.circuit.failure("down");
		assertThat(this.circuit.status().state()).isEqualTo(CircuitState.OPEN);
	}

	@Test
	void everyCallPassesInEveryStateUnlessEnforced() {
		List<Boolean> answers = new ArrayList<>();
		for (Mode mode : List.of(Mode.OBSERVE, Mode.OFF)) {
			this.gate.brama.configure((options) -> options.mode(mode));
			this.circuit.open(because("maintenance"));
			answers.add(this.circuit.tryAcquire() != null);
			this.circuit.halfOpen(because("try now"));
			answers.add(this.circuit.tryAcquire() != null);
			answers.add(this.circuit.tryAcquire() != null);
			this.circuit.close(because("repaired"));
			answers.add(this.circuit.tryAcquire() != null);
		}
		assertThat(answers).containsOnly(true);
	}

	@Test
	void aReportToACircuitThatIsOffIsNotCounted() {
		this.gate.brama.configure((options) -> options.mode(Mode.OFF));
		for (int i = 0; i < 5; i++) {
			assertThat(this.circuit.failure("down")).isEqualTo(Settlement.RECORDED);
		}
		assertThat(this.circuit.status().state()).isEqualTo(CircuitState.UNKNOWN);
		assertThat(this.circuit.status().calls().total()).isZero();
		assertThat(this.circuit.status().failureCount()).isZero();
	}

	@Test
	void anotherModeBeginsTheTrialsAnewWithTheSameTimeout() {
		Gate.trip(this.circuit);
		this.gate.advance(EXPIRY);
		Permit trial = this.circuit.acquire();
		this.gate.brama.configure((options) -> options.mode(Mode.OBSERVE));
		this.gate.brama.configure((options) -> options.mode(Mode.ENFORCE));
		assertThat(this.circuit.status().state()).isEqualTo(CircuitState.HALF_OPEN);
		assertThat(this.circuit.status().failureCount()).isEqualTo(2);
		assertThat(trial.success()).isEqualTo(Settlement.LATE);
		assertThat(this.circuit.tryAcquire()).isNotNull();
		this.gate.advance(EXPIRY);
		assertThat(this.circuit.status().cause()).isEqualTo(TransitionCause.TRIAL_TIMED_OUT);
		assertThat(this.circuit.status().failureCount()).isEqualTo(3);
	}

	@Test
	@Tag("T36")
	void anotherModeDoesNotShortenTheOpening() {
		Gate.trip(this.circuit);
		this.gate.advance(EXPIRY.minusSeconds(1));
		this.gate.brama.configure((options) -> options.mode(Mode.OBSERVE));
		this.gate.advance(Duration.ofSeconds(1));
		this.circuit.success();
		this.gate.advance(EXPIRY.minusNanos(1));
		assertThat(this.circuit.status().consecutiveOpenings()).isEqualTo(1);
		this.gate.advance(Duration.ofNanos(1));
		assertThat(this.circuit.status().consecutiveOpenings()).isZero();
	}

	@Test
	@Tag("T46")
	void aModeSetByCommandSaysWhyAndByWhom() {
		assertThat(this.circuit.mode(Mode.OBSERVE, because("load test").by("ops"))).isTrue();
		ConnectionStatus status = this.circuit.status();
		assertThat(status.mode()).isEqualTo(Mode.OBSERVE);
		assertThat(status.config().settings().get("mode").origin()).isEqualTo("command by ops (load test)");
		assertThat(this.gate.changes()).singleElement()
			.extracting(BramaEvent.StateChanged::cause, BramaEvent.StateChanged::reason, BramaEvent.StateChanged::actor)
			.containsExactly(TransitionCause.OPERATOR, "load test", "ops");
		assertThat(this.gate.only(BramaEvent.Reconfigured.class)).singleElement()
			.satisfies((event) -> assertThat(event.changes())
				.containsExactly(new BramaEvent.Reconfigured.Change("mode", Mode.ENFORCE, Mode.OBSERVE)));
	}

	@Test
	@Tag("T47")
	void aCallUnderWayIsLateInAModeSetByCommand() {
		Permit inFlight = this.circuit.acquire();
		this.circuit.mode(Mode.OBSERVE, because("load test"));
		assertThat(inFlight.failure("down")).isEqualTo(Settlement.LATE);
	}

	@Test
	void aModeSetByCommandIsThatOfOneCircuitAlone() {
		Circuit namesake = this.gate.brama.circuit(this.circuit.id().withScope("bank"));
		this.circuit.mode(Mode.OFF, because("load test"));
		assertThat(namesake.status().mode()).isEqualTo(Mode.ENFORCE);
		assertThat(this.gate.brama.circuit("other").status().mode()).isEqualTo(Mode.ENFORCE);
	}

	@Test
	void aModeSetByCommandStaysUntilAnotherIsConfiguredByName() {
		this.circuit.mode(Mode.OFF, because("load test"));
		this.gate.brama.configure((options) -> options.mode(Mode.OBSERVE));
		this.gate.brama.configure("payment-*", (options) -> options.mode(Mode.OBSERVE));
		this.gate.brama.configure("payment-api", (options) -> options.maxAttempts(3));
		assertThat(this.circuit.status().mode()).isEqualTo(Mode.OFF);
		this.gate.brama.configure("payment-api", (options) -> options.mode(Mode.ENFORCE));
		assertThat(this.circuit.status().mode()).isEqualTo(Mode.ENFORCE);
	}

	@Test
	void unregisteringForgetsAModeSetByCommand() {
		this.circuit.mode(Mode.OFF, because("load test"));
		this.gate.brama.unregister("payment-api");
		assertThat(this.gate.circuit().status().mode()).isEqualTo(Mode.ENFORCE);
	}

	@Test
	@Tag("T36")
	void neitherAModeNorACommandRestartsTheProofOfHealth() {
		Gate.trip(this.circuit);
		this.gate.advance(EXPIRY);
		this.circuit.success();
		this.gate.advance(EXPIRY.minusSeconds(1));
		this.circuit.mode(Mode.OBSERVE, because("load test"));
		this.circuit.close(because("repaired"));
		assertThat(this.circuit.status().consecutiveOpenings()).isEqualTo(1);
		this.gate.advance(Duration.ofSeconds(1));
		assertThat(this.circuit.status().consecutiveOpenings()).isZero();
	}

	@Test
	void neitherAModeNorACommandMovesTheTimeOfTheOpening() {
		Gate.trip(this.circuit);
		this.gate.advance(Duration.ofSeconds(3));
		this.circuit.mode(Mode.OBSERVE, because("load test"));
		this.circuit.open(because("maintenance"));
		ConnectionStatus status = this.circuit.status();
		assertThat(status.openedAt()).isEqualTo(ManualTime.START);
		assertThat(status.stateSince()).isEqualTo(ManualTime.START.plusSeconds(3));
	}

	@Test
	void anotherModeKeepsTheWindow() {
		this.gate.brama.configure((options) -> options.maxAttempts(100).failureRate(50).minimumCalls(4));
		this.circuit.success();
		this.circuit.success();
		this.circuit.failure("down");
		this.circuit.mode(Mode.OBSERVE, because("load test"));
		this.circuit.failure("down");
		assertThat(this.circuit.status().cause()).isEqualTo(TransitionCause.FAILURE_RATE);
	}

	@Test
	void anotherModeKeepsWhatTrialsHaveShown() {
		this.gate.brama.configure((options) -> options.trialCalls(4).successesToClose(2));
		this.circuit.halfOpen(because("try now"));
		this.circuit.success();
		this.circuit.failure("down");
		this.circuit.mode(Mode.OBSERVE, because("load test"));
		this.circuit.success();
		assertThat(this.circuit.status().cause()).isEqualTo(TransitionCause.TRIALS_SUCCEEDED);
	}

	@Test
	@Tag("T17")
	void aCallLetInByObservationIsLateWhenTheCircuitHasMovedOn() {
		this.gate.brama.configure((options) -> options.mode(Mode.OBSERVE));
		for (Runnable command : List.<Runnable>of(() -> this.circuit.reset(because("begin anew")),
				() -> this.circuit.mode(Mode.ENFORCE, because("enough seen")))) {
			this.circuit.open(because("maintenance"));
			Permit underWay = this.circuit.acquire();
			command.run();
			ConnectionStatus.Calls before = this.circuit.status().calls();
			assertThat(underWay.success()).isEqualTo(Settlement.LATE);
			assertThat(this.circuit.status().calls().late()).isEqualTo(before.late() + 1);
			assertThat(this.circuit.status().calls().success()).isEqualTo(before.success());
		}
	}

	@Test
	void aCircuitThatWasOffForLongIsNotTakenForIdle() {
		try (Gate gate = Gate.with((builder) -> builder.inactiveThreshold(Duration.ofMinutes(1)))) {
			Circuit off = gate.circuit();
			off.mode(Mode.OFF, because("load test"));
			gate.advance(Duration.ofHours(1));
			off.mode(Mode.ENFORCE, because("load test is over"));
			gate.advance(Duration.ofSeconds(30));
			assertThat(gate.only(BramaEvent.Removed.class)).isEmpty();
		}
	}

}
