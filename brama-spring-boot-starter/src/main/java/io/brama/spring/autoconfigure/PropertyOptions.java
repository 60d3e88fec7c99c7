package io.brama.spring.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

import io.brama.Brama;
import io.brama.CircuitConfig;
import io.brama.CircuitOptions;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.convert.DurationStyle;
import org.springframework.util.StringUtils;

/**
 * Hands what was configured to the builder of the gate. The core checks the values; what
 * it refuses is reported with the key that has to be changed.
 */
final class PropertyOptions {

	private static final String PREFIX = "brama.";

	/** In YAML, an off without quotes is the boolean value. */
	private static final Set<String> OFF = Set.of("off", "false");

	private PropertyOptions() {
	}

	static void apply(BramaProperties properties, Brama.Builder builder) {
		applyCircuit(PREFIX, properties, builder);
		set(PREFIX + "cleanup-interval", properties.getCleanupInterval(), builder::cleanupInterval);
		set(PREFIX + "inactive-threshold", properties.getInactiveThreshold(), builder::inactiveThreshold);
		set(PREFIX + "max-connections", properties.getMaxConnections(), builder::maxConnections);
		builder.delivery(properties.getEvents().getDelivery());
		properties.getScopes()
			.forEach((scope, options) -> set(PREFIX + "scopes", scope,
					(name) -> builder.scope(name, (target) -> applyCircuit(key("scopes", name), options, target))));
		properties.getConnections()
			.forEach((identifier, options) -> set(PREFIX + "connections", identifier, (name) -> builder.connection(name,
					(target) -> applyConnection(key("connections", name), options, target))));
	}

	private static String key(String group, String name) {
		boolean plain = name.chars().allMatch((c) -> Character.isLetterOrDigit(c) || c == '-');
		return PREFIX + group + (plain ? "." + name : "[" + name + "]") + ".";
	}

	private static void applyConnection(String prefix, ConnectionProperties properties, CircuitConfig.Builder target) {
		set(prefix + "scope", properties.getScope(), target::scope);
		set(prefix + "type", properties.getType(), target::type);
		properties.getMetadata().forEach(target::metadata);
		applyCircuit(prefix, properties, target);
	}

	static void applyCircuit(String prefix, CircuitProperties properties, CircuitOptions<?> target) {
		set(prefix + "max-attempts", given(properties.getMaxAttempts()),
				(maxAttempts) -> applyAttempts(maxAttempts, target));
		set(prefix + "expiry", properties.getExpiry(), target::expiry);
		set(prefix + "expiry-strategy", properties.getExpiryStrategy(), (kind) -> {
			switch (kind) {
				case FIXED -> target.fixedExpiry();
				case PROGRESSIVE -> target.progressiveExpiry();
			}
		});
		set(prefix + "initial-expiry", properties.getInitialExpiry(), target::initialExpiry);
		set(prefix + "max-expiry", properties.getMaxExpiry(), target::maxExpiry);
		set(prefix + "backoff-factor", properties.getBackoffFactor(), target::backoffFactor);
		set(prefix + "backoff-reset-after", properties.getBackoffResetAfter(), target::backoffResetAfter);
		set(prefix + "jitter", properties.getJitter(), target::jitter);
		set(prefix + "max-retry-after", properties.getMaxRetryAfter(), target::maxRetryAfter);
		set(prefix + "mode", properties.getMode(), target::mode);
		set(prefix + "ignore-exceptions", properties.getIgnoreExceptions(),
				(types) -> target.ignoreExceptions(array(types)));
		set(prefix + "record-exceptions", properties.getRecordExceptions(),
				(types) -> target.recordExceptions(array(types)));
		set(prefix + "critical", properties.getCritical(), target::critical);
		applyTrials(prefix + "half-open.", properties.getHalfOpen(), target);
		applyRates(prefix, properties, target);
	}

