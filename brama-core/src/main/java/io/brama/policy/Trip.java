package io.brama.policy;

/**
 * The rule that opens a circuit.
 */
public enum Trip {

	/** Too many failures in a row. */
	CONSECUTIVE_FAILURES,

	/** Too large a share of failures. */
	FAILURE_RATE,

	/** Too large a share of slow calls. */
	SLOW_CALL_RATE

}
