package io.brama.spring.metrics;

import io.brama.Circuit;
import io.brama.ConnectionStatus.Calls;

/**
 * What became of a call, as the meters tell it apart.
 */
enum CallOutcome {

	/** The call succeeded. */
	SUCCESS,

	/** The call failed. */
	FAILURE,

	/** The call said nothing about the connection. */
	IGNORED,

	/** The call was not let in. */
	REJECTED,

	/** The outcome came when the circuit had moved on. */
	LATE;

	/** How many calls of a circuit ended so. */
	long calls(Circuit circuit) {
		Calls calls = circuit.status().calls();
		return switch (this) {
			case SUCCESS -> calls.success();
			case FAILURE -> calls.failure();
			case IGNORED -> calls.ignored();
			case REJECTED -> calls.rejected();
			case LATE -> calls.late();
		};
	}

	/** How many nanoseconds they took, as far as that is measured. */
	double nanos(Circuit circuit) {
		return switch (this) {
			case SUCCESS -> circuit.status().durations().success().toNanos();
			case FAILURE -> circuit.status().durations().failure().toNanos();
			case IGNORED, REJECTED, LATE -> 0;
		};
	}

}
