package io.brama;

import java.time.Duration;

import io.brama.Outcome.Failure;
import io.brama.policy.ConsecutiveFailures;

/**
 * All is well: every call is let in, failures in a row are counted.
 */
final class Closed extends Period {

	private final ConsecutiveFailures failures = new ConsecutiveFailures(0);

	Closed(Breaker breaker, Start start, Terms terms) {
		super(breaker, start, terms);
	}

	@Override
	CircuitState state() {
		return CircuitState.CLOSED;
	}

	@Override
	public boolean isGranted() {
		return true;
	}

	@Override
	Admission admit(long now) {
		return this;
	}

	@Override
	boolean wouldAdmit(long now) {
		return true;
	}

	@Override
	Verdict judge(long now) {
		return Verdict.STAY;
	}

	@Override
	long untilJudged(long now) {
		return NEVER;
	}

	@Override
	Verdict record(Admission leave, Outcome outcome) {
		if (outcome == Outcome.Success.INSTANCE) {
			this.failures.success();
			return Verdict.STAY;
		}
		if (outcome instanceof Failure failure) {
			boolean tooMany = this.failures.failure() >= config().maxAttempts();
			return tooMany ? Verdict.TOO_MANY_FAILURES : (failure.trips() ? Verdict.TRIPPED : Verdict.STAY);
		}
		return Verdict.STAY;
	}

	@Override
	int failureCount() {
		return this.failures.count();
	}

	/**
	 * The row of openings as it stands now: broken when the circuit has proved healthy.
	 */
	Openings openingsAt(long now) {
		Duration configured = config().backoffResetAfter();
		long proof = (configured != null) ? configured.toNanos() : openings().lastLength();
		return (now - start().nanoTime() >= proof) ? Openings.NONE : openings();
	}

}
