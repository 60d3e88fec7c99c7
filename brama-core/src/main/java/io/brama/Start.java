package io.brama;

import java.io.Serializable;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * How a period began.
 *
 * @param nanoTime when, in monotonic time
 * @param at when, in wall time
 * @param cause why
 * @param reason the reason of the failure or command behind it
 * @param errorType the class name of the exception behind it
 * @param quoted whether the reason repeats what that exception, or one that caused it,
 * says
 * @param actor who gave the command
 * @param first the start of the first period, when several followed each other in the
 * same state
 */
record Start(long nanoTime, Instant at, TransitionCause cause, @Nullable String reason, @Nullable String errorType,
		boolean quoted, @Nullable String actor, @Nullable Start first) implements Serializable {

	/**
	 * The reason as far as it is for everybody, or else the exception whose words it is.
	 */
	@Nullable String why() {
		return Text.why(this.reason, this.errorType, this.quoted);
	}

	/** Since when the circuit has been in the state, whatever commands came meanwhile. */
	Start entry() {
		return (this.first != null) ? this.first : this;
	}

}
