package io.brama;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a connection. The set is closed; a listener that handles
 * every type can rely on the compiler.
 * <p>
 * State changes of one circuit arrive in the order in which they happened and form a
 * chain: what one calls {@code previous}, the one before called {@code next}. There is
 * exactly one for each transition. Only a command repeats a state, for instance when it
 * opens an open circuit for another duration.
 */
public sealed interface BramaEvent {

	/**
	 * Return the type, as filters name it.
	 * @return the type
	 */
	Type type();

	/**
	 * Return when it happened, in wall time.
	 * @return the time
	 */
	Instant timestamp();

	/**
	 * Return the connection it happened to.
	 * @return the connection
	 */
	ConnectionId connection();

	/**
	 * Return the number of the event in its {@link Brama}: unique, and growing in the
	 * order in which the state changes of one circuit happened.
	 * @return the number, from 1
	 */
	long sequence();

	/**
	 * Return the scope of the connection.
	 * @return the scope, or {@code null} for none
	 */
	default @Nullable String scope() {
		return connection().scope();
	}

	/** The types of events. */
	enum Type {

		/** See {@link Registered}. */
		REGISTERED,

		/** See {@link Unregistered}. */
		UNREGISTERED,

		/** See {@link Removed}. */
		REMOVED,

		/** See {@link StateChanged}. */
		STATE_CHANGE,

		/** See {@link Success}. */
		SUCCESS,

		/** See {@link Failure}. */
		FAILURE,

		/** See {@link Ignored}. */
		IGNORED,

		/** See {@link Rejected}. */
		REJECTED,

		/** See {@link ExpiryReached}. */
		EXPIRY_REACHED,

		/** See {@link Reconfigured}. */
		RECONFIGURED,

		/** See {@link ErrorHandlerFailed}. */
		ERROR_HANDLER_FAILED;

		/** Whether there may be as many as there are calls. */
		boolean isPerCall() {
			return switch (this) {
				case SUCCESS, FAILURE, IGNORED, REJECTED, ERROR_HANDLER_FAILED -> true;
				default -> false;
			};
		}

	}

	/**
	 * A circuit was registered.
	 *
	 * @param timestamp when
	 * @param connection the connection
	 * @param sequence the number of the event
	 * @param metadata the metadata of the connection
	 */
	record Registered(Instant timestamp, ConnectionId connection, long sequence,
			Map<String, String> metadata) implements BramaEvent {

		@Override
		public Type type() {
			return Type.REGISTERED;
		}

	}

	/**
	 * A circuit was unregistered on purpose.
	 *
	 * @param timestamp when
	 * @param connection the connection
	 * @param sequence the number of the event
	 */
	record Unregistered(Instant timestamp, ConnectionId connection, long sequence) implements BramaEvent {

		@Override
		public Type type() {
			return Type.UNREGISTERED;
		}

	}

	/**
	 * A circuit was removed by cleanup. It comes back when it is used again.
	 *
	 * @param timestamp when
	 * @param connection the connection
	 * @param sequence the number of the event
	 * @param idle how long it had no call
	 */
	record Removed(Instant timestamp, ConnectionId connection, long sequence, Duration idle) implements BramaEvent {

		@Override
		public Type type() {
			return Type.REMOVED;
		}

	}

	/**
	 * A circuit moved.
	 *
	 * @param timestamp when
	 * @param connection the connection
	 * @param sequence the number of the event
	 * @param previous the state before; never UNKNOWN
	 * @param next the state after; never UNKNOWN
	 * @param cause why
	 * @param reason the reason of the failure or command behind it, if any
	 * @param errorType the class name of the exception behind it, if one was thrown
	 * @param quoted whether the reason repeats what that exception, or one that caused
	 * it, says, which may not be for everybody
	 * @param actor who gave the command, if anyone was named
	 * @param failureCount the failures in a row at that time
	 * @param expiry how long the circuit stays open; {@code null} unless {@code next} is
	 * OPEN, and when it stays open until told otherwise
	 * @param until the time at which {@code expiry} is over
	 */
	record StateChanged(Instant timestamp, ConnectionId connection, long sequence, CircuitState previous,
			CircuitState next, TransitionCause cause, @Nullable String reason, @Nullable String errorType,
			boolean quoted, @Nullable String actor, int failureCount, @Nullable Duration expiry,
			@Nullable Instant until) implements BramaEvent {

		@Override
		public Type type() {
			return Type.STATE_CHANGE;
		}

	}

