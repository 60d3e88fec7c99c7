package io.brama;

import io.brama.Verdict.Move;

/**
 * The connection is given up for a while: nothing is let in until the expiry is over. An
 * opening may span several periods, when a command or another mode begins a new one; its
 * length is that of all of them.
 */
final class Open extends Period {

	private final Expiry expiry;

	private final int failureCount;

	Open(Breaker breaker, Start start, Terms terms, Expiry expiry, int failureCount) {
		super(breaker, start, terms);
		this.expiry = expiry;
		this.failureCount = failureCount;
	}

	@Override
	CircuitState state() {
		return CircuitState.OPEN;
	}

	@Override
	boolean wouldAdmit(long now) {
		return remaining(now) == 0;
	}

	@Override
	Verdict judge(long now) {
		return (remaining(now) == 0) ? Move.to(CircuitState.HALF_OPEN, TransitionCause.EXPIRY_REACHED) : Verdict.STAY;
	}

	@Override
	long untilJudged(long now) {
		return remaining(now);
	}

	@Override
	int failureCount() {
		return this.failureCount;
	}

	@Override
	Openings openingsAt(long now) {
		return openings().ended(timeInState(now));
	}

	@Override
	Period renewed(Start start) {
		Expiry rest = this.expiry.isEndless() ? this.expiry
				: new Expiry(remaining(start.nanoTime()), this.expiry.trialTimeout());
		return new Open(breaker(), start, termsAt(start.nanoTime()), rest, this.failureCount);
	}

	Expiry expiry() {
		return this.expiry;
	}

	/** Nanoseconds until trials begin, or {@link #NEVER}. */
	long remaining(long now) {
		return this.expiry.isEndless() ? NEVER : Math.max(0, this.expiry.nanos() - age(now));
	}

}
