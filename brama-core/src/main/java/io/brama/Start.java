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
 * @param background what is behind it
 * @param first the start of the first period, when several followed each other in the
 * same state
 */
record Start(long nanoTime, Instant at, TransitionCause cause, Background background,
		@Nullable Start first) implements Serializable {

	/** The start of a circuit. */
	static Start atRegistration(long nanoTime, Instant at) {
		return new Start(nanoTime, at, TransitionCause.REGISTERED, Background.NOTHING, null);
	}

	@Nullable String reason() {
		return this.background.reason;
	}

	@Nullable String errorType() {
		return this.background.errorType;
	}

	boolean quoted() {
		return this.background.quoted;
	}

	@Nullable String actor() {
		return this.background.actor;
	}

	/**
	 * The reason as far as it is for everybody, or else the exception whose words it is.
	 */
	@Nullable String why() {
		return Text.why(reason(), errorType(), quoted());
	}

	/** Since when the circuit has been in the state, whatever commands came meanwhile. */
	Start entry() {
		return (this.first != null) ? this.first : this;
	}

	/**
	 * What is behind a transition. Most circuits have had none, and share one, which
	 * saves each of them 8 bytes.
	 *
	 * @param reason the reason of the failure or command
	 * @param errorType the class name of the exception
	 * @param quoted whether the reason repeats what that exception, or one that caused
	 * it, says
	 * @param actor who gave the command
	 */
	record Background(@Nullable String reason, @Nullable String errorType, boolean quoted,
			@Nullable String actor) implements Serializable {

		static final Background NOTHING = new Background(null, null, false, null);

	}

}