	/**
	 * A text without blanks around it; where nothing is left, it is not set, like a
	 * number.
	 */
	private static @Nullable String given(@Nullable String text) {
		return (text == null || text.isBlank()) ? null : text.strip();
	}

	private static void applyAttempts(String maxAttempts, CircuitOptions<?> target) {
		if (OFF.contains(maxAttempts.toLowerCase(Locale.ROOT))) {
			target.unlimitedAttempts();
		}
		else {
			target.maxAttempts(attempts(maxAttempts));
		}
	}

	private static void applyTrials(String prefix, HalfOpenProperties properties, CircuitOptions<?> target) {
		set(prefix + "trial-calls", properties.getTrialCalls(), target::trialCalls);
		set(prefix + "successes-to-close", properties.getSuccessesToClose(), target::successesToClose);
		set(prefix + "trial-timeout", properties.getTrialTimeout(), target::trialTimeout);
	}

	private static void applyRates(String prefix, CircuitProperties properties, CircuitOptions<?> target) {
		FailureRateProperties failureRate = properties.getFailureRate();
		set(prefix + "failure-rate.threshold", failureRate.getThreshold(),
				(threshold) -> target.failureRate(percent(threshold)));
		set(prefix + "failure-rate.window", failureRate.getWindow(), (window) -> {
			if (window.chars().allMatch(Character::isDigit)) {
				target.window(calls(window));
			}
			else {
				target.window(duration(window));
			}
		});
		set(prefix + "failure-rate.minimum-calls", failureRate.getMinimumCalls(), target::minimumCalls);
		set(prefix + "slow-calls.duration", properties.getSlowCalls().getDuration(), target::slowCallDuration);
		set(prefix + "slow-calls.threshold", properties.getSlowCalls().getThreshold(),
				(threshold) -> target.slowCallRate(percent(threshold)));
	}

	private static double percent(String threshold) {
		try {
			return Double.parseDouble(StringUtils.trimTrailingCharacter(threshold, '%').trim());
		}
		catch (NumberFormatException ex) {
			throw new IllegalArgumentException(
					"must be a percentage from 0.0001% to 100%, such as 50%, was '" + threshold + "'", ex);
		}
	}

	private static int attempts(String maxAttempts) {
		try {
			return Integer.parseInt(maxAttempts);
		}
		catch (NumberFormatException ex) {
			throw new IllegalArgumentException(
					"must be a whole number from 1 to 1000000 or off, was '" + maxAttempts + "'", ex);
		}
	}

	private static int calls(String window) {
		try {
			return Integer.parseInt(window);
		}
		catch (NumberFormatException ex) {
			throw noWindow(window, ex);
		}
	}

	private static Duration duration(String window) {
		try {
			return DurationStyle.detectAndParse(window);
		}
		catch (IllegalArgumentException ex) {
			throw noWindow(window, ex);
		}
	}

	private static IllegalArgumentException noWindow(String window, IllegalArgumentException cause) {
		return new IllegalArgumentException(
				"must be a number of calls from 1 to 1000000 or a time from 10ms to 24h, such as 100 or 30s, was '"
						+ window + "'",
				cause);
	}

	/** Binding looks at no bounds of type variables, so other classes get here, too. */
	@SuppressWarnings("unchecked")
	private static Class<? extends Throwable>[] array(List<Class<? extends Throwable>> types) {
		types.stream().filter((type) -> !Throwable.class.isAssignableFrom(type)).findFirst().ifPresent((type) -> {
			throw new IllegalArgumentException("must be classes of exceptions, was " + type.getName());
		});
		return types.toArray(Class[]::new);
	}

	private static <T> void set(String key, @Nullable T value, Consumer<T> option) {
		if (value == null) {
			return;
		}
		try {
			option.accept(value);
		}
		catch (IllegalArgumentException ex) {
			throw (ex instanceof InvalidBramaPropertyException) ? ex
					: InvalidBramaPropertyException.of(key, ex.getMessage(), ex);
		}
	}

}
