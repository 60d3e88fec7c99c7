package io.brama.policy;

import java.time.Duration;

import io.brama.policy.Window.Figures;
import org.jspecify.annotations.Nullable;

/**
 * When a closed circuit opens: at a number of failures in a row, at a share of failures
 * in a window, or at a share of slow calls in the same window, whichever comes first.
 *
 * @param maxAttempts the failures in a row, from 1, or {@link #UNLIMITED} for no such
 * rule
 * @param failureRate the share of failures, or {@code null} for no such rule
 * @param slowCallRate the share of slow calls, or {@code null} for no such rule
 * @param slowCallDuration the time from which on a call is slow; given with its rate
 * @param window how far back the rates look
 * @param minimumCalls the calls that must be in the window before a rate counts, from 1
 */
public record TripPolicy(int maxAttempts, @Nullable Rate failureRate, @Nullable Rate slowCallRate,
		@Nullable Duration slowCallDuration, WindowSize window, int minimumCalls) {

	/** The failures in a row of a circuit that no number of them opens. */
	public static final int UNLIMITED = Integer.MAX_VALUE;

	/**
	 * Check the values against each other.
	 * @param maxAttempts the failures in a row, from 1, or {@link #UNLIMITED} for no such
	 * rule
	 * @param failureRate the share of failures, or {@code null} for no such rule
	 * @param slowCallRate the share of slow calls, or {@code null} for no such rule
	 * @param slowCallDuration the time from which on a call is slow; given with its rate
	 * @param window how far back the rates look
	 * @param minimumCalls the calls that must be in the window before a rate counts, from
	 * 1
	 * @throws IllegalArgumentException if the window cannot hold the minimum of calls, or
	 * a rate of slow calls is given without their duration or the other way round
	 */
	public TripPolicy {
		if (window.duration() == null && minimumCalls > window.calls()) {
			throw new IllegalArgumentException("minimum-calls must be between 1 and the " + window.calls()
					+ " calls of the window, was " + minimumCalls);
		}
		if ((slowCallRate == null) != (slowCallDuration == null)) {
			throw new IllegalArgumentException("slow-calls must have both a duration and a threshold, was "
					+ slowCallDuration + " and " + slowCallRate);
		}
	}

	/**
	 * Tell whether rates are watched at all.
	 * @return whether there is a rule about a window
	 */
	public boolean hasWindow() {
		return this.failureRate != null || this.slowCallRate != null;
	}

	/**
	 * Tell whether another policy looks as far back, so that what has been counted stays
	 * valid.
	 * @param other the other policy
	 * @return whether it does
	 */
	public boolean hasSameWindowAs(TripPolicy other) {
		return hasWindow() && other.hasWindow() && this.window.equals(other.window);
	}

	/**
	 * Start a window.
	 * @param successes counts the successes, for the window and for whoever else wants to
	 * know their number
	 * @param now the monotonic time in nanoseconds
	 * @return an empty window, or {@code null} if no rate is watched
	 */
	public @Nullable Window startWindow(StripedCount successes, long now) {
		if (!hasWindow()) {
			return null;
		}
		return (this.window.duration() != null) ? new TimeWindow(this, this.window.duration(), successes, now)
				: new CountWindow(this, successes);
	}

	/** What the failures in a row say. */
	boolean isReachedBy(int failuresInRow) {
		return failuresInRow >= this.maxAttempts && this.maxAttempts != UNLIMITED;
	}

	/** What the figures of a window say. */
	@Nullable Trip judge(Figures figures) {
		long calls = figures.calls();
		if (calls < this.minimumCalls) {
			return null;
		}
		if (this.failureRate != null && this.failureRate.isReachedBy(figures.failures(), calls)) {
			return Trip.FAILURE_RATE;
		}
		return (this.slowCallRate != null && this.slowCallRate.isReachedBy(figures.slow(), calls)) ? Trip.SLOW_CALL_RATE
				: null;
	}

}
