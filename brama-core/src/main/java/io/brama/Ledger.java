package io.brama;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.concurrent.atomic.LongAdder;

import io.brama.ConnectionStatus.FailureSeen;
import org.jspecify.annotations.Nullable;

/**
 * The totals of a circuit since it was registered or reset. Periods come and go, the
 * ledger stays.
 * <p>
 * Maintainers: written by every thread; only a failure takes a lock, to be kept among the
 * last ones. A success writes one striped counter and no clock is read for it; when the
 * last one happened is noticed at the next failure or by whoever looks ({@link #notice}).
 * What is rare is counted without stripes, and what a circuit may never need, such as the
 * stripes for rejections and for ignored outcomes, which come in masses where they come,
 * is made when it does: that saves each circuit that is at peace some hundred bytes.
 */
final class Ledger {

	/** So many failures are kept with their time, type and reason. */
	private static final int FAILURES_SEEN = 5;

	private static final AtomicIntegerFieldUpdater<Ledger> HANDLER_FAILURES = AtomicIntegerFieldUpdater
		.newUpdater(Ledger.class, "handlerFailures");

	private static final AtomicLongFieldUpdater<Ledger> FAILURES = rare("failures");

	private static final AtomicLongFieldUpdater<Ledger> LATE = rare("late");

	private static final AtomicLongFieldUpdater<Ledger> SLOW = rare("slow");

	private static final AtomicIntegerFieldUpdater<Ledger> STRATEGY_FAILURES = AtomicIntegerFieldUpdater
		.newUpdater(Ledger.class, "strategyFailures");

	private final LongAdder successes = new LongAdder();

	private final Sum ignored = new Sum();

	private final Sum rejected = new Sum();

	private final Sum successTime = new Sum();

	private final Sum failureTime = new Sum();

	private volatile long failures;

	private volatile long late;

	private volatile long slow;

	private volatile int handlerFailures;

	private volatile int strategyFailures;

	private volatile long successesNoticed;

	private @Nullable Recent<FailureSeen> failuresSeen;

	private @Nullable Instant lastSuccess;

	private long callsNoticed;

	private long lastCall;

	private static AtomicLongFieldUpdater<Ledger> rare(String count) {
		return AtomicLongFieldUpdater.newUpdater(Ledger.class, count);
	}

	/**
	 * Begin a ledger.
	 * @param now the monotonic time, from which inactivity is counted
	 */
	Ledger(long now) {
		this.lastCall = now;
	}

	/**
	 * Enter an outcome. The clock is read for a failure only.
	 * @param elapsed how long the call took, or {@link Permit#NOT_MEASURED}
	 */
	void enter(Outcome outcome, boolean slow, long elapsed, TimeSource time) {
		if (outcome == Outcome.Success.INSTANCE) {
			this.successes.increment();
			time(this.successTime, elapsed);
		}
		else if (outcome instanceof Outcome.Failure failure) {
			failure(failure, time.instant(), elapsed);
		}
		else {
			this.ignored.add(1);
			return;
		}
		if (slow) {
			SLOW.incrementAndGet(this);
		}
	}

	/** Enter a success nobody timed. */
	void success() {
		this.successes.increment();
	}

	void failure(Outcome.Failure failure, Instant at, long elapsed) {
		FAILURES.incrementAndGet(this);
		time(this.failureTime, elapsed);
		see(new FailureSeen(at, failure.errorType(), failure.reason(), failure.quoted()));
	}

	private synchronized void see(FailureSeen failure) {
		noticeSuccesses(failure.at());
		Recent<FailureSeen> seen = (this.failuresSeen != null) ? this.failuresSeen : new Recent<>(FAILURES_SEEN);
		seen.add(failure);
		this.failuresSeen = seen;
	}

	private static void time(Sum sum, long elapsed) {
		if (elapsed != Permit.NOT_MEASURED) {
			sum.add(elapsed);
		}
	}

	void rejected() {
		this.rejected.add(1);
	}

	void late() {
		LATE.incrementAndGet(this);
	}

	/** Count a failure of an error handler and return how many there were. */
	int handlerFailed() {
		return HANDLER_FAILURES.incrementAndGet(this);
	}

	int handlerFailures() {
		return this.handlerFailures;
	}

	/** Count a failure of the expiry strategy and return how many there were. */
	int strategyFailed() {
		return STRATEGY_FAILURES.incrementAndGet(this);
	}

	int strategyFailures() {
		return this.strategyFailures;
	}

	/** Whether no outcome has been recorded yet. */
	boolean isBlank() {
		return this.successes.sum() == 0 && this.failures == 0 && this.ignored.total() == 0;
	}

	ConnectionStatus.Calls calls() {
		return new ConnectionStatus.Calls(this.successes.sum(), this.failures, this.ignored.total(),
				this.rejected.total(), this.late, this.slow);
	}

	ConnectionStatus.Durations durations() {
		return new ConnectionStatus.Durations(Duration.ofNanos(this.successTime.total()),
				Duration.ofNanos(this.failureTime.total()));
	}

	/** The last failures, the newest first. */
	synchronized List<FailureSeen> failuresSeen() {
		return (this.failuresSeen != null) ? this.failuresSeen.list() : List.of();
	}

	/**
	 * Look whether there were calls since the last look, and take now as their time.
	 * @param at the wall time now
	 * @param now the monotonic time now
	 */
	synchronized void notice(Instant at, long now) {
		noticeSuccesses(at);
		ConnectionStatus.Calls calls = calls();
		if (calls.total() != this.callsNoticed) {
			this.callsNoticed = calls.total();
			this.lastCall = now;
		}
	}

	/** Take now as the time of a call, after a time in which calls were not counted. */
	synchronized void touch(long now) {
		this.lastCall = now;
	}

	private synchronized void noticeSuccesses(Instant at) {
		long now = this.successes.sum();
		if (now != this.successesNoticed) {
			this.successesNoticed = now;
			this.lastSuccess = at;
		}
	}

	synchronized @Nullable Instant lastSuccess() {
		return this.lastSuccess;
	}

	/**
	 * When the last call was noticed, in monotonic time; never before it happened.
	 * Notices calls; reads no clock if there were none.
	 */
	synchronized long lastCall(TimeSource time) {
		if (calls().total() != this.callsNoticed) {
			notice(time.instant(), time.nanoTime());
		}
		return this.lastCall;
	}

}
