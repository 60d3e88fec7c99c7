package io.brama.test;

import java.time.Duration;
import java.util.Locale;
import java.util.Objects;

import io.brama.CircuitState;
import io.brama.ConnectionStatus;
import io.brama.Mode;
import io.brama.TransitionCause;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/**
 * Assertions on the status of a connection:
 * {@code assertThat(circuit).isOpen().hasReason("timeout").reopensWithin(Duration.ofMinutes(1))}.
 */
public final class ConnectionStatusAssert extends AbstractAssert<ConnectionStatusAssert, ConnectionStatus> {

	ConnectionStatusAssert(@Nullable ConnectionStatus actual) {
		super(actual, ConnectionStatusAssert.class);
	}

	/**
	 * Verify that the circuit is open.
	 * @return this
	 */
	public ConnectionStatusAssert isOpen() {
		return hasState(CircuitState.OPEN);
	}

	/**
	 * Verify that the circuit is half-open.
	 * @return this
	 */
	public ConnectionStatusAssert isHalfOpen() {
		return hasState(CircuitState.HALF_OPEN);
	}

	/**
	 * Verify that the circuit is closed. One that had no outcome yet, whose state is
	 * called UNKNOWN, is closed as well.
	 * @return this
	 */
	public ConnectionStatusAssert isClosed() {
		isNotNull();
		if (this.actual.state() != CircuitState.CLOSED && this.actual.state() != CircuitState.UNKNOWN) {
			throw failure("%s should be CLOSED but is %s", this.actual.id(), state());
		}
		return this;
	}

	/**
	 * Verify that the circuit had no outcome yet.
	 * @return this
	 */
	public ConnectionStatusAssert isUnknown() {
		return hasState(CircuitState.UNKNOWN);
	}

	private ConnectionStatusAssert hasState(CircuitState expected) {
		isNotNull();
		if (this.actual.state() != expected) {
			throw failure("%s should be %s but is %s", this.actual.id(), expected, state());
		}
		return this;
	}

	/** The state with what led to it, which is what one wants to know next. */
	private String state() {
		String reason = (this.actual.reason() != null) ? ": " + this.actual.reason() : "";
		String last = (this.actual.lastFailureReason() != null) ? ", the last: " + this.actual.lastFailureReason() : "";
		return "%s (%s%s); failures in a row: %d%s".formatted(this.actual.state(), this.actual.cause(), reason,
				this.actual.failureCount(), last);
	}

	/**
	 * Verify why the circuit is in its state.
	 * @param reason the reason of the failure or command that brought it there
	 * @return this
	 */
	public ConnectionStatusAssert hasReason(String reason) {
		isNotNull();
		if (!reason.equals(this.actual.reason())) {
			throw failure("%s should be %s because of '%s' but is so because of %s", this.actual.id(),
					this.actual.state(), reason, quoted(this.actual.reason()));
		}
		return this;
	}

	/**
	 * Verify what kind of thing brought the circuit into its state.
	 * @param cause the cause
	 * @return this
	 */
	public ConnectionStatusAssert hasCause(TransitionCause cause) {
		isNotNull();
		if (this.actual.cause() != cause) {
			throw failure("%s should be %s because of %s but is %s", this.actual.id(), this.actual.state(), cause,
					state());
		}
		return this;
	}

	/**
	 * Verify that trials begin in time.
	 * @param longest the longest time from now that it may take
	 * @return this
	 */
	public ConnectionStatusAssert reopensWithin(Duration longest) {
		isOpen();
		Duration remaining = this.actual.remainingOpenTime();
		if (remaining == null) {
			throw failure("%s should let trials begin within %s but stays OPEN until told otherwise", this.actual.id(),
					text(longest));
		}
		if (remaining.compareTo(longest) > 0) {
			throw failure("%s should let trials begin within %s but stays OPEN for %s", this.actual.id(), text(longest),
					text(remaining));
		}
		return this;
	}

	/**
	 * Verify how many failures there were in a row.
	 * @param count how many
	 * @return this
	 */
	public ConnectionStatusAssert hasFailuresInRow(int count) {
		isNotNull();
		if (this.actual.failureCount() != count) {
			throw failure("the failures in a row of %s should be %s but are %s", this.actual.id(), count,
					this.actual.failureCount());
		}
		return this;
	}

	/**
	 * Verify how many calls succeeded since the circuit was registered or reset.
	 * @param count how many
	 * @return this
	 */
	public ConnectionStatusAssert hasSuccesses(long count) {
		isNotNull();
		return hasCalls("successful calls", count, this.actual.calls().success());
	}

	/**
	 * Verify how many calls failed since the circuit was registered or reset.
	 * @param count how many
	 * @return this
	 */
	public ConnectionStatusAssert hasFailures(long count) {
		isNotNull();
		return hasCalls("failed calls", count, this.actual.calls().failure());
	}

	/**
	 * Verify how many calls were rejected since the circuit was registered or reset.
	 * @param count how many
	 * @return this
	 */
	public ConnectionStatusAssert hasRejections(long count) {
		isNotNull();
		return hasCalls("rejected calls", count, this.actual.calls().rejected());
	}

	/**
	 * Verify how many calls were ignored since the circuit was registered or reset.
	 * @param count how many
	 * @return this
	 */
	public ConnectionStatusAssert hasIgnored(long count) {
		isNotNull();
		return hasCalls("ignored calls", count, this.actual.calls().ignored());
	}

	private ConnectionStatusAssert hasCalls(String what, long expected, long found) {
		if (found != expected) {
			throw failure("the %s of %s should be %s but are %s; all its calls: %s", what, this.actual.id(), expected,
					found, this.actual.calls());
		}
		return this;
	}

	/**
	 * Verify how seriously the circuit is taken.
	 * @param mode the mode
	 * @return this
	 */
	public ConnectionStatusAssert hasMode(Mode mode) {
		isNotNull();
		if (this.actual.mode() != mode) {
			throw failure("%s should be in mode %s but is in mode %s", this.actual.id(), mode, this.actual.mode());
		}
		return this;
	}

	private static String quoted(@Nullable String text) {
		return (text != null) ? "'" + text + "'" : "nothing in particular";
	}

	/** As people write it: 1m30s, not PT1M30S. */
	private static String text(Duration duration) {
		return Objects.requireNonNull(duration, "duration must not be null")
			.toString()
			.substring(2)
			.toLowerCase(Locale.ROOT);
	}

}
