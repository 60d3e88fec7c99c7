package io.brama;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static io.brama.Command.because;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What is counted while the circuit is closed, and what a status says of it.
 */
class CountingTests {

	private final Gate gate = Gate.with((builder) -> {
	});

	private final Circuit circuit = this.gate.circuit();

	@AfterEach
	void close() {
		this.gate.close();
	}

	@Test
	@Tag("T19")
	void tenFailuresInARowOpenACircuitByDefault() {
		for (int i = 1; i < 10; i++) {
			this.circuit.failure("down");
			assertThat(this.circuit.status().state()).isEqualTo(CircuitState.CLOSED);
			assertThat(this.circuit.status().failureCount()).isEqualTo(i);
		}
		this.circuit.failure("down");
		assertThat(this.circuit.status().state()).isEqualTo(CircuitState.OPEN);
		assertThat(this.gate.changes()).singleElement().satisfies((change) -> {
			assertThat(change.failureCount()).isEqualTo(10);
			assertThat(change.cause()).isEqualTo(TransitionCause.CONSECUTIVE_FAILURES);
			assertThat(change.reason()).isEqualTo("down");
			assertThat(change.expiry()).isEqualTo(Duration.ofSeconds(60));
			assertThat(change.until()).isEqualTo(ManualTime.START.plusSeconds(60));
		});
	}

	@Test
	@Tag("T19")
	void aSuccessBetweenFailuresStartsTheCountAgain() {
		for (int round = 0; round < 10; round++) {
			for (int i = 0; i < 9; i++) {
				this.circuit.failure("down");
			}
			this.circuit.success();
			assertThat(this.circuit.status().failureCount()).isZero();
		}
		assertThat(this.circuit.status().state()).isEqualTo(CircuitState.CLOSED);
	}

	@Test
	void anIgnoredCallNeitherAddsToTheCountNorBreaksTheRow() {
		for (int i = 0; i < 9; i++) {
			this.circuit.failure("down");
		}
		this.circuit.acquire().close();
		assertThat(this.circuit.status().failureCount()).isEqualTo(9);
		this.circuit.failure("down");
		assertThat(this.circuit.status().state()).isEqualTo(CircuitState.OPEN);
	}

	@Test
	@Tag("T31")
	void aFreshCircuitIsUnknownAndHasNoRates() {
		ConnectionStatus status = this.circuit.status();
		assertThat(status.state()).isEqualTo(CircuitState.UNKNOWN);
		assertThat(status.calls().total()).isZero();
		assertThat(status.calls().successRate()).isNull();
		assertThat(status.lastFailureAt()).isNull();
		assertThat(status.lastSuccessAt()).isNull();
		assertThat(status.cause()).isEqualTo(TransitionCause.REGISTERED);
		assertThat(this.circuit.isAvailable()).isTrue();
	}

	@Test
	void theFirstOutcomeMakesACircuitKnown() {
		for (Outcome outcome : List.of(Outcome.success(), Outcome.failure("down"), Outcome.ignored())) {
			this.circuit.reset(because("begin anew"));
			assertThat(this.circuit.status().state()).isEqualTo(CircuitState.UNKNOWN);
			this.circuit.report(outcome);
			assertThat(this.circuit.status().state()).isEqualTo(CircuitState.CLOSED);
		}
	}

	@Test
	void aResetForgetsTotalsAndTimesAndOpenings() {
		Gate.trip(this.circuit);
		this.circuit.success();
		this.circuit.reset(because("begin anew").by("ops"));
		ConnectionStatus status = this.circuit.status();
		assertThat(status.state()).isEqualTo(CircuitState.UNKNOWN);
		assertThat(status.calls()).isEqualTo(new ConnectionStatus.Calls(0, 0, 0, 0, 0, 0));
		assertThat(status.lastFailureReason()).isNull();
		assertThat(status.consecutiveOpenings()).isZero();
		assertThat(status.actor()).isEqualTo("ops");
	}

	@Test
	void aCommandToCloseKeepsTotals() {
		Gate.trip(this.circuit);
		this.circuit.close(because("repaired"));
		ConnectionStatus status = this.circuit.status();
		assertThat(status.state()).isEqualTo(CircuitState.CLOSED);
		assertThat(status.failureCount()).isZero();
		assertThat(status.calls().failure()).isEqualTo(10);
		assertThat(status.lastFailureReason()).isEqualTo("down");
	}

