package io.brama;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import io.brama.Permit.Settlement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static io.brama.Command.because;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What happens in HALF_OPEN.
 */
class TrialTests {

	private static final Duration EXPIRY = Duration.ofSeconds(10);

	private Gate gate = Gate.with((builder) -> builder.maxAttempts(1).expiry(EXPIRY));

	@AfterEach
	void close() {
		this.gate.close();
	}

	@Test
	@Tag("T1")
	void aTrialGivenBackFreesItsPlace() {
		Circuit circuit = halfOpen(1, 1);
		circuit.acquire().close();
		assertThat(circuit.isAvailable()).isTrue();
		assertThat(circuit.acquire().success()).isEqualTo(Settlement.RECORDED);
		assertThat(circuit.status().state()).isEqualTo(CircuitState.CLOSED);
	}

	@Test
	@Tag("T1")
	@Tag("T27")
	void aCancelledAsynchronousTrialFreesItsPlace() {
		Circuit circuit = halfOpen(1, 1);
		CompletableFuture<String> call = new CompletableFuture<>();
		CompletableFuture<String> answer = circuit.callAsync(() -> call);
		assertThat(circuit.isAvailable()).isFalse();
		assertThat(answer.cancel(true)).isTrue();
		assertThat(call).isCancelled();
		assertThat(circuit.isAvailable()).isTrue();
		assertThat(circuit.status().calls().ignored()).isEqualTo(1);
	}

	@Test
	@Tag("T1")
	@Tag("T27")
	void anInterruptedTrialFreesItsPlace() {
		Circuit circuit = halfOpen(1, 1);
		InterruptedException interruption = new InterruptedException();
		assertThatThrownBy(() -> circuit.call(() -> {
			throw interruption;
		})).isSameAs(interruption);
		assertThat(circuit.status().state()).isEqualTo(CircuitState.HALF_OPEN);
		assertThat(circuit.isAvailable()).isTrue();
	}

	@Test
	@Tag("T2")
	void aTrialThatNeverEndsCountsAsFailedAfterItsTimeout() {
		Circuit circuit = halfOpen(1, 1);
		circuit.acquire();
		this.gate.advance(EXPIRY.minusNanos(1));
		assertThat(circuit.status().state()).isEqualTo(CircuitState.HALF_OPEN);
		this.gate.advance(Duration.ofNanos(1));
		ConnectionStatus status = circuit.status();
		assertThat(status.state()).isEqualTo(CircuitState.OPEN);
		assertThat(status.cause()).isEqualTo(TransitionCause.TRIAL_TIMED_OUT);
		assertThat(status.reason()).isEqualTo("no outcome of the trial within 10s");
		assertThat(status.lastFailureReason()).isEqualTo("no outcome of the trial within 10s");
		assertThat(status.lastFailureAt()).isEqualTo(this.gate.time.instant());
	}

	@Test
	@Tag("T45")
	void aTrialThatTimesOutIsPublishedAsAFailureBeforeItsTransition() {
		halfOpen(1, 1).acquire();
		this.gate.events.clear();
		this.gate.advance(EXPIRY);
		assertThat(this.gate.events).extracting(BramaEvent::type)
			.containsExactly(BramaEvent.Type.FAILURE, BramaEvent.Type.STATE_CHANGE);
		assertThat(this.gate.only(BramaEvent.Failure.class)).singleElement()
			.extracting(BramaEvent.Failure::reason, BramaEvent.Failure::duration)
			.containsExactly("no outcome of the trial within 10s", EXPIRY);
	}

	@Test
	@Tag("T45")
	void aTrialThatTimesOutIsPublishedThoughItDecidesNothing() {
		halfOpen(2, 1).acquire();
		this.gate.events.clear();
		this.gate.advance(EXPIRY);
		assertThat(this.gate.events).extracting(BramaEvent::type).containsExactly(BramaEvent.Type.FAILURE);
	}

