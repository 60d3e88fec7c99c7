package io.brama;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

import io.brama.policy.ExpiryStrategy;
import io.brama.policy.Rate;
import io.brama.policy.WindowSize;
import org.jspecify.annotations.Nullable;

/**
 * The options of circuits, to be set one by one: what is not named keeps the value it has
 * on the level below. Each value is checked as it is set; an
 * {@link IllegalArgumentException} names the option, whom it was meant for, the legal
 * range and the value. Not thread-safe.
 *
 * @param <B> the type that sets them
 */
public abstract sealed class CircuitOptions<B extends CircuitOptions<B>> permits CircuitConfig.Builder, Brama.Builder {

	private final Map<Option, Object> values = new EnumMap<>(Option.class);

	private final String owner;

	CircuitOptions(String owner) {
		this.owner = owner;
	}

	/**
	 * Set how many failures in a row open the circuit.
	 * @param maxAttempts from 1 to 1 000 000; default 10
	 * @return this
	 * @see #unlimitedAttempts()
	 */
	public B maxAttempts(int maxAttempts) {
		return set(Option.MAX_ATTEMPTS, maxAttempts);
	}

	/**
	 * Let no number of failures in a row open the circuit: only rates do. One of them, of
	 * failures or of slow calls, must be set, or nothing would.
	 * @return this
	 */
	public B unlimitedAttempts() {
		this.values.put(Option.MAX_ATTEMPTS, Option.OFF);
		return self();
	}

	/**
	 * Set how long the circuit stays open with a fixed expiry. Does not change the
	 * strategy.
	 * @param expiry from 1 ms to 100 years; default 60 seconds
	 * @return this
	 */
	public B expiry(Duration expiry) {
		return set(Option.EXPIRY, expiry);
	}

	/**
	 * Let every opening last as long as {@link #expiry(Duration)} says. The default.
	 * @return this
	 */
	public B fixedExpiry() {
		return set(Option.EXPIRY_STRATEGY, Option.FIXED);
	}

	/**
	 * Let consecutive openings last longer and longer, from {@link #initialExpiry} by
	 * {@link #backoffFactor} up to {@link #maxExpiry}.
	 * @return this
	 */
	public B progressiveExpiry() {
		return set(Option.EXPIRY_STRATEGY, Option.PROGRESSIVE);
	}

	/**
	 * Let consecutive openings last longer and longer.
	 * @param initial the expiry of the first opening
	 * @param max the longest expiry
	 * @param factor the factor from one opening to the next
	 * @return this
	 */
	public B progressiveExpiry(Duration initial, Duration max, double factor) {
		return initialExpiry(initial).maxExpiry(max).backoffFactor(factor).progressiveExpiry();
	}

	/**
	 * Let a strategy decide how long each opening lasts.
	 * @param strategy the strategy
	 * @return this
	 */
	public B expiryStrategy(ExpiryStrategy strategy) {
		return set(Option.EXPIRY_STRATEGY, strategy);
	}

	/**
	 * Set how long the first opening lasts with a progressive expiry.
	 * @param initialExpiry from 1 ms to 100 years; default: the expiry
	 * @return this
	 */
	public B initialExpiry(Duration initialExpiry) {
		return set(Option.INITIAL_EXPIRY, initialExpiry);
	}

	/**
	 * Set how long an opening lasts at most with a progressive expiry.
	 * @param maxExpiry from the initial expiry to 100 years; default: ten times the
	 * initial expiry
	 * @return this
	 */
	public B maxExpiry(Duration maxExpiry) {
		return set(Option.MAX_EXPIRY, maxExpiry);
	}

	/**
	 * Set the factor by which a progressive expiry grows.
	 * @param backoffFactor from 1 to 1000; default 2
	 * @return this
	 */
	public B backoffFactor(double backoffFactor) {
		return set(Option.BACKOFF_FACTOR, backoffFactor);
	}

	/**
	 * Set how long the circuit must have stayed closed before the count of consecutive
	 * openings starts again.
	 * @param backoffResetAfter from 0 to 100 years; default: as long as the last opening
	 * lasted
	 * @return this
	 */
	public B backoffResetAfter(Duration backoffResetAfter) {
		return set(Option.BACKOFF_RESET_AFTER, backoffResetAfter);
	}

	/**
	 * Set by which share a strategy's expiry is spread at random, up and down.
	 * @param jitter from 0 to 1; default 0
	 * @return this
	 */
	public B jitter(double jitter) {
		return set(Option.JITTER, jitter);
	}

	/**
	 * Set how long a failure's own wish to be left alone is honoured at most.
	 * @param maxRetryAfter from 1 ms to 100 years; default 15 minutes
	 * @return this
	 */
	public B maxRetryAfter(Duration maxRetryAfter) {
		return set(Option.MAX_RETRY_AFTER, maxRetryAfter);
	}

