package io.brama;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.concurrent.atomic.LongAdder;

import io.brama.ConnectionStatus.Calls;
import io.brama.ConnectionStatus.Durations;
import io.brama.ConnectionStatus.FailureSeen;
import io.brama.policy.StripedCount;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Ledger} keeps besides the number of successes.
 * <p>
 * Maintainers: written by every thread. What comes in masses where it comes is counted in
 * stripes, the rest is not; failures take a lock anyway, to be kept among the last ones.
 */
final class Incidents {

	static final Durations NO_DURATIONS = new Durations(Duration.ZERO, Duration.ZERO);

	/** So many failures are kept with their time, type and reason. */
	private static final int FAILURES_SEEN = 5;

	private static final AtomicLongFieldUpdater<Incidents> LATE = AtomicLongFieldUpdater.newUpdater(Incidents.class,
			"late");

	private static final AtomicLongFieldUpdater<Incidents> SLOW = AtomicLongFieldUpdater.newUpdater(Incidents.class,
			"slow");

	private static final AtomicIntegerFieldUpdater<Incidents> HANDLER_FAILURES = AtomicIntegerFieldUpdater
		.newUpdater(Incidents.class, "handlerFailures");

	private static final AtomicIntegerFieldUpdater<Incidents> STRATEGY_FAILURES = AtomicIntegerFieldUpdater
		.newUpdater(Incidents.class, "strategyFailures");

	private final StripedCount ignored = new StripedCount();

	private final StripedCount rejected = new StripedCount();

	private final Recent<FailureSeen> failuresSeen = new Recent<>(FAILURES_SEEN);

	private volatile @Nullable Times times;

	private volatile long failures;

	private volatile long late;

	private volatile long slow;

	private volatile int handlerFailures;

	private volatile int strategyFailures;

	/**
	 * The number of all when they were last looked at. Under the monitor of the ledger.
	 */
	private long noticed;

	/** Under the monitor of the ledger. */
	@SuppressWarnings("NonAtomicVolatileUpdate") // nobody else writes it meanwhile
	void failed(FailureSeen failure) {
		this.failures++;
		this.failuresSeen.add(failure);
	}

	void successTook(long elapsed) {
		times().successes.add(elapsed);
	}

	void failureTook(long elapsed) {
		times().failures.add(elapsed);
	}

	private Times times() {
		Times present = this.times;
		return (present != null) ? present : begun();
	}

	private synchronized Times begun() {
		Times present = this.times;
		if (present == null) {
			present = new Times(new LongAdder(), new LongAdder());
			this.times = present;
		}
		return present;
	}

	void slow() {
		SLOW.incrementAndGet(this);
	}

	void ignored() {
		this.ignored.increment();
	}

	void rejected() {
		this.rejected.increment();
	}

	void late() {
		LATE.incrementAndGet(this);
	}

	int handlerFailed() {
		return HANDLER_FAILURES.incrementAndGet(this);
	}

	int handlerFailures() {
		return this.handlerFailures;
	}

	int strategyFailed() {
		return STRATEGY_FAILURES.incrementAndGet(this);
	}

	int strategyFailures() {
		return this.strategyFailures;
	}

	/** Whether no outcome is among them. */
	boolean isBlank() {
		return this.failures == 0 && this.ignored.isZero();
	}

	/** Whether there were more since the last look. Under the monitor of the ledger. */
	boolean hasNews() {
		return with(0).total() != this.noticed;
	}

	/** The same, and from now on these are known. Under the monitor of the ledger. */
	boolean notice() {
		long before = this.noticed;
		this.noticed = with(0).total();
		return this.noticed != before;
	}

	Calls with(long successes) {
		return new Calls(successes, this.failures, this.ignored.sum(), this.rejected.sum(), this.late, this.slow);
	}

	Durations durations() {
		Times present = this.times;
		return (present != null)
				? new Durations(Duration.ofNanos(present.successes.sum()), Duration.ofNanos(present.failures.sum()))
				: NO_DURATIONS;
	}

	/** The last failures, the newest first. Under the monitor of the ledger. */
	List<FailureSeen> failuresSeen() {
		return this.failuresSeen.list();
	}

	/** Nanoseconds of calls that were timed. */
	private record Times(LongAdder successes, LongAdder failures) {
	}

}
