package io.brama.policy;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Another strategy's expiry, spread evenly around its value.
 */
record JitteredExpiry(ExpiryStrategy strategy, double jitter, Duration max) implements ExpiryStrategy {

	private static final Duration SHORTEST = Duration.ofMillis(1);

	JitteredExpiry {
		if (!(jitter >= 0 && jitter <= 1)) {
			throw new IllegalArgumentException("jitter must be between 0 and 1, was " + jitter);
		}
	}

	@Override
	public Duration expiry(Opening opening) {
		return spread(this.strategy.expiry(opening), ThreadLocalRandom.current().nextDouble(-1, 1));
	}

	/**
	 * Spread one value.
	 * @param expiry the value
	 * @param position where in the spread the result lies, from -1 (shortest) to 1
	 * (longest)
	 * @return the value, at most the maximum, spread: never above the maximum, never
	 * below one millisecond unless the value itself is
	 */
	Duration spread(Duration expiry, double position) {
		Duration middle = shorter(expiry, this.max);
		Duration spread = middle.plusNanos((long) (middle.toNanos() * this.jitter * position));
		Duration floor = shorter(SHORTEST, middle);
		return (spread.compareTo(floor) < 0) ? floor : shorter(spread, this.max);
	}

	private static Duration shorter(Duration one, Duration other) {
		return (one.compareTo(other) < 0) ? one : other;
	}

}
