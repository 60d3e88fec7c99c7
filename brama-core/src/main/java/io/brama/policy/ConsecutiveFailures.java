package io.brama.policy;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/**
 * Counts failures in a row.
 * <p>
 * Maintainers: any thread may report at any time without a lock. A success writes only
 * when there is a failure to forget, so that a healthy connection shares no written cache
 * line. The count never wraps: it stays at {@link Integer#MAX_VALUE}.
 */
public final class ConsecutiveFailures {

	private static final AtomicIntegerFieldUpdater<ConsecutiveFailures> COUNT = AtomicIntegerFieldUpdater
		.newUpdater(ConsecutiveFailures.class, "count");

	private volatile int count;

	/**
	 * Create a counter.
	 * @param count the number of failures that went before
	 */
	public ConsecutiveFailures(int count) {
		this.count = count;
	}

	/**
	 * Take note of a success: the row is broken.
	 */
	public void success() {
		if (this.count != 0) {
			this.count = 0;
		}
	}

	/**
	 * Take note of a failure.
	 * @return the number of failures in a row, this one included
	 */
	public int failure() {
		return COUNT.updateAndGet(this, (before) -> (before == Integer.MAX_VALUE) ? before : before + 1);
	}

	/**
	 * Return the number of failures in a row.
	 * @return the count, from 0
	 */
	public int count() {
		return this.count;
	}

}
