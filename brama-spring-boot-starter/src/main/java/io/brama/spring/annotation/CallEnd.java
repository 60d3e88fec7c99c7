package io.brama.spring.annotation;

import io.brama.CircuitState;
import io.brama.Outcome;
import io.brama.Permit;
import org.jspecify.annotations.Nullable;

/**
 * How a call of a guarded method ended.
 *
 * @param state the state of the circuit that answered it
 * @param kind what became of it
 * @param error what it threw, or the rejection
 * @param answered whether a fallback answers in its place
 */
public record CallEnd(CircuitState state, Kind kind, @Nullable Throwable error, boolean answered) {

	/** What may become of a call, as its circuit counts it. */
	public enum Kind {

		/** It succeeded. */
		SUCCESS,

		/** It failed. */
		FAILURE,

		/** It said nothing about the connection. */
		IGNORED,

		/** It was not let in. */
		REJECTED,

		/** It ended when the circuit had moved on. */
		LATE,

		/** It goes on, and nobody may ever ask how it ends. */
		UNKNOWN;

		static Kind of(Outcome outcome, Permit.Settlement settlement) {
			if (settlement == Permit.Settlement.LATE) {
				return LATE;
			}
			return (outcome instanceof Outcome.Failure) ? FAILURE
					: (outcome instanceof Outcome.Success) ? SUCCESS : IGNORED;
		}

	}

}
