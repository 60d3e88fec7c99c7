package io.brama.spring.actuate;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.brama.CircuitState;
import io.brama.ConnectionStatus;
import io.brama.TransitionCause;
import io.brama.policy.WindowSize;
import org.jspecify.annotations.Nullable;

/**
 * What the endpoint shows of one connection and not in a list of all.
 *
 * @param lastTransitions up to 20 moves of the circuit, the newest first
 * @param lastFailures up to 5 failures, the newest first
 * @param guardedMethods the annotated methods that always call this connection
 * @param config the effective configuration, each value with its origin
 */
public record ConnectionDetail(List<Transition> lastTransitions, List<Failure> lastFailures,
		@Nullable List<String> guardedMethods, Map<String, Setting> config) {

	static ConnectionDetail of(ConnectionStatus status, Messages messages, List<String> guardedMethods) {
		return new ConnectionDetail(
				status.lastTransitions().stream().map((move) -> Transition.of(move, messages)).toList(),
				status.lastFailures().stream().map((failure) -> Failure.of(failure, messages)).toList(),
				guardedMethods.isEmpty() ? null : guardedMethods, settings(status));
	}

	private static Map<String, Setting> settings(ConnectionStatus status) {
		Map<String, Setting> settings = new LinkedHashMap<>();
		status.config()
			.settings()
			.forEach((option, setting) -> settings.put(option, new Setting(plain(setting.value()), setting.origin())));
		return settings;
	}

	/**
	 * Numbers stay numbers, durations durations; the rest is as it would be configured.
	 */
	private static Object plain(Object value) {
		if (value instanceof WindowSize window) {
			return (window.duration() != null) ? window.duration() : window.calls();
		}
		if (value instanceof List<?> types) {
			return types.stream().map((type) -> (type instanceof Class<?> name) ? name.getName() : type).toList();
		}
		if (value instanceof Enum<?> constant) {
			return constant.name().toLowerCase(Locale.ROOT);
		}
		return (value instanceof Number || value instanceof Boolean || value instanceof Duration) ? value
				: value.toString();
	}

	/**
	 * A move of the circuit.
	 *
	 * @param at when
	 * @param previous the state before
	 * @param next the state after
	 * @param cause why
	 * @param reason the reason of the command or failure behind it; if that repeats what
	 * an exception says, only where messages are shown
	 * @param errorType the class name of the exception behind it
	 * @param actor who gave the command
	 * @param failureCount the failures in a row that led there
	 * @param expiry how long it was to stay open, if it opened and not for good
	 */
	public record Transition(Instant at, CircuitState previous, CircuitState next, TransitionCause cause,
			@Nullable String reason, @Nullable String errorType, @Nullable String actor, int failureCount,
			@Nullable Duration expiry) {

		static Transition of(ConnectionStatus.Transition move, Messages messages) {
			return new Transition(move.at(), move.previous(), move.next(), move.cause(),
					messages.reason(move.reason(), move.quoted()), move.errorType(), move.actor(), move.failureCount(),
					move.expiry());
		}

		/**
		 * Why a half-open circuit has opened, unless a command began the trials of a
		 * closed one.
		 */
		static @Nullable Transition opening(ConnectionStatus status, Messages messages) {
			return (status.state() != CircuitState.HALF_OPEN) ? null
					: status.lastTransitions()
						.stream()
						.filter((move) -> move.next() != CircuitState.HALF_OPEN)
						.findFirst()
						.filter((move) -> move.next() == CircuitState.OPEN)
						.map((move) -> of(move, messages))
						.orElse(null);
		}

	}

	/**
	 * A failure.
	 *
	 * @param at when
	 * @param errorType the class name of the exception, if one was thrown
	 * @param message why; if that repeats what the exception says, only where messages
	 * are shown
	 */
	public record Failure(Instant at, @Nullable String errorType, @Nullable String message) {

		static Failure of(ConnectionStatus.FailureSeen failure, Messages messages) {
			return new Failure(failure.at(), failure.errorType(), messages.reason(failure.reason(), failure.quoted()));
		}

		static @Nullable Failure last(ConnectionStatus status, Messages messages) {
			return status.lastFailures().isEmpty() ? null : of(status.lastFailures().get(0), messages);
		}

	}

	/**
	 * The value of an option.
	 *
	 * @param value the effective value
	 * @param origin where it came from
	 */
	public record Setting(Object value, String origin) {
	}

}
