package io.brama;

import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;

import io.brama.ConnectionStatus.Calls;
import io.brama.ConnectionStatus.FailureSeen;
import io.brama.policy.StripedCount;

/**
 * What a {@link Ledger} keeps besides successes nobody timed.
 * <p>
 * Maintainers: what comes in masses where it comes is counted in stripes, the rest is
 * not. Failures are kept under the monitor of the ledger.
 */
final class Incidents {

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

	private final Sum successTime = new Sum();

	private final Sum failureTime = new Sum();

	private final Recent<FailureSeen> failuresSeen = new Recent<>(FAILURES_SEEN);

	private volatile long failures;

	private volatile long late;

	private volatile long slow;

	private volatile int handlerFailures;

	private volatile int strategyFailures;

	/** Under the monitor of the ledger. */
	void failed(FailureSeen failure) {
		this.failures = this.failures + 1;
		this.failuresSeen.add(failure);
	}

	void successTook(long elapsed) {
		this.successTime.add(elapsed);
	}

	void failureTook(long elapsed) {
		this.failureTime.add(elapsed);
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
		return this.failures == 0 && this.ignored.sum() == 0;
	}

	Calls with(long successes) {
		return new Calls(successes, this.failures, this.ignored.sum(), this.rejected.sum(), this.late, this.slow);
	}

	long successTime() {
		return this.successTime.total();
	}

	long failureTime() {
		return this.failureTime.total();
	}

	/** The last failures, the newest first. Under the monitor of the ledger. */
	List<FailureSeen> failuresSeen() {
		return this.failuresSeen.list();
	}

}
