package io.brama;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import io.brama.policy.ErrorPolicy;
import io.brama.policy.ExpiryStrategy;
import io.brama.policy.Rate;
import io.brama.policy.TripPolicy;
import io.brama.policy.WindowSize;
import org.jspecify.annotations.Nullable;

/**
 * The effective configuration of a circuit: every option with the value that won and the
 * place it came from. Immutable.
 */
public final class CircuitConfig {

	private static final Layer BUILT_IN = new Layer("built-in", builtInValues(), Map.of());

	static final Duration LONGEST = Duration.ofDays(36525);

	private final Map<Option, Setting> settings = new EnumMap<>(Option.class);

	private final Map<String, String> metadata;

	private final int maxAttempts;

	private final int trialCalls;

	private final int successesToClose;

	private final ExpiryStrategy expiryStrategy;

	private final TripPolicy tripPolicy;

	private final Mode mode;

	private final long slowCallNanos;

	private final ErrorPolicy errorPolicy;

	private final boolean critical;

	private CircuitConfig(String owner, List<Layer> layers) {
		Map<String, String> metadata = new HashMap<>();
		for (int i = layers.size() - 1; i >= 0; i--) {
			Layer layer = layers.get(i);
			layer.values().forEach((option, value) -> this.settings.put(option, new Setting(value, layer.origin())));
			metadata.putAll(layer.metadata());
		}
		this.metadata = Map.copyOf(metadata);
		derive(Option.INITIAL_EXPIRY, expiry());
		derive(Option.MAX_EXPIRY, times(duration(Option.INITIAL_EXPIRY), 10));
		this.maxAttempts = Option.OFF.equals(valueOf(Option.MAX_ATTEMPTS)) ? TripPolicy.UNLIMITED
				: value(Option.MAX_ATTEMPTS, Integer.class);
		this.trialCalls = value(Option.TRIAL_CALLS, Integer.class);
		this.successesToClose = value(Option.SUCCESSES_TO_CLOSE, Integer.class);
		if (this.successesToClose > this.trialCalls) {
			throw new IllegalArgumentException("successes-to-close of " + owner + " must be between 1 and its "
					+ this.trialCalls + " trial-calls, was " + this.successesToClose);
		}
		this.expiryStrategy = strategy(owner);
		this.tripPolicy = tripPolicy(owner);
		this.mode = value(Option.MODE, Mode.class);
		Duration slow = this.tripPolicy.slowCallDuration();
		this.slowCallNanos = (slow != null) ? slow.toNanos() : Long.MAX_VALUE;
		this.errorPolicy = new ErrorPolicy(types(Option.IGNORE_EXCEPTIONS), types(Option.RECORD_EXCEPTIONS));
		this.critical = value(Option.CRITICAL, Boolean.class);
	}

	private TripPolicy tripPolicy(String owner) {
		if (this.settings.containsKey(Option.SLOW_CALL_DURATION)) {
			derive(Option.SLOW_CALL_RATE, Rate.percent(80));
		}
		else if (this.settings.containsKey(Option.SLOW_CALL_RATE)) {
			derive(Option.SLOW_CALL_DURATION, Duration.ofSeconds(2));
		}
		WindowSize window = value(Option.WINDOW, WindowSize.class);
		derive(Option.MINIMUM_CALLS, (window.duration() != null) ? 20 : Math.min(20, window.calls()));
		int minimumCalls = value(Option.MINIMUM_CALLS, Integer.class);
		if (window.duration() == null && minimumCalls > window.calls()) {
			throw new IllegalArgumentException("failure-rate.minimum-calls of " + owner + " must be between 1 and the "
					+ window.calls() + " calls of its window, was " + minimumCalls);
		}
		TripPolicy policy = new TripPolicy(this.maxAttempts, (Rate) valueOf(Option.FAILURE_RATE),
				(Rate) valueOf(Option.SLOW_CALL_RATE), optional(Option.SLOW_CALL_DURATION), window, minimumCalls);
		if (this.maxAttempts == TripPolicy.UNLIMITED && !policy.hasWindow()) {
			throw new IllegalArgumentException("max-attempts of " + owner + " must be between 1 and 1000000 where"
					+ " neither failure-rate.threshold nor slow-calls is set, because nothing would open a circuit,"
					+ " was off");
		}
		return policy;
	}

	@SuppressWarnings("unchecked")
	private List<Class<? extends Throwable>> types(Option option) {
		return (List<Class<? extends Throwable>>) value(option, List.class);
	}

