package io.brama.spring.actuate;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.brama.CircuitState;
import io.brama.ConnectionStatus;
import io.brama.ConnectionStatus.Trials;
import io.brama.Mode;
import io.brama.TransitionCause;
import io.brama.policy.Rate;
import io.brama.policy.TripPolicy;
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
 * @param openedAt when the circuit opened
 * @param remainingOpenTime how long until trials begin
 * @param consecutiveOpenings the openings in a row
 * @param cause why it is in that state
 * @param reason the reason of the command or failure behind it; if that repeats what an
 * exception says, only where messages are shown
 * @param errorType the class name of the exception behind it
 * @param actor who gave the command
 * @param opening the opening whose end the trials decide, while they go on
 * @param failureCount the failures in a row
 * @param maxAttempts so many of them open the circuit; absent if no number does
 * @param window the calls that rates look back on
 * @param trials how far the trials are
 * @param calls the totals
 * @param lastFailure the last failure
 * @param lastSuccessAt when the last success was noticed
 * @param metadata the metadata
 * @param detail what is shown of one connection and not in a list; in JSON it stands
 * beside the rest
 */
public record ConnectionView(String identifier, @Nullable String scope, String type, CircuitState state, Mode mode,
		Instant since, Duration timeInState, @Nullable Instant openedAt, @Nullable Duration remainingOpenTime,
		int consecutiveOpenings, TransitionCause cause, @Nullable String reason, @Nullable String errorType,
		@Nullable String actor, ConnectionDetail.@Nullable Transition opening, int failureCount,
		@Nullable Integer maxAttempts, @Nullable Window window, @Nullable Trials trials, Calls calls,
		ConnectionDetail.@Nullable Failure lastFailure, @Nullable Instant lastSuccessAt, Map<String, String> metadata,
		@JsonUnwrapped @Nullable ConnectionDetail detail) implements OperationResponseBody {

	static ConnectionView of(ConnectionStatus status, Messages messages, @Nullable ConnectionDetail detail) {
		return new ConnectionView(status.id().identifier(), status.id().scope(), status.id().type(), status.state(),
				status.mode(), status.stateSince(), status.timeInState(), status.openedAt(), status.remainingOpenTime(),
				status.consecutiveOpenings(), status.cause(), messages.reason(status.reason(), status.quoted()),
				status.errorType(), status.actor(), ConnectionDetail.Transition.opening(status, messages),
				status.failureCount(), maxAttempts(status), Window.of(status), status.trials(),
				Calls.of(status.calls()), ConnectionDetail.Failure.last(status, messages), status.lastSuccessAt(),
				status.metadata(), detail);
	}

	private static @Nullable Integer maxAttempts(ConnectionStatus status) {
		int maxAttempts = status.config().maxAttempts();
		return (maxAttempts != TripPolicy.UNLIMITED) ? maxAttempts : null;
	}

	/**
	 * The calls that rates look back on, and the rates that open the circuit.
	 *
	 * @param calls all calls in it
	 * @param minimumCalls so many must be there before a rate counts
	 * @param failures those that failed
	 * @param slow those that were slow
	 * @param failureRate the share of failures, once there are enough calls
	 * @param failureThreshold the share of failures that opens the circuit
	 * @param slowCallRate the share of slow calls, once there are enough calls
	 * @param slowCallThreshold the share of slow calls that opens the circuit
	 */
	public record Window(long calls, int minimumCalls, long failures, long slow, @Nullable Double failureRate,
			@Nullable Double failureThreshold, @Nullable Double slowCallRate, @Nullable Double slowCallThreshold) {

		private static final double WHOLE = 1_000_000;

		static @Nullable Window of(ConnectionStatus status) {
			ConnectionStatus.Window window = status.window();
			TripPolicy rules = status.config().tripPolicy();
			return (window != null) ? new Window(window.calls(), window.minimumCalls(), window.failures(),
					window.slow(), status.failureRate(), share(rules.failureRate()), status.slowCallRate(),
					share(rules.slowCallRate())) : null;
		}

		private static @Nullable Double share(@Nullable Rate rate) {
			return (rate != null) ? rate.millionths() / WHOLE : null;
		}

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

}