	/**
	 * Set how many trial calls decide in HALF_OPEN.
	 * @param trialCalls from 1 to 1000; default 1
	 * @return this
	 */
	public B trialCalls(int trialCalls) {
		return set(Option.TRIAL_CALLS, trialCalls);
	}

	/**
	 * Set how many successful trials close the circuit.
	 * @param successesToClose from 1 to the number of trial calls; default 1
	 * @return this
	 */
	public B successesToClose(int successesToClose) {
		return set(Option.SUCCESSES_TO_CLOSE, successesToClose);
	}

	/**
	 * Set after what time a trial without an outcome counts as failed.
	 * @param trialTimeout from 1 ms to 100 years; default: the expiry of the opening
	 * @return this
	 */
	public B trialTimeout(Duration trialTimeout) {
		return set(Option.TRIAL_TIMEOUT, trialTimeout);
	}

	/**
	 * Open the circuit at a share of failures in the window, besides failures in a row.
	 * @param percent from 0.0001 to 100, with at most four decimal places; off by default
	 * @return this
	 */
	public B failureRate(double percent) {
		return set(Option.FAILURE_RATE, percent, Rate::percent);
	}

	/**
	 * Let rates look back over the last calls.
	 * @param calls how many, from 1 to 1 000 000; default 100
	 * @return this
	 */
	public B window(int calls) {
		return set(Option.WINDOW, calls, WindowSize::of);
	}

	/**
	 * Let rates look back over the last time.
	 * @param duration how long, from 10 ms to 24 hours
	 * @return this
	 */
	public B window(Duration duration) {
		return set(Option.WINDOW, duration, WindowSize::of);
	}

	/**
	 * Set how many calls must be in the window before rates count.
	 * @param minimumCalls from 1 to 1 000 000, and not more than a window of calls holds;
	 * default 20, or all of a smaller window
	 * @return this
	 */
	public B minimumCalls(int minimumCalls) {
		return set(Option.MINIMUM_CALLS, minimumCalls);
	}

	/**
	 * Set from what time on a call is slow.
	 * @param duration from 1 ms to 100 years; default 2 seconds once a
	 * {@link #slowCallRate} is set
	 * @return this
	 */
	public B slowCallDuration(Duration duration) {
		return set(Option.SLOW_CALL_DURATION, duration);
	}

	/**
	 * Open the circuit at a share of slow calls in the window.
	 * @param percent from 0.0001 to 100, with at most four decimal places; default 80
	 * once a {@link #slowCallDuration} is set
	 * @return this
	 */
	public B slowCallRate(double percent) {
		return set(Option.SLOW_CALL_RATE, percent, Rate::percent);
	}

	/**
	 * Ignore exceptions of some types, their subclasses, and exceptions they caused,
	 * whatever an error handler or {@link #recordExceptions} would say.
	 * @param types the types
	 * @return this
	 */
	@SafeVarargs
	@SuppressWarnings("varargs")
	public final B ignoreExceptions(Class<? extends Throwable>... types) {
		return set(Option.IGNORE_EXCEPTIONS, List.of(types));
	}

	/**
	 * Let only exceptions of some types, their subclasses, and exceptions they caused be
	 * failures, and ignore others. An error handler of one's own decides by itself.
	 * @param types the types; none at all means every exception
	 * @return this
	 */
	@SafeVarargs
	@SuppressWarnings("varargs")
	public final B recordExceptions(Class<? extends Throwable>... types) {
		return set(Option.RECORD_EXCEPTIONS, List.of(types));
	}

	/**
	 * Set how seriously the circuit is taken.
	 * @param mode the mode; default {@link Mode#ENFORCE}
	 * @return this
	 */
	public B mode(Mode mode) {
		return set(Option.MODE, mode);
	}

	/**
	 * Say whether the application cannot do its work without the connection. Changes
	 * nothing for calls; it is for those who judge the health of the application.
	 * @param critical whether it cannot; default {@code false}
	 * @return this
	 */
	public B critical(boolean critical) {
		return set(Option.CRITICAL, critical);
	}

	final String owner() {
		return this.owner;
	}

	final Map<Option, Object> values() {
		return this.values;
	}

	@SuppressWarnings("unchecked")
	final B self() {
		return (B) this;
	}

	/** Set what is made of a value, which has no range of its own. */
	private <V> B set(Option option, @Nullable V value, Function<V, Object> maker) {
		if (value == null) {
			return set(option, null);
		}
		try {
			return set(option, maker.apply(value));
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException(option.key() + " of " + this.owner + " " + ex.getMessage(), ex);
		}
	}

	private B set(Option option, @Nullable Object value) {
		option.checkFor(this.owner, value);
		this.values.put(option, Objects.requireNonNull(value));
		return self();
	}

}