	/**
	 * A call succeeded.
	 *
	 * @param timestamp when
	 * @param connection the connection
	 * @param sequence the number of the event
	 * @param duration how long the call took, if it was measured: an outcome reported
	 * without a permit has no duration
	 */
	record Success(Instant timestamp, ConnectionId connection, long sequence,
			@Nullable Duration duration) implements BramaEvent {

		@Override
		public Type type() {
			return Type.SUCCESS;
		}

	}

	/**
	 * A call failed.
	 *
	 * @param timestamp when
	 * @param connection the connection
	 * @param sequence the number of the event
	 * @param reason why
	 * @param errorType the class name of the exception, if one was thrown
	 * @param duration how long the call took, if it was measured
	 */
	record Failure(Instant timestamp, ConnectionId connection, long sequence, String reason, @Nullable String errorType,
			@Nullable Duration duration) implements BramaEvent {

		@Override
		public Type type() {
			return Type.FAILURE;
		}

	}

	/**
	 * A call said nothing about the connection.
	 *
	 * @param timestamp when
	 * @param connection the connection
	 * @param sequence the number of the event
	 */
	record Ignored(Instant timestamp, ConnectionId connection, long sequence) implements BramaEvent {

		@Override
		public Type type() {
			return Type.IGNORED;
		}

	}

	/**
	 * A call was not let in.
	 *
	 * @param timestamp when
	 * @param connection the connection
	 * @param sequence the number of the event
	 * @param state the state that rejected it
	 */
	record Rejected(Instant timestamp, ConnectionId connection, long sequence,
			CircuitState state) implements BramaEvent {

		@Override
		public Type type() {
			return Type.REJECTED;
		}

	}

	/**
	 * The expiry of an opening is over; the change to HALF_OPEN follows.
	 *
	 * @param timestamp when
	 * @param connection the connection
	 * @param sequence the number of the event
	 * @param expiry how long the circuit was to stay open
	 */
	record ExpiryReached(Instant timestamp, ConnectionId connection, long sequence,
			Duration expiry) implements BramaEvent {

		@Override
		public Type type() {
			return Type.EXPIRY_REACHED;
		}

	}

	/**
	 * The options of a circuit were changed at run time.
	 *
	 * @param timestamp when
	 * @param connection the connection
	 * @param sequence the number of the event
	 * @param changes what changed, in the usual order of options
	 */
	record Reconfigured(Instant timestamp, ConnectionId connection, long sequence,
			List<Change> changes) implements BramaEvent {

		@Override
		public Type type() {
			return Type.RECONFIGURED;
		}

		/**
		 * The change of one option.
		 *
		 * @param option the name of the option, as in configuration files
		 * @param before its value before, as {@link CircuitConfig.Setting#value()} has
		 * it, or {@code null} if it had none
		 * @param after its value now, likewise, or {@code null} if it has none
		 */
		public record Change(String option, @Nullable Object before, @Nullable Object after) {
		}

	}

	/**
	 * An error handler threw or returned {@code null}; the default classification was
	 * used instead.
	 *
	 * @param timestamp when
	 * @param connection the connection
	 * @param sequence the number of the event
	 * @param problem what it threw
	 */
	record ErrorHandlerFailed(Instant timestamp, ConnectionId connection, long sequence,
			Throwable problem) implements BramaEvent {

		@Override
		public Type type() {
			return Type.ERROR_HANDLER_FAILED;
		}

	}

}
