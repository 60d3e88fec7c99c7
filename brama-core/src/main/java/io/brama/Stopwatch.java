package io.brama;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

import org.jspecify.annotations.Nullable;

/**
 * The sum of the durations of calls.
 * <p>
 * Maintainers: written by every thread, without a lock but for the first duration of all.
 * As long as nothing is timed there is no adder, so that most circuits need no memory for
 * one.
 */
final class Stopwatch {

	private volatile @Nullable LongAdder nanos;

	/**
	 * Add the duration of a call.
	 * @param elapsed nanoseconds, or {@link Permit#NOT_MEASURED}
	 */
	void add(long elapsed) {
		if (elapsed != Permit.NOT_MEASURED) {
			LongAdder present = this.nanos;
			((present != null) ? present : begun()).add(elapsed);
		}
	}

	private synchronized LongAdder begun() {
		LongAdder present = this.nanos;
		if (present == null) {
			present = new LongAdder();
			this.nanos = present;
		}
		return present;
	}

	Duration total() {
		LongAdder present = this.nanos;
		return (present != null) ? Duration.ofNanos(present.sum()) : Duration.ZERO;
	}

}
