package io.brama;

import java.time.Duration;

import io.brama.Outcome.Failure;
import io.brama.policy.ConsecutiveFailures;
import io.brama.policy.Trip;
import io.brama.policy.Window;
import io.brama.policy.Window.Figures;
import org.jspecify.annotations.Nullable;

/**
 * All is well: every call is let in; failures in a row are counted, and rates in a window
 * where there is a rule about them.
 */
final class Closed extends Period {

	private final ConsecutiveFailures failures;

	/** Replaced only when a reconfiguration asks for another kind of window. */
	private volatile @Nullable Window window;

	/** Whether calls are counted; not in mode OFF. */
	private final boolean counting;

	Closed(Breaker breaker, Start start, Terms terms) {
		this(breaker, start, terms, 0);
	}

	/** Begin with failures that went before. */
	Closed(Breaker breaker, Start start, Terms terms, int failureCount) {
		super(breaker, start, terms);
		this.failures = new ConsecutiveFailures(failureCount);
		this.window = terms.config().tripPolicy().startWindow(start.nanoTime());
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
	Verdict judge(long now) {
		return Verdict.STAY;
	}

	@Override
	long untilJudged(long now) {
		return NEVER;
	}

	@Override
	boolean needsTime() {
		Window window = this.window;
		return window != null && window.needsTime();
	}

	@Override
	Verdict record(Admission leave, Outcome outcome, boolean slow, long now) {
		if (outcome == Outcome.Ignored.INSTANCE) {
			return Verdict.STAY;
		}
		Failure failure = (outcome instanceof Failure failed) ? failed : null;
		Trip trip = recordInWindow(failure != null, slow, now);
		if (failure == null) {
			this.failures.success();
		}
		else if (this.failures.failure() >= config().maxAttempts()) {
			return Verdict.TOO_MANY_FAILURES;
		}
		if (trip != null) {
			return (trip == Trip.FAILURE_RATE) ? Verdict.FAILURE_RATE : Verdict.SLOW_CALL_RATE;
		}
		return (failure != null && failure.trips()) ? Verdict.TRIPPED : Verdict.STAY;
	}

	/** A window of time that came after the time was asked for does without this call. */
	private @Nullable Trip recordInWindow(boolean failed, boolean slow, long now) {
		Window window = this.window;
		boolean tooNew = window != null && window.needsTime() && now == NO_TIME;
		return (window != null && !tooNew) ? window.record(failed, slow, now) : null;
	}

	@Override
	Verdict adopt(CircuitConfig config, long now) {
		if (!config.tripPolicy().hasSameWindowAs(config().tripPolicy())) {
			this.window = config.tripPolicy().startWindow(now);
		}
		return super.adopt(config, now);
	}

	@Override
	Period renewed(Start start) {
		return new Closed(breaker(), start, termsAt(start.nanoTime()), failureCount());
	}

	/** The calls in the window, if there are as many as it takes to judge them. */
	@Nullable Figures figures(long now) {
		Window window = this.window;
		Figures figures = (window != null) ? window.figures(now) : null;
		return (figures != null && figures.calls() >= config().tripPolicy().minimumCalls()) ? figures : null;
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
		return this.failures.count();
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
