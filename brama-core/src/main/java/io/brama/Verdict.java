package io.brama;

import io.brama.policy.Trip;
import org.jspecify.annotations.Nullable;

/**
 * What a period says about an outcome or about the time: whether the circuit stays or
 * moves, where to and why. A period never moves the circuit itself.
 */
enum Verdict {

	/** Taken note of; the circuit stays. */
	STAY(null, null),

	/** The period takes no such outcome (any more); it changed nothing. */
	LATE(null, null),

	TOO_MANY_FAILURES(CircuitState.OPEN, TransitionCause.CONSECUTIVE_FAILURES),

	FAILURE_RATE(CircuitState.OPEN, TransitionCause.FAILURE_RATE),

	SLOW_CALL_RATE(CircuitState.OPEN, TransitionCause.SLOW_CALL_RATE),

	TRIPPED(CircuitState.OPEN, TransitionCause.FAILURE_TRIPPED),

	EXPIRED(CircuitState.HALF_OPEN, TransitionCause.EXPIRY_REACHED),

	TRIALS_SUCCEEDED(CircuitState.CLOSED, TransitionCause.TRIALS_SUCCEEDED),

	TRIALS_FAILED(CircuitState.OPEN, TransitionCause.TRIALS_FAILED),

	TRIAL_TIMED_OUT(CircuitState.OPEN, TransitionCause.TRIAL_TIMED_OUT);

	private final @Nullable CircuitState next;

	private final @Nullable TransitionCause cause;

	Verdict(@Nullable CircuitState next, @Nullable TransitionCause cause) {
		this.next = next;
		this.cause = cause;
	}

	/** What a rule that is met means. */
	static Verdict of(Trip trip) {
		return switch (trip) {
			case CONSECUTIVE_FAILURES -> TOO_MANY_FAILURES;
			case FAILURE_RATE -> FAILURE_RATE;
			case SLOW_CALL_RATE -> SLOW_CALL_RATE;
		};
	}

	/** Where the circuit moves, or {@code null} if it does not. */
	@Nullable CircuitState next() {
		return this.next;
	}

	@Nullable TransitionCause cause() {
		return this.cause;
	}

}
