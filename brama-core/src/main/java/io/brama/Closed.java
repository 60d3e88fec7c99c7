package io.brama;

import java.time.Duration;

import io.brama.Outcome.Failure;
import io.brama.policy.Trip;
import io.brama.policy.TripCounter;
import io.brama.policy.Window.Figures;
import org.jspecify.annotations.Nullable;

/**
 * All is well: every call is let in and counted, until a trip rule is met.
 */
final class Closed extends Period {

	private final TripCounter counter;

	/** Whether calls are counted; not in mode OFF. */
	private final boolean counting;

	Closed(Breaker breaker, Start start, Terms terms) {
		this(breaker, start, terms, 0);
	}

	/** Begin with failures that went before. */
	Closed(Breaker breaker, Start start, Terms terms, int failureCount) {
		super(breaker, start, terms);
		this.counter = new TripCounter(terms.config().tripPolicy(), failureCount, start.nanoTime());
		this.counting = terms.config().mode() != Mode.OFF;
	}

	boolean isCounting() {
		return this.counting;
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
	boolean needsTime() {
		return this.counter.needsTime();
	}

	@Override
	Verdict record(Admission leave, Outcome outcome, boolean slow, long now) {
		if (outcome == Outcome.Ignored.INSTANCE) {
			return Verdict.STAY;
		}
		Failure failure = (outcome instanceof Failure failed) ? failed : null;
		Trip trip = this.counter.record(failure != null, slow, now);
		if (trip != null) {
			return Verdict.of(trip);
		}
		return (failure != null && failure.trips()) ? Verdict.TRIPPED : Verdict.STAY;
	}

	@Override
	Verdict adopt(CircuitConfig config, long now) {
		this.counter.adopt(config.tripPolicy(), now);
		return super.adopt(config, now);
	}

	@Override
	Period renewed(Start start) {
		return new Closed(breaker(), start, termsAt(start.nanoTime()), failureCount());
	}

	/** The calls in the window, if there are as many as it takes to judge them. */
	@Nullable Figures figures(long now) {
		return this.counter.figures(now);
	}

	@Override
	@Nullable String reasonOf(Verdict verdict, long now) {
		Figures figures = figures(now);
		if (figures == null) {
			return null;
		}
		return switch (verdict) {
			case FAILURE_RATE -> figures.failures() + " of " + figures.calls() + " calls failed";
			case SLOW_CALL_RATE -> figures.slow() + " of " + figures.calls() + " calls were slow";
			default -> null;
		};
	}

	@Override
	int failureCount() {
		return this.counter.failuresInRow();
	}

	@Override
	boolean isEvictable() {
		return config().mode() == Mode.ENFORCE;
	}

	@Override
	Terms termsAt(long now) {
		return new Terms(config(), ledger(), openingsAt(now));
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
