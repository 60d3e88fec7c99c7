package io.brama;

import java.time.Duration;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * A call was not let in because the circuit of its connection is open, or half-open with
 * all trials under way. The call was not run.
 * <p>
 * It is made for every rejection and therefore light: it has no stack trace, and its
 * message is put together when asked for.
 */
public final class CircuitOpenException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private static final long UNLIMITED = -1;

	private final ConnectionId id;

	private final CircuitState state;

	private final @Nullable String reason;

	private final long remainingNanos;

	CircuitOpenException(Period period, long now) {
		super(null, null, false, false);
		this.id = period.breaker().id();
		this.state = period.state();
		this.reason = period.start().reason();
		this.remainingNanos = (period instanceof Open open && !open.expiry().isEndless()) ? open.remaining(now)
				: UNLIMITED;
	}

	/**
	 * Return the connection the call was meant for.
	 * @return the connection
	 */
	public ConnectionId id() {
		return this.id;
	}

	/**
	 * Return the state that rejected the call.
	 * @return OPEN or HALF_OPEN
	 */
	public CircuitState state() {
		return this.state;
	}

	/**
	 * Return the reason of the failure or command that brought the circuit into that
	 * state.
	 * @return the reason, or {@code null} if there is none
	 */
	public @Nullable String reason() {
		return this.reason;
	}

	/**
	 * Return how long after the rejection trials begin.
	 * @return the time, or empty if it is open until told otherwise or half-open
	 */
	public Optional<Duration> remaining() {
		return (this.remainingNanos != UNLIMITED) ? Optional.of(Duration.ofNanos(this.remainingNanos))
				: Optional.empty();
	}

	@Override
	public String getMessage() {
		StringBuilder message = new StringBuilder("The circuit of ").append(this.id);
		if (this.state == CircuitState.HALF_OPEN) {
			return message.append(" is half-open and all its trial calls are taken").toString();
		}
		message.append(" is open");
		if (this.reason != null) {
			message.append(" (").append(Text.oneLine(this.reason)).append(')');
		}
		return message
			.append(remaining().map((time) -> "; calls are tried again in " + Text.rounded(time))
				.orElse(" until told otherwise"))
			.toString();
	}

}