	@Test
	void aStatusTellsTheTimesOfTheLastOutcomes() {
		this.gate.advance(Duration.ofSeconds(1));
		this.circuit.success();
		assertThat(this.circuit.status().lastSuccessAt()).isEqualTo(ManualTime.START.plusSeconds(1));
		this.gate.advance(Duration.ofSeconds(1));
		this.circuit.failure("down");
		assertThat(this.circuit.status().lastFailureAt()).isEqualTo(ManualTime.START.plusSeconds(2));
		this.gate.advance(Duration.ofMinutes(1));
		assertThat(this.circuit.status().lastSuccessAt()).isEqualTo(ManualTime.START.plusSeconds(1));
		assertThat(this.circuit.status().calls().successRate()).isEqualTo(0.5);
	}

	@Test
	void theManualFlowByNameWorks() {
		assertThat(this.gate.brama.isAvailable("nobody")).isFalse();
		assertThat(this.gate.brama.success("nobody")).isFalse();
		assertThat(this.gate.brama.failure("nobody", "down")).isFalse();
		assertThat(this.gate.brama.status("nobody")).isEmpty();
		assertThat(this.gate.brama.open("nobody", because("a test"))).isFalse();
		assertThat(this.gate.brama.unregister("nobody")).isFalse();
		assertThat(this.gate.brama.isAvailable("payment-api")).isTrue();
		assertThat(this.gate.brama.success("payment-api")).isTrue();
		assertThat(this.gate.brama.failure("payment-api", "down")).isTrue();
		assertThat(this.gate.brama.open("payment-api", because("a test"))).isTrue();
		assertThat(this.gate.brama.isAvailable("payment-api")).isFalse();
		assertThat(this.gate.brama.success("payment-api")).isFalse();
		assertThat(this.gate.brama.close("payment-api", because("a test"))).isTrue();
		assertThat(this.gate.brama.isAvailable("payment-api")).isTrue();
	}

	@Test
	void aRejectedCallIsNotRunAndItsFallbackIs() throws Exception {
		this.circuit.open(because("maintenance"));
		assertThat(this.circuit.<String>call(() -> {
			throw new AssertionError("was run");
		}, ErrorHandler.DEFAULT, (open) -> "instead of " + open.state())).isEqualTo("instead of OPEN");
		assertThatExceptionOfType(CircuitOpenException.class).isThrownBy(() -> this.circuit.get(() -> {
			throw new AssertionError("was run");
		}));
		assertThat(this.circuit.callAsync(() -> {
			throw new AssertionError("was run");
		})).isCompletedExceptionally();
		assertThat(this.circuit.status().calls().rejected()).isEqualTo(3);
	}

	@Test
	void theOutcomeIsRecordedBeforeTheFutureCompletes() {
		CompletableFuture<String> call = new CompletableFuture<>();
		List<Long> seen = new ArrayList<>();
		this.circuit.callAsync(() -> call)
			.whenComplete((result, error) -> seen.add(this.circuit.status().calls().success()));
		call.complete("done");
		assertThat(seen).containsExactly(1L);
	}

	@Test
	@Tag("T27")
	void cancellingAFutureCancelsTheCallAndMayBeRepeated() {
		CompletableFuture<String> call = new CompletableFuture<>();
		CompletableFuture<String> answer = this.circuit.callAsync(() -> call);
		assertThat(answer.cancel(true)).isTrue();
		assertThat(answer.cancel(true)).isTrue();
		assertThat(call).isCancelled();
		assertThat(this.circuit.status().calls()).isEqualTo(new ConnectionStatus.Calls(0, 0, 1, 0, 0, 0));
	}

	@Test
	void aFutureThatHasItsResultCannotBeCancelled() {
		CompletableFuture<String> answer = this.circuit.callAsync(() -> CompletableFuture.completedFuture("done"));
		assertThat(answer.cancel(true)).isFalse();
		assertThat(answer).isCompletedWithValue("done");
	}

	@Test
	@Tag("T11")
	void aCallThatCannotBeCancelledStillBringsItsOutcome() {
		CompletableFuture<String> call = new CompletableFuture<>() {

			@Override
			public CompletableFuture<String> toCompletableFuture() {
				throw new UnsupportedOperationException("not cancellable");
			}

		};
		CompletableFuture<String> answer = this.circuit.callAsync(() -> call);
		assertThat(answer.cancel(true)).isTrue();
		assertThat(answer).isCancelled();
		assertThat(this.circuit.status().calls().total()).isZero();
		call.complete("done");
		assertThat(this.circuit.status().calls()).isEqualTo(new ConnectionStatus.Calls(1, 0, 0, 0, 0, 0));
	}

