package io.brama;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * The options of a circuit: name and legal range of each, in one place.
 */
@SuppressWarnings("ImmutableEnumChecker") // integers, durations and doubles are immutable
enum Option {

	/** A number, or {@link #OFF}. */
	MAX_ATTEMPTS("max-attempts", 1, 1_000_000),

	EXPIRY("expiry", Range.SHORTEST, Range.LONGEST),

	/** {@link #FIXED}, {@link #PROGRESSIVE}, or a strategy of the user's own. */
	EXPIRY_STRATEGY("expiry-strategy"),

	INITIAL_EXPIRY("initial-expiry", Range.SHORTEST, Range.LONGEST),

	MAX_EXPIRY("max-expiry", Range.SHORTEST, Range.LONGEST),

	BACKOFF_FACTOR("backoff-factor", 1.0, 1000.0),

	BACKOFF_RESET_AFTER("backoff-reset-after", Duration.ZERO, Range.LONGEST),

	JITTER("jitter", 0.0, 1.0),

	MAX_RETRY_AFTER("max-retry-after", Range.SHORTEST, Range.LONGEST),

	TRIAL_CALLS("half-open.trial-calls", 1, 1000),

	SUCCESSES_TO_CLOSE("half-open.successes-to-close", 1, 1000),

	TRIAL_TIMEOUT("half-open.trial-timeout", Range.SHORTEST, Range.LONGEST),

	/** A {@link Mode}. */
	MODE("mode"),

	/** A {@link io.brama.policy.Rate}. */
	FAILURE_RATE("failure-rate.threshold"),

	/** A {@link io.brama.policy.WindowSize}. */
	WINDOW("failure-rate.window"),

	MINIMUM_CALLS("failure-rate.minimum-calls", 1, 1_000_000),

	SLOW_CALL_DURATION("slow-calls.duration", Range.SHORTEST, Range.LONGEST),

	/** A {@link io.brama.policy.Rate}. */
	SLOW_CALL_RATE("slow-calls.threshold"),

	/** A list of classes. */
	IGNORE_EXCEPTIONS("ignore-exceptions"),

	/** A list of classes. */
	RECORD_EXCEPTIONS("record-exceptions"),

	/** A boolean. */
	CRITICAL("critical");

	/** The value of a rule that does not apply. */
	static final String OFF = "off";

	/** The strategies that need no code. */
	static final String FIXED = "fixed";

	static final String PROGRESSIVE = "progressive";

	private final String key;

	private final @Nullable Comparable<?> min;

	private final @Nullable Comparable<?> max;

	Option(String key) {
		this(key, null, null);
	}

	Option(String key, @Nullable Comparable<?> min, @Nullable Comparable<?> max) {
		this.key = key;
		this.min = min;
		this.max = max;
	}

	/** The name of the option, as in a configuration file. */
	String key() {
		return this.key;
	}

	/**
	 * Check a value for one circuit or group.
	 * @throws IllegalArgumentException naming option, owner, range and value
	 */
	void checkFor(String owner, @Nullable Object value) {
		check(value, words() + " of " + owner);
	}

	/**
	 * The name of the option in messages, which need not say where it stands in a file.
	 */
	String words() {
		return this.key.replace("half-open.", "");
	}

	void check(@Nullable Object value, String what) {
		if (value == null) {
			throw new IllegalArgumentException(what + " must " + legal() + ((this.min != null) ? ", was null" : ""));
		}
		if (this.min != null && this.max != null && !(isInOrder(this.min, value) && isInOrder(value, this.max))) {
			throw new IllegalArgumentException(what + " must " + legal() + ", was " + Text.value(value));
		}
	}

	private String legal() {
		return (this.min != null) ? "be between " + Text.value(this.min) + " and " + Text.value(this.max)
				: "not be null";
	}

	@SuppressWarnings("unchecked")
	private static boolean isInOrder(Object low, Object high) {
		return ((Comparable<Object>) low).compareTo(high) <= 0;
	}

	/** The bounds of every duration. */
	private static final class Range {

		static final Duration SHORTEST = Duration.ofMillis(1);

		static final Duration LONGEST = Duration.ofDays(36525);

	}

}
