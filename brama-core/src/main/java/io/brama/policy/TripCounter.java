package io.brama.policy;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

import io.brama.policy.Window.Figures;
import org.jspecify.annotations.Nullable;

/**
 * Counts the calls of a closed circuit and says when one of its trip rules is met.
 * Thread-safe; a success that is only counted takes no lock.
 * <p>
 * Maintainers: a success writes the failures in a row only when there are some to forget,
 * so that a healthy connection shares no written cache line but that of the count. The
 * failures in a row never wrap: they stay at {@link Integer#MAX_VALUE}.
 */
public final class TripCounter {

	/** The time of a call that ended when nobody needed to know it. */
	public static final long NO_TIME = Long.MIN_VALUE;

	private static final AtomicIntegerFieldUpdater<TripCounter> FAILURES_IN_ROW = AtomicIntegerFieldUpdater
		.newUpdater(TripCounter.class, "failuresInRow");

	private final StripedCount successes = new StripedCount();

	private volatile int failuresInRow;

	private volatile TripPolicy policy;

	/** Replaced only when the policy asks for a window of another size. */
	private volatile @Nullable Window window;

	/**
	 * Start to count.
	 * @param policy the rules
	 * @param failures the failures in a row that went before
	 * @param now the monotonic time in nanoseconds
	 */
	public TripCounter(TripPolicy policy, int failures, long now) {
		this.policy = policy;
		this.failuresInRow = failures;
		this.window = policy.startWindow(this.successes, now);
	}

	/**
	 * Tell whether the time of a call must be known to count it now.
	 * @param failed whether the call failed
	 * @return whether it must
	 */
	public boolean needsTime(boolean failed) {
		Window window = this.window;
		return window != null && window.needsTime(failed);
	}

	/**
	 * Tell whether it would save more than it costs to have {@link #turn} called in time.
	 * @return whether to ask {@link #untilTurn}
	 */
	public boolean asksForTurns() {
		Window window = this.window;
		return window != null && window.asksForTurns();
	}

	/**
	 * Return when to call {@link #turn}. Who asks is relied on to do so.
	 * @param now the monotonic time in nanoseconds
	 * @return the nanoseconds until then, or {@link Long#MAX_VALUE} for never
	 */
	public long untilTurn(long now) {
		Window window = this.window;
		return (window != null) ? window.untilTurn(now) : Long.MAX_VALUE;
	}

	/**
	 * Do not rely on turns any more: nobody sees to them.
	 */
	public void withoutTurns() {
		Window window = this.window;
		if (window != null) {
			window.withoutTurns();
		}
	}

	/**
	 * Let the window go with the time.
	 * @param now the monotonic time in nanoseconds
	 */
	public void turn(long now) {
		Window window = this.window;
		if (window != null) {
			window.turn(now);
		}
	}

	/**
	 * Tell whether a success that was not slow is only counted now, because no rate is
	 * judged for it and its time need not be known.
	 * @return whether {@link #success()} will do
	 */
	public boolean countsOnly() {
		Window window = this.window;
		return window == null || window.countsOnly();
	}

	/**
	 * Count a success for which nothing else is to be done.
	 * @return {@code false} if the counting has ended
	 */
	public boolean success() {
		boolean counted = this.successes.increment();
		if (counted) {
			breakRow();
		}
		return counted;
	}

	private void breakRow() {
		if (this.failuresInRow != 0) {
			this.failuresInRow = 0;
		}
	}

	private int lengthenRow() {
		return FAILURES_IN_ROW.updateAndGet(this, (row) -> (row == Integer.MAX_VALUE) ? row : row + 1);
	}

	/**
	 * Take note of a call.
	 * @param failed whether it failed
	 * @param slow whether it was slow
	 * @param now the monotonic time in nanoseconds, or {@link #NO_TIME} if it was not
	 * needed then
	 * @return the rule that is met, {@link Trip#TOO_LATE} for a success if the counting
	 * has ended, or {@code null}
	 */
	public @Nullable Trip record(boolean failed, boolean slow, long now) {
		Window window = this.window;
		if (window == null && !failed) {
			return success() ? null : Trip.TOO_LATE;
		}
		Trip trip = (window != null) ? window.record(failed, slow, now) : null;
		if (!failed) {
			if (trip != Trip.TOO_LATE) {
				breakRow();
			}
			return trip;
		}
		return this.policy.isReachedBy(lengthenRow()) ? Trip.CONSECUTIVE_FAILURES : trip;
	}

	/**
	 * Return the count of the successes, which ends when no more are to be counted.
	 * @return the count
	 */
	public StripedCount successes() {
		return this.successes;
	}

	/**
	 * Go by other rules. The failures in a row stay, and so does the window unless one of
	 * another size is asked for, which starts empty.
	 * @param policy the rules
	 * @param now the monotonic time in nanoseconds
	 */
	public void adopt(TripPolicy policy, long now) {
		Window window = this.window;
		if (window != null && policy.hasSameWindowAs(this.policy)) {
			window.adopt(policy);
		}
		else {
			this.window = policy.startWindow(this.successes, now);
		}
		this.policy = policy;
	}

	/**
	 * Return the failures in a row.
	 * @return the number, from 0
	 */
	public int failuresInRow() {
		return this.failuresInRow;
	}

	/**
	 * Return the calls in the window, which may be too few to be judged. Changes nothing.
	 * @param now the monotonic time in nanoseconds
	 * @return the figures, or {@code null} if no rate is watched
	 */
	public @Nullable Figures figures(long now) {
		Window window = this.window;
		return (window != null) ? window.figures(now) : null;
	}

}
