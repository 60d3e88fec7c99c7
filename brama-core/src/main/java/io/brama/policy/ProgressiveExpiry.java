package io.brama.policy;

import java.time.Duration;

/**
 * An expiry that grows by a factor with each opening in a row, up to a maximum.
 */
record ProgressiveExpiry(Duration initial, Duration max, double factor) implements ExpiryStrategy {

	ProgressiveExpiry {
		if (initial.isNegative() || initial.isZero()) {
			throw new IllegalArgumentException("initial-expiry must be longer than 0, was " + initial);
		}
		if (max.compareTo(initial) < 0) {
			throw new IllegalArgumentException(
					"max-expiry must not be below the initial-expiry " + initial + ", was " + max);
		}
		if (!(factor >= 1)) {
			throw new IllegalArgumentException("backoff-factor must be at least 1, was " + factor);
		}
	}

	@Override
	public Duration expiry(Opening opening) {
		double growth = Math.pow(this.factor, opening.number() - 1);
		double nanos = nanos(this.initial) * growth;
		return (nanos < nanos(this.max)) ? Duration.ofNanos((long) nanos) : this.max;
	}

	/** Not {@link Duration#toNanos()}, which overflows after 292 years. */
	private static double nanos(Duration duration) {
		return duration.getSeconds() * 1e9 + duration.getNano();
	}

}
