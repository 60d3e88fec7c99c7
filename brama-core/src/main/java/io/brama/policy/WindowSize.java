package io.brama.policy;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * How far back a rate looks: over a number of calls, or over a time.
 *
 * @param calls the number of calls, from 1 to 1 000 000, or 0 for a window of time
 * @param duration the time, from 10 ms to 24 h, or {@code null} for a window of calls
 */
public record WindowSize(int calls, @Nullable Duration duration) {

	private static final int MOST_CALLS = 1_000_000;

	private static final Duration SHORTEST = Duration.ofMillis(10);

	private static final Duration LONGEST = Duration.ofHours(24);

	/**
	 * Check the size.
	 * @param calls the number of calls, or 0 for a window of time
	 * @param duration the time, or {@code null} for a window of calls
	 * @throws IllegalArgumentException if it is out of range, with a message that lacks
	 * its subject
	 */
	public WindowSize {
		if (duration == null && (calls < 1 || calls > MOST_CALLS)) {
			throw new IllegalArgumentException("must be between 1 and " + MOST_CALLS + " calls, was " + calls);
		}
		if (duration != null && (calls != 0 || duration.compareTo(SHORTEST) < 0 || duration.compareTo(LONGEST) > 0)) {
			throw new IllegalArgumentException("must be between 10ms and 24h, was "
					+ ((duration.compareTo(LONGEST) > 0) ? duration : duration.toMillis() + "ms"));
		}
	}

	/**
	 * Return the size of a window over the last calls.
	 * @param calls how many
	 * @return the size
	 */
	public static WindowSize of(int calls) {
		return new WindowSize(calls, null);
	}

	/**
	 * Return the size of a window over the last time.
	 * @param duration how long
	 * @return the size
	 */
	public static WindowSize of(Duration duration) {
		return new WindowSize(0, duration);
	}

	@Override
	public String toString() {
		return (this.duration != null) ? this.duration.toString() : Integer.toString(this.calls);
	}

}