	@Test
	@Tag("T2")
	void anOverdueTrialIsFoundByTheNextCallWhenTheTimerIsStarved() {
		Circuit circuit = halfOpen(2, 1);
		this.gate.time.stopTimer();
		circuit.acquire();
		circuit.acquire();
		this.gate.advance(EXPIRY);
		assertThat(circuit.isAvailable()).isFalse();
		assertThat(circuit.tryAcquire()).isNull();
		assertThat(circuit.status().state()).isEqualTo(CircuitState.OPEN);
	}

	@Test
	@Tag("T2")
	void oneOverdueTrialOfTwoLeavesTheOtherPlace() {
		Circuit circuit = halfOpen(2, 1);
		circuit.acquire();
		this.gate.advance(EXPIRY);
		assertThat(circuit.status().state()).isEqualTo(CircuitState.HALF_OPEN);
		assertThat(circuit.status().calls().failure()).isEqualTo(2);
		assertThat(circuit.acquire().success()).isEqualTo(Settlement.RECORDED);
		assertThat(circuit.status().state()).isEqualTo(CircuitState.CLOSED);
	}

	@Test
	@Tag("T2")
	void aConfiguredTrialTimeoutIsUsed() {
		use((builder) -> builder.trialTimeout(Duration.ofSeconds(1)));
		Circuit circuit = tripped();
		circuit.acquire();
		this.gate.advance(Duration.ofSeconds(1));
		assertThat(circuit.status().state()).isEqualTo(CircuitState.OPEN);
	}

	@Test
	@Tag("T3")
	void anOldTrialReportsAfterItsTimeoutAndDecidesNothing() {
		Circuit circuit = halfOpen(1, 1);
		Permit old = circuit.acquire();
		this.gate.advance(EXPIRY);
		this.gate.advance(EXPIRY);
		Permit fresh = circuit.acquire();
		assertThat(old.success()).isEqualTo(Settlement.LATE);
		assertThat(circuit.status().state()).isEqualTo(CircuitState.HALF_OPEN);
		assertThat(fresh.failure("down")).isEqualTo(Settlement.RECORDED);
		assertThat(circuit.status().state()).isEqualTo(CircuitState.OPEN);
		assertThat(circuit.status().calls().late()).isEqualTo(1);
	}

	@Test
	@Tag("T3")
	void aTrialThatTimedOutIsLateEvenInItsOwnPeriod() {
		Circuit circuit = halfOpen(3, 1);
		Permit old = circuit.acquire();
		this.gate.advance(EXPIRY);
		assertThat(old.success()).isEqualTo(Settlement.LATE);
		assertThat(circuit.status().state()).isEqualTo(CircuitState.HALF_OPEN);
	}

	@Test
	@Tag("T4")
	void anIgnoredTrialChangesNothing() {
		Circuit circuit = halfOpen(1, 1);
		int before = this.gate.changes().size();
		ConnectionStatus statusBefore = circuit.status();
		assertThat(circuit.acquire().settle(Outcome.ignored())).isEqualTo(Settlement.RECORDED);
		assertThat(this.gate.changes()).hasSize(before);
		assertThat(circuit.status().stateSince()).isEqualTo(statusBefore.stateSince());
		assertThat(circuit.status().state()).isEqualTo(CircuitState.HALF_OPEN);
	}

	@Test
	@Tag("T5")
	void aTrialRefusedByTheNextCircuitGivesItsPlaceBack() {
		Circuit circuit = halfOpen(1, 1);
		Circuit next = this.gate.brama.circuit("next");
		next.open(because("maintenance"));
		assertThatThrownBy(() -> circuit.call(() -> next.call(() -> "never")))
			.isInstanceOfSatisfying(CircuitOpenException.class, (open) -> assertThat(open.id()).isEqualTo(next.id()));
		assertThat(circuit.status().state()).isEqualTo(CircuitState.HALF_OPEN);
		assertThat(circuit.isAvailable()).isTrue();
	}

