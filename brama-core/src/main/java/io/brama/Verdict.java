package io.brama;

import io.brama.Outcome.Failure;
import io.brama.Start.Background;
import org.jspecify.annotations.Nullable;

/**
 * What a period says about an outcome or about the time: whether the circuit stays or
 * moves, where to and why. A period never moves the circuit itself.
 */
sealed interface Verdict {

	/** Taken note of; the circuit stays. */
	Rest STAY = Rest.STAY;

	/** The period takes no such outcome (any more); it changed nothing. */
	Rest LATE = Rest.LATE;

	/** Taken note of; the circuit stays, and asks for an alarm. */
	Rest WAKE = Rest.WAKE;

	/** The circuit stays. */
	enum Rest implements Verdict {

		STAY, LATE, WAKE

	}

	/**
	 * The circuit moves: because a period said so, or because somebody gave a command.
	 *
	 * @param next where to; UNKNOWN is CLOSED with nothing counted
	 * @param cause why
	 * @param failure the failure that decided, or what a rule says in the words of one
	 * @param command the command, if it was one
	 * @param failureCount the failures in a row that led here
	 */
	record Move(CircuitState next, TransitionCause cause, @Nullable Failure failure, @Nullable Command command,
			int failureCount) implements Verdict {

		/** A move for which no failure and no command is responsible. */
		static Move to(CircuitState next, TransitionCause cause) {
			return new Move(next, cause, null, null, 0);
		}

		/** A move because of failures. */
		static Move toOpen(TransitionCause cause, @Nullable Failure failure, int failureCount) {
			return new Move(CircuitState.OPEN, cause, failure, null, failureCount);
		}

		/** A move by command. */
		static Move by(Command command, CircuitState next) {
			return new Move(next, TransitionCause.OPERATOR, null, command, 0);
		}

		@Nullable String reason() {
			if (this.command != null) {
				return this.command.reason();
			}
			return (this.failure != null) ? this.failure.reason() : null;
		}

		@Nullable String errorType() {
			return (this.failure != null) ? this.failure.errorType() : null;
		}

		Background background() {
			boolean quoted = this.failure != null && this.failure.quoted();
			return new Background(reason(), errorType(), quoted, (this.command != null) ? this.command.actor() : null);
		}

	}

}
