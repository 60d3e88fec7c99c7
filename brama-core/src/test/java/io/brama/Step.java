package io.brama;

import java.time.Duration;

/**
 * One thing that happens to a circuit in a random sequence.
 */
sealed interface Step {

	/** A call asks for leave; with {@code acquire} instead of {@code tryAcquire}. */
	record Acquire(boolean strictly) implements Step {
	}

	/** One of the permits handed out so far, settled or not, takes an outcome. */
	record Settle(int which, Outcome outcome) implements Step {
	}

	/** An outcome is reported without a permit. */
	record Report(Outcome outcome) implements Step {
	}

	/** Time goes by. */
	record Advance(Duration duration) implements Step {
	}

	/** Time goes by until so long after (or before) the end of the opening. */
	record AdvanceToDeadline(Duration after) implements Step {
	}

	/** An operator opens the circuit: for a time, until told otherwise, or as usual. */
	record Open(Command command) implements Step {
	}

	record Close() implements Step {
	}

	record Reset() implements Step {
	}

	record HalfOpen() implements Step {
	}

	/** An operator sets the mode. */
	record SetMode(Mode mode) implements Step {
	}

	/** Another number of failures in a row is configured. */
	record ConfigureAttempts(int maxAttempts) implements Step {
	}

	/** Another number of trials is configured. */
	record ConfigureTrials(int trialCalls, int successesToClose) implements Step {
	}

	/** Another rate rule is configured. */
	record ConfigureRate(double percent, int windowCalls, Duration windowDuration, int minimumCalls) implements Step {
	}

	/** Another fixed expiry, trial timeout and proof of health are configured. */
	record ConfigureTimes(Duration expiry, Duration trialTimeout, Duration backoffResetAfter) implements Step {
	}

	/** Another mode is configured. */
	record ConfigureMode(Mode mode) implements Step {
	}

}