	/**
	 * Merge what is said in several places.
	 * @param owner the circuit or group in words, for messages
	 * @param layers the places, the strongest first; the built-in values are added
	 * @throws IllegalArgumentException if the merged options contradict each other
	 */
	static CircuitConfig merge(String owner, List<Layer> layers) {
		return new CircuitConfig(owner, Stream.concat(layers.stream(), Stream.of(BUILT_IN)).toList());
	}

	private static Map<Option, Object> builtInValues() {
		Map<Option, Object> values = new EnumMap<>(Option.class);
		values.put(Option.MAX_ATTEMPTS, 10);
		values.put(Option.EXPIRY, Duration.ofSeconds(60));
		values.put(Option.EXPIRY_STRATEGY, Option.FIXED);
		values.put(Option.BACKOFF_FACTOR, 2.0);
		values.put(Option.JITTER, 0.0);
		values.put(Option.MAX_RETRY_AFTER, Duration.ofMinutes(15));
		values.put(Option.TRIAL_CALLS, 1);
		values.put(Option.SUCCESSES_TO_CLOSE, 1);
		values.put(Option.MODE, Mode.ENFORCE);
		values.put(Option.WINDOW, WindowSize.of(100));
		values.put(Option.IGNORE_EXCEPTIONS, List.of());
		values.put(Option.RECORD_EXCEPTIONS, List.of());
		values.put(Option.CRITICAL, false);
		return values;
	}

	private ExpiryStrategy strategy(String owner) {
		Object chosen = value(Option.EXPIRY_STRATEGY, Object.class);
		double jitter = value(Option.JITTER, Double.class);
		if (chosen instanceof ExpiryStrategy custom) {
			return custom.withJitter(jitter, LONGEST);
		}
		if (chosen.equals(Option.FIXED)) {
			return ExpiryStrategy.fixed(expiry()).withJitter(jitter, LONGEST);
		}
		Duration initial = duration(Option.INITIAL_EXPIRY);
		Duration max = duration(Option.MAX_EXPIRY);
		if (max.compareTo(initial) < 0) {
			throw new IllegalArgumentException("max-expiry of " + owner + " must be between its initial-expiry "
					+ Text.value(initial) + " and " + Text.value(LONGEST) + ", was " + Text.value(max));
		}
		return ExpiryStrategy.progressive(initial, max, value(Option.BACKOFF_FACTOR, Double.class))
			.withJitter(jitter, max);
	}

	private void derive(Option option, Object value) {
		this.settings.computeIfAbsent(option, (missing) -> new Setting(value, BUILT_IN.origin()));
	}

	private static Duration times(Duration duration, int factor) {
		Duration product = duration.multipliedBy(factor);
		return (product.compareTo(LONGEST) < 0) ? product : LONGEST;
	}

	/**
	 * Return how many failures in a row open the circuit.
	 * @return the threshold, from 1; {@link TripPolicy#UNLIMITED} if no number does
	 */
	public int maxAttempts() {
		return this.maxAttempts;
	}

	/**
	 * Return how long the circuit stays open with a fixed expiry.
	 * @return the duration
	 */
	public Duration expiry() {
		return duration(Option.EXPIRY);
	}

	/**
	 * Return how many trial calls decide in HALF_OPEN.
	 * @return the number, from 1
	 */
	public int trialCalls() {
		return this.trialCalls;
	}

	/**
	 * Return how many successful trials close the circuit.
	 * @return the number, from 1 to the number of trial calls
	 */
	public int successesToClose() {
		return this.successesToClose;
	}

	/**
	 * Return the metadata of the connection.
	 * @return the metadata, unmodifiable
	 */
	public Map<String, String> metadata() {
		return this.metadata;
	}

	/**
	 * Return every option that has a value, by its name in configuration files.
	 * @return the options in their usual order, unmodifiable
	 */
	public Map<String, Setting> settings() {
		Map<String, Setting> named = new LinkedHashMap<>();
		this.settings.forEach((option, setting) -> named.put(option.key(), setting));
		return Collections.unmodifiableMap(named);
	}

	/**
	 * Return how seriously the circuit is taken.
	 * @return the mode
	 */
	public Mode mode() {
		return this.mode;
	}

	/**
	 * Return when the circuit opens.
	 * @return the rules
	 */
	public TripPolicy tripPolicy() {
		return this.tripPolicy;
	}

