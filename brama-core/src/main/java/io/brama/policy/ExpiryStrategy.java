package io.brama.policy;

import java.time.Duration;

/**
 * Decides how long a circuit stays OPEN before trials begin.
 * <p>
 * A strategy is called outside every lock and may be called for an opening that then
 * loses a race, so it must be thread-safe and free of side effects. One that throws,
 * returns {@code null} or a duration that is not positive is replaced, for that opening,
 * by the fixed {@code expiry} of the circuit.
 */
@FunctionalInterface
public interface ExpiryStrategy {

	/**
	 * Return the expiry of an opening.
	 * @param opening the opening, its number counted from 1
	 * @return how long the circuit stays OPEN; longer than zero
	 */
	Duration expiry(Opening opening);

	/**
	 * Return a strategy that always answers with the same duration.
	 * @param expiry the duration
	 * @return the strategy
	 */
	static ExpiryStrategy fixed(Duration expiry) {
		return new FixedExpiry(expiry);
	}

	/**
	 * Return a strategy of exponential backoff:
	 * {@code min(max, initial * factor^(number - 1))}, saturating for any number.
	 * @param initial the expiry of the first opening
	 * @param max the longest expiry, not below {@code initial}
	 * @param factor the factor from one opening to the next, at least 1
	 * @return the strategy
	 * @throws IllegalArgumentException if a value is out of range
	 */
	static ExpiryStrategy progressive(Duration initial, Duration max, double factor) {
		return new ProgressiveExpiry(initial, max, factor);
	}

	/**
	 * Return a strategy that spreads what this one answers evenly by up to
	 * {@code ± jitter}, so that many instances do not try again in the same moment. Each
	 * value is spread once; nothing is compounded.
	 * @param jitter the spread as a share of the duration, from 0 to 1
	 * @param max the duration that is never exceeded
	 * @return the strategy
	 */
	default ExpiryStrategy withJitter(double jitter, Duration max) {
		return (jitter == 0) ? this : new JitteredExpiry(this, jitter, max);
	}

}
