package io.brama;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;

import io.brama.ConnectionStatus.Calls;
import io.brama.ConnectionStatus.Durations;
import io.brama.ConnectionStatus.FailureSeen;
import io.brama.policy.StripedCount;
import org.jspecify.annotations.Nullable;

/**
 * The totals of a circuit since it was registered or reset. Periods come and go, the
 * ledger stays.
 * <p>
 * Maintainers: a success of a closed circuit is counted once, by the period it belongs
 * to; the ledger looks at that count, and keeps its sum when the period ends. No clock is
 * read for it: when the last one happened is noticed at the next failure or by whoever
 * looks ({@link #notice}). All else is kept in {@link Incidents}, which are made when
 * there is something to keep; that saves each circuit that is at peace 200 bytes. What
 * was noticed, and when, is guarded by the monitor.
 */
final class Ledger {

	/** The count of a circuit that is not closed. */
	private static final StripedCount NONE = new StripedCount();

	private static final AtomicLongFieldUpdater<Ledger> BANKED = AtomicLongFieldUpdater.newUpdater(Ledger.class,
			"banked");

	/** The successes of the closed period. */
	private volatile StripedCount current = NONE;

	/** All other successes. */
	private volatile long banked;

	private volatile @Nullable Incidents incidents;

	private @Nullable Instant lastSuccess;

	private long successesNoticed;

	private long lastCall;

	/**
	 * Begin a ledger.
	 * @param now the monotonic time, from which inactivity is counted
	 */
	Ledger(long now) {
		this.lastCall = now;
	}

	/** Look from now on at the successes that a closed period counts. */
	synchronized void follow(StripedCount successes) {
		this.current = successes;
	}

	/** End the count that is followed, and keep its sum. */
	synchronized void endCount() {
		if (this.current != NONE) {
			BANKED.addAndGet(this, this.current.end());
			this.current = NONE;
		}
	}

	/**
	 * Enter an outcome, unless it is a success: those have been counted, and only their
	 * time is entered. The clock is read for a failure only.
	 * @param elapsed how long the call took, or {@link Permit#NOT_MEASURED}
	 */
	void enter(Outcome outcome, boolean slow, long elapsed, TimeSource time) {
		if (outcome instanceof Outcome.Failure failure) {
			failure(failure, time.instant(), elapsed);
		}
		else if (outcome == Outcome.Ignored.INSTANCE) {
			incidents().ignored();
			return;
		}
		else if (elapsed != Permit.NOT_MEASURED) {
			incidents().successTook(elapsed);
		}
		if (slow) {
			incidents().slow();
		}
	}

	/** Enter a success that no closed period counts. */
	void success() {
		BANKED.incrementAndGet(this);
	}

	void failure(Outcome.Failure failure, Instant at, long elapsed) {
		if (elapsed != Permit.NOT_MEASURED) {
			incidents().failureTook(elapsed);
		}
		see(new FailureSeen(at, failure.errorType(), failure.reason(), failure.quoted()));
	}

	private synchronized void see(FailureSeen failure) {
		noticeSuccesses(failure.at());
		incidents().failed(failure);
	}

	void rejected() {
		incidents().rejected();
	}

	void late() {
		incidents().late();
	}

	/** Count a failure of an error handler and return how many there were. */
	int handlerFailed() {
		return incidents().handlerFailed();
	}

	int handlerFailures() {
		Incidents present = this.incidents;
		return (present != null) ? present.handlerFailures() : 0;
	}

	/** Count a failure of the expiry strategy and return how many there were. */
	int strategyFailed() {
		return incidents().strategyFailed();
	}

	int strategyFailures() {
		Incidents present = this.incidents;
		return (present != null) ? present.strategyFailures() : 0;
	}

	private Incidents incidents() {
		Incidents present = this.incidents;
		return (present != null) ? present : begun();
	}

	private synchronized Incidents begun() {
		Incidents present = this.incidents;
		if (present == null) {
			present = new Incidents();
			this.incidents = present;
		}
		return present;
	}

	/**
	 * Whether no outcome has been recorded yet. Takes no lock: a count that ends keeps
	 * its sum until that is banked.
	 */
	boolean isBlank() {
		Incidents present = this.incidents;
		return this.current.isZero() && this.banked == 0 && (present == null || present.isBlank());
	}

	private synchronized long successes() {
		return this.banked + this.current.sum();
	}

	Calls calls() {
		Incidents present = this.incidents;
		long successes = successes();
		return (present != null) ? present.with(successes) : new Calls(successes, 0, 0, 0, 0, 0);
	}

	Durations durations() {
		Incidents present = this.incidents;
		return (present != null) ? present.durations() : Incidents.NO_DURATIONS;
	}

	/** The last failures, the newest first. */
	synchronized List<FailureSeen> failuresSeen() {
		return (this.incidents != null) ? this.incidents.failuresSeen() : List.of();
	}

	/**
	 * Look whether there were calls since the last look, and take now as their time.
	 * @param at the wall time now
	 * @param now the monotonic time now
	 */
	synchronized void notice(Instant at, long now) {
		boolean succeeded = noticeSuccesses(at);
		boolean others = this.incidents != null && this.incidents.notice();
		if ((succeeded || others) && now - this.lastCall > 0) {
			this.lastCall = now;
		}
	}

	/** Whether there were calls since the last look. Under the monitor. */
	private boolean hasNews() {
		return successes() != this.successesNoticed || (this.incidents != null && this.incidents.hasNews());
	}

	/** Take now as the time of a call, after a time in which calls were not counted. */
	synchronized void touch(long now) {
		this.lastCall = now;
	}

	/** Return whether there were successes since the last look. Under the monitor. */
	private boolean noticeSuccesses(Instant at) {
		long now = successes();
		boolean more = now != this.successesNoticed;
		if (more) {
			this.successesNoticed = now;
			this.lastSuccess = at;
		}
		return more;
	}

	synchronized @Nullable Instant lastSuccess() {
		return this.lastSuccess;
	}

	/**
	 * When the last call was noticed, in monotonic time; before it happened only by the
	 * time that a look takes. Notices calls; reads no clock if there were none.
	 */
	synchronized long lastCall(TimeSource time) {
		if (hasNews()) {
			notice(time.instant(), time.nanoTime());
		}
		return this.lastCall;
	}

}