	/**
	 * Return whether the application cannot do its work without the connection.
	 * @return whether it cannot
	 */
	public boolean isCritical() {
		return this.critical;
	}

	/** Whether the duration of calls is of interest. */
	boolean watchesSlowCalls() {
		return this.slowCallNanos != Long.MAX_VALUE;
	}

	/** Whether a call that took so many nanoseconds was slow. */
	boolean isSlow(long elapsed) {
		return elapsed >= this.slowCallNanos;
	}

	/** The options that have another value in another configuration. */
	List<BramaEvent.Reconfigured.Change> changesTo(CircuitConfig other) {
		return Arrays.stream(Option.values())
			.filter((option) -> !Objects.equals(valueOf(option), other.valueOf(option)))
			.map((option) -> new BramaEvent.Reconfigured.Change(option.key(), valueOf(option), other.valueOf(option)))
			.toList();
	}

	ErrorPolicy errorPolicy() {
		return this.errorPolicy;
	}

	ExpiryStrategy expiryStrategy() {
		return this.expiryStrategy;
	}

	Duration maxRetryAfter() {
		return duration(Option.MAX_RETRY_AFTER);
	}

	/** How long the circuit must stay closed before openings are counted anew. */
	@Nullable Duration backoffResetAfter() {
		return optional(Option.BACKOFF_RESET_AFTER);
	}

	@Nullable Duration trialTimeout() {
		return optional(Option.TRIAL_TIMEOUT);
	}

	@Nullable Object valueOf(Option option) {
		Setting setting = this.settings.get(option);
		return (setting != null) ? setting.value() : null;
	}

	private @Nullable Duration optional(Option option) {
		return (Duration) valueOf(option);
	}

	private Duration duration(Option option) {
		return value(option, Duration.class);
	}

	private <T> T value(Option option, Class<T> type) {
		return Objects.requireNonNull(type.cast(valueOf(option)), option::key);
	}

	/**
	 * The value of an option and where it came from.
	 *
	 * @param value the value: a number, {@link Duration}, {@link Mode}, {@link Rate},
	 * {@link WindowSize}, list of classes or {@link ExpiryStrategy}, or where a word
	 * stands for it, a text as in configuration files: {@code off} for max-attempts,
	 * {@code fixed} or {@code progressive} for expiry-strategy
	 * @param origin the place that set it, in words
	 */
	public record Setting(Object value, String origin) {
	}

	/**
	 * Sets the options of one connection. Not thread-safe.
	 */
	public static final class Builder extends CircuitOptions<Builder> {

		private final Map<String, String> metadata = new LinkedHashMap<>();

		private @Nullable String scope;

		private @Nullable String type;

		private @Nullable String place;

		Builder(String owner) {
			super(owner);
		}

		/**
		 * Put the connection into a scope.
		 * @param scope the scope, not blank
		 * @return this
		 */
		public Builder scope(String scope) {
			ConnectionId.requireText(scope, "scope of " + owner());
			this.scope = scope;
			return this;
		}

		/**
		 * Say what kind of system is connected.
		 * @param type the type, not blank
		 * @return this
		 */
		public Builder type(String type) {
			ConnectionId.requireText(type, "type of " + owner());
			this.type = type;
			return this;
		}

		/**
		 * Attach a fact for people to read.
		 * @param key the name of the fact, not blank
		 * @param value the fact
		 * @return this
		 */
		public Builder metadata(String key, String value) {
			ConnectionId.requireText(key, "metadata key of " + owner());
			this.metadata.put(key,
					ConnectionId.requireGiven(value, "metadata '" + Text.oneLine(key) + "' of " + owner()));
			return this;
		}

		/**
		 * Say where the connection is registered, for whoever registers it otherwise and
		 * is refused. Without it, that is the code that calls
		 * {@link Brama#register(String, java.util.function.Consumer)}.
		 * @param place a place that people find, such as an annotated method; not blank
		 * @return this
		 */
		public Builder registeredBy(String place) {
			ConnectionId.requireText(place, "place that registers " + owner());
			this.place = Text.oneLine(place);
			return this;
		}

		@Nullable String place() {
			return this.place;
		}

		@Nullable String scope() {
			return this.scope;
		}

		@Nullable String type() {
			return this.type;
		}

		Layer layer(String origin) {
			return new Layer(origin, values(), this.metadata);
		}

	}

}