	@Test
	void aFutureThatIsNullIsAClearFailure() {
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> this.circuit.callAsync(() -> null))
			.withMessage("The call returned null instead of a CompletionStage");
		assertThat(this.circuit.status().calls().failure()).isEqualTo(1);
	}

	@Test
	void aGuardedSupplierCallsEachTime() {
		Supplier<String> guarded = this.circuit.guard(() -> "done");
		assertThat(guarded.get()).isEqualTo("done");
		assertThat(guarded.get()).isEqualTo("done");
		assertThat(this.circuit.status().calls().success()).isEqualTo(2);
	}

	@Test
	@Tag("T5")
	void aGuardedExecutorReportsItsTasksAndGivesBackWhatItCannotRun() {
		Executor guarded = this.circuit.guard(Runnable::run);
		guarded.execute(() -> {
		});
		IllegalStateException down = new IllegalStateException("down");
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> guarded.execute(() -> {
			throw down;
		}));
		assertThatExceptionOfType(RejectedExecutionException.class)
			.isThrownBy(() -> this.circuit.guard((Executor) (task) -> {
				throw new RejectedExecutionException("full");
			}).execute(() -> {
			}));
		assertThat(this.circuit.status().calls()).isEqualTo(new ConnectionStatus.Calls(1, 1, 1, 0, 0, 0));
	}

	@Test
	void theLastFailuresAreKeptWithTimeAndType() {
		this.circuit.failure("reported");
		for (int i = 1; i <= 5; i++) {
			this.gate.advance(Duration.ofSeconds(1));
			String message = "failure " + i;
			assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> this.circuit.run(() -> {
				throw new IllegalStateException(message);
			}));
		}
		List<ConnectionStatus.FailureSeen> failures = this.circuit.status().lastFailures();
		assertThat(failures).extracting(ConnectionStatus.FailureSeen::reason)
			.containsExactly("failure 5", "failure 4", "failure 3", "failure 2", "failure 1");
		assertThat(failures.get(0)).isEqualTo(new ConnectionStatus.FailureSeen(ManualTime.START.plusSeconds(5),
				IllegalStateException.class.getName(), "failure 5", true));
	}

	@Test
	void aFailureIsQuotedOnlyWhereItsReasonRepeatsTheException() {
		for (String reason : List.of("503 Service Unavailable", "pay: reset")) {
			Permit permit = this.circuit.acquire();
			permit.settle(permit.classify(null, new IOException("reset"), (result, error) -> Outcome.failure(reason)));
		}
		assertThat(this.circuit.status().lastFailures()).extracting(ConnectionStatus.FailureSeen::quoted)
			.containsExactly(true, false);
	}

	@Test
	void aFailureThatNobodyThrewHasNoType() {
		this.circuit.failure("reported");
		assertThat(this.circuit.status().lastFailures()).singleElement()
			.extracting(ConnectionStatus.FailureSeen::errorType)
			.isNull();
	}

	@Test
	void theTypeOfAFailureIsThatOfTheExceptionInsideItsWrappers() {
		Permit permit = this.circuit.acquire();
		permit.settle(permit.classify(null, new CompletionException(new IOException("reset")),
				(result, error) -> Outcome.failure("of the handler's making")));
		assertThat(this.gate.only(BramaEvent.Failure.class)).singleElement()
			.extracting(BramaEvent.Failure::errorType, BramaEvent.Failure::reason)
			.containsExactly(IOException.class.getName(), "of the handler's making");
	}

	@Test
	@Tag("T49")
	void theLastTransitionsAreKeptAndTellWhatTheirEventsTell() {
		for (int i = 0; i < 12; i++) {
			this.circuit.open(because("maintenance " + i).by("ops"));
			this.circuit.reset(because("begin anew " + i).by("ops"));
		}
		List<ConnectionStatus.Transition> transitions = this.circuit.status().lastTransitions();
		assertThat(transitions).hasSize(20);
		List<BramaEvent.StateChanged> changes = this.gate.changes();
		for (int i = 0; i < 20; i++) {
			BramaEvent.StateChanged change = changes.get(changes.size() - 1 - i);
			assertThat(transitions.get(i)).isEqualTo(new ConnectionStatus.Transition(change.timestamp(),
					change.previous(), change.next(), change.cause(), change.reason(), null, false, change.actor(),
					change.failureCount(), change.expiry()));
		}
	}

	@Test
	@Tag("T9")
	void aStageThatCannotBeWatchedIsAFailure() {
		CompletableFuture<String> unwatchable = new CompletableFuture<>() {

			@Override
			public CompletableFuture<String> whenComplete(BiConsumer<? super String, ? super Throwable> action) {
				throw new UnsupportedOperationException("no callbacks");
			}

		};
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> this.circuit.callAsync(() -> unwatchable));
		assertThat(this.circuit.status().calls().failure()).isOne();
	}

}
