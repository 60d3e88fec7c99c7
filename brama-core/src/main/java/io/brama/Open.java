package io.brama;

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
	public boolean isGranted() {
		return false;
	}

	@Override
	Admission admit(long now) {
		return this;
	}

	@Override
	boolean wouldAdmit(long now) {
		return remaining(now) == 0;
	}

	@Override
	Verdict judge(long now) {
		return (remaining(now) == 0) ? Verdict.EXPIRED : Verdict.STAY;
	}

	@Override
	long untilJudged(long now) {
		return remaining(now);
	}

	@Override
	Verdict record(Admission leave, Outcome outcome, boolean slow, long now) {
		return Verdict.LATE;
	}

	@Override
	int failureCount() {
		return this.failureCount;
	}

	@Override
	Terms termsAt(long now) {
		return new Terms(config(), ledger(), openings().ended(openings().lastLength() + age(now)));
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
