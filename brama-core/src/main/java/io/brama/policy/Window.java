package io.brama.policy;

import org.jspecify.annotations.Nullable;

/**
 * Counts the calls that rates look back on, and says when a rate is too high. Rates are
 * judged at every failure and slow call, and at the success that brings the window to the
 * minimum of calls; no other success can raise a rate. Thread-safe.
 */
public abstract sealed class Window permits CountWindow, TimeWindow {

	Window() {
	}

	/** See {@link TripCounter#countsOnly()}. */
	abstract boolean countsOnly();

	/** See {@link TripCounter#needsTime(boolean)}. */
	boolean needsTime(boolean failed) {
		return false;
	}

	/** See {@link TripCounter#asksForTurns()}. */
	boolean asksForTurns() {
		return false;
	}

	/** See {@link TripCounter#untilTurn(long)}. */
	long untilTurn(long now) {
		return Long.MAX_VALUE;
	}

	/** See {@link TripCounter#withoutTurns()}. */
	void withoutTurns() {
	}

	/** See {@link TripCounter#turn(long)}. */
	void turn(long now) {
	}

	/**
	 * Take note of a call, and count it if it is a success.
	 * @param failed whether it failed
	 * @param slow whether it was slow
	 * @param now the monotonic time in nanoseconds, or {@link TripCounter#NO_TIME} if it
	 * was not needed
	 * @return the rule that opens the circuit, {@link Trip#TOO_LATE} for a success that
	 * could not be counted any more, or {@code null}
	 */
	public abstract @Nullable Trip record(boolean failed, boolean slow, long now);

	/**
	 * Go by other rules about the calls in a window of the same size. They apply from the
	 * next call that is judged.
	 * @param policy the rules
	 */
	abstract void adopt(TripPolicy policy);

	/**
	 * Return the calls in the window. Changes nothing.
	 * @param now the monotonic time in nanoseconds
	 * @return the figures
	 */
	public abstract Figures figures(long now);

	/**
	 * The calls in a window.
	 *
	 * @param calls all of them
	 * @param failures those that failed
	 * @param slow those that were slow
	 */
	public record Figures(long calls, long failures, long slow) {
	}

}