	@Test
	@Tag("T6")
	void atMostNTrialsAreInFlight() {
		Circuit circuit = halfOpen(3, 2);
		for (int i = 0; i < 3; i++) {
			assertThat(circuit.tryAcquire()).isNotNull();
		}
		assertThat(circuit.tryAcquire()).isNull();
		assertThat(circuit.status().calls().rejected()).isEqualTo(1);
	}

	@Test
	@Tag("T7")
	void theFirstVerdictOfTwoTrialsStands() {
		Circuit circuit = halfOpen(2, 2);
		Permit one = circuit.acquire();
		Permit other = circuit.acquire();
		assertThat(one.failure("down")).isEqualTo(Settlement.RECORDED);
		assertThat(circuit.status().state()).isEqualTo(CircuitState.OPEN);
		assertThat(other.success()).isEqualTo(Settlement.LATE);
		assertThat(circuit.status().state()).isEqualTo(CircuitState.OPEN);
	}

	@Test
	@Tag("T8")
	void trialsThatFailAfterTheCircuitClosedAreLate() {
		Circuit circuit = halfOpen(4, 2);
		List<Permit> trials = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			trials.add(circuit.acquire());
		}
		trials.get(0).success();
		trials.get(1).success();
		assertThat(circuit.status().state()).isEqualTo(CircuitState.CLOSED);
		assertThat(trials.get(2).failure("down")).isEqualTo(Settlement.LATE);
		assertThat(trials.get(3).failure("down")).isEqualTo(Settlement.LATE);
		assertThat(circuit.status().state()).isEqualTo(CircuitState.CLOSED);
		assertThat(circuit.status().failureCount()).isZero();
	}

	@Test
	void theCircuitReopensAsSoonAsEnoughSuccessesAreOutOfReach() {
		Circuit circuit = halfOpen(5, 3);
		circuit.acquire().success();
		circuit.acquire().failure("down");
		circuit.acquire().failure("down");
		assertThat(circuit.status().state()).isEqualTo(CircuitState.HALF_OPEN);
		circuit.acquire().failure("down");
		assertThat(circuit.status().state()).isEqualTo(CircuitState.OPEN);
	}

	@Test
	void aFailureThatTripsReopensAtOnce() {
		Circuit circuit = halfOpen(5, 1);
		circuit.acquire().settle(Outcome.failure("HTTP 503").tripNow().retryAfter(Duration.ofMinutes(2)));
		assertThat(circuit.status().state()).isEqualTo(CircuitState.OPEN);
		assertThat(circuit.status().cause()).isEqualTo(TransitionCause.FAILURE_TRIPPED);
		assertThat(circuit.status().remainingOpenTime()).isEqualTo(Duration.ofMinutes(2));
	}

	@Test
	@Tag("T9")
	void anErrorIsAFailureAndIsRethrown() {
		for (Error error : List.of(new StackOverflowError(), new NoClassDefFoundError("gone"))) {
			Circuit circuit = halfOpen(2, 1);
			assertThatThrownBy(() -> circuit.run(() -> {
				throw error;
			})).isSameAs(error);
			assertThatThrownBy(() -> circuit.callAsync(() -> {
				throw error;
			})).isSameAs(error);
			assertThat(circuit.status().state()).isEqualTo(CircuitState.OPEN);
			assertThat(circuit.status().calls().failure()).isEqualTo(3);
		}
	}

	@Test
	@Tag("T10")
	void successesOfAnEarlierHalfOpenPeriodDoNotCount() {
		Circuit circuit = halfOpen(2, 2);
		circuit.acquire().success();
		circuit.acquire().failure("down");
		this.gate.advance(EXPIRY);
		circuit.acquire().success();
		assertThat(circuit.status().state()).isEqualTo(CircuitState.HALF_OPEN);
		circuit.acquire().success();
		assertThat(circuit.status().state()).isEqualTo(CircuitState.CLOSED);
	}

	@Test
	@Tag("T11")
	void aCallThatOutlivesItsReadersIsRecordedOnceWithItsTrueOutcome() {
		Circuit circuit = halfOpen(1, 1);
		CompletableFuture<String> call = new CompletableFuture<>();
		CompletableFuture<String> answer = circuit.callAsync(call::minimalCompletionStage);
		answer.cancel(true);
		assertThat(circuit.isAvailable()).isFalse();
		call.complete("done after all");
		assertThat(circuit.status().state()).isEqualTo(CircuitState.CLOSED);
		assertThat(circuit.status().calls()).isEqualTo(new ConnectionStatus.Calls(1, 1, 0, 0, 0, 0));
	}

	@Test
	@Tag("T2")
	void aTrialTimeoutConfiguredWhileTheCircuitIsOpenIsUsed() {
		Circuit circuit = this.gate.circuit();
		circuit.failure("down");
		this.gate.brama.configure((options) -> options.trialTimeout(Duration.ofSeconds(1)));
		this.gate.advance(EXPIRY);
		circuit.acquire();
		this.gate.advance(Duration.ofSeconds(1));
		assertThat(circuit.status().cause()).isEqualTo(TransitionCause.TRIAL_TIMED_OUT);
	}

	@Test
	void successesAndFailuresUsePlacesUpForGood() {
		for (Outcome first : List.of(Outcome.success(), Outcome.failure("down"))) {
			Circuit circuit = halfOpen(3, 2);
			circuit.acquire().settle(first);
			assertThat(circuit.tryAcquire()).isNotNull();
			assertThat(circuit.isAvailable()).isTrue();
			assertThat(circuit.tryAcquire()).isNotNull();
			assertThat(circuit.isAvailable()).isFalse();
			assertThat(circuit.tryAcquire()).isNull();
		}
	}

	@Test
	@Tag("T2")
	void availabilityReckonsWithTrialsWhoseTimeoutNobodyNoticedYet() {
		Circuit circuit = halfOpen(4, 3);
		this.gate.time.stopTimer();
		circuit.acquire();
		this.gate.advance(EXPIRY.minusNanos(1));
		circuit.acquire();
		this.gate.advance(Duration.ofNanos(1));
		assertThat(circuit.isAvailable()).isTrue();
		this.gate.advance(EXPIRY);
		assertThat(circuit.isAvailable()).isFalse();
		assertThat(circuit.tryAcquire()).isNull();
		assertThat(circuit.status().state()).isEqualTo(CircuitState.OPEN);
		assertThat(circuit.status().failureCount()).isEqualTo(3);
	}

	@Test
	@Tag("T2")
	void eachTrialHasItsOwnTimeout() {
		Circuit circuit = halfOpen(2, 1);
		circuit.acquire();
		this.gate.advance(Duration.ofSeconds(4));
		circuit.acquire();
		this.gate.advance(EXPIRY.minusNanos(1));
		assertThat(circuit.status().state()).isEqualTo(CircuitState.HALF_OPEN);
		this.gate.advance(Duration.ofNanos(1));
		assertThat(circuit.status().state()).isEqualTo(CircuitState.OPEN);
		assertThat(circuit.status().stateSince()).isEqualTo(this.gate.time.instant());
	}

	@Test
	void reportsWithoutAPermitCountAsTrials() {
		Circuit circuit = halfOpen(2, 2);
		circuit.success();
		circuit.success();
		assertThat(circuit.status().state()).isEqualTo(CircuitState.CLOSED);
	}

	private Circuit halfOpen(int trialCalls, int successesToClose) {
		use((builder) -> builder.trialCalls(trialCalls).successesToClose(successesToClose));
		return tripped();
	}

	private Circuit tripped() {
		Circuit circuit = this.gate.circuit();
		circuit.failure("down");
		this.gate.advance(EXPIRY);
		assertThat(circuit.status().state()).isEqualTo(CircuitState.HALF_OPEN);
		return circuit;
	}

	private void use(Consumer<Brama.Builder> options) {
		this.gate.close();
		this.gate = Gate.with((builder) -> options.accept(builder.maxAttempts(1).expiry(EXPIRY)));
	}

}
