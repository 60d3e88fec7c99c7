package io.brama.policy;

import java.time.Duration;

/**
 * The same expiry for every opening.
 */
record FixedExpiry(Duration expiry) implements ExpiryStrategy {

	FixedExpiry {
		if (expiry.isNegative() || expiry.isZero()) {
			throw new IllegalArgumentException("expiry must be longer than 0, was " + expiry);
		}
	}

	@Override
	public Duration expiry(Opening opening) {
		return this.expiry;
	}

}
