package io.brama.spring.actuate;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.brama.CircuitState;
import io.brama.ConnectionStatus;
import io.brama.Mode;
import io.brama.TransitionCause;
import io.brama.policy.WindowSize;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * A connection as the endpoint shows it. What is not known is absent, however the
 * application writes its own JSON.
 *
 * @param identifier the identifier
 * @param scope the scope
 * @param type the type
 * @param state the state
 * @param mode the mode
 * @param since since when it is in that state
 * @param timeInState how long that is
 * @param cause why it is in that state
 * @param reason the reason of the failure or command behind it
 * @param actor who gave the command
 * @param failureCount the failures in a row
 * @param failureRate the share of failures in the window
 * @param slowCallRate the share of slow calls in the window
 * @param calls the totals
 * @param lastFailure the last failure
 * @param lastSuccessAt when the last success was noticed
 * @param openedAt when the circuit opened
 * @param remainingOpenTime how long until trials begin
 * @param consecutiveOpenings the openings in a row
 * @param metadata the metadata
 * @param config the effective configuration, each value with its origin
 */
public record ConnectionView(String identifier, @Nullable String scope, String type, CircuitState state, Mode mode,
		Instant since, Duration timeInState, TransitionCause cause, @Nullable String reason, @Nullable String actor,
		int failureCount, @Nullable Double failureRate, @Nullable Double slowCallRate, Calls calls,
		@Nullable LastFailure lastFailure, @Nullable Instant lastSuccessAt, @Nullable Instant openedAt,
		@Nullable Duration remainingOpenTime, int consecutiveOpenings, Map<String, String> metadata,
		Map<String, Setting> config) implements OperationResponseBody {

	private static final int LONGEST_REASON = 200;

	static ConnectionView of(ConnectionStatus status) {
		Instant failedAt = status.lastFailureAt();
		return new ConnectionView(status.id().identifier(), status.id().scope(), status.id().type(), status.state(),
				status.mode(), status.stateSince(), status.timeInState(), status.cause(), cut(status.reason()),
				status.actor(), status.failureCount(), status.failureRate(), status.slowCallRate(),
				Calls.of(status.calls()), (failedAt != null) ? new LastFailure(failedAt) : null, status.lastSuccessAt(),
				status.openedAt(), status.remainingOpenTime(), status.consecutiveOpenings(), status.metadata(),
				settings(status));
	}

	/** Reasons come from outside and may be of any length. */
	private static @Nullable String cut(@Nullable String reason) {
		return (reason != null && reason.length() > LONGEST_REASON) ? reason.substring(0, LONGEST_REASON) + "…"
				: reason;
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
	 * The totals of a connection.
	 *
	 * @param success calls that succeeded
	 * @param failure calls that failed
	 * @param ignored calls that said nothing about the connection
	 * @param rejected calls that were not let in
	 * @param late outcomes that came too late
	 * @param slow slow calls
	 * @param successRate the share of successes among successes and failures
	 */
	public record Calls(long success, long failure, long ignored, long rejected, long late, long slow,
			@Nullable Double successRate) {

		static Calls of(ConnectionStatus.Calls calls) {
			return new Calls(calls.success(), calls.failure(), calls.ignored(), calls.rejected(), calls.late(),
					calls.slow(), calls.successRate());
		}

	}

	/**
	 * The last failure of a connection.
	 *
	 * @param at when
	 */
	public record LastFailure(Instant at) {
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
