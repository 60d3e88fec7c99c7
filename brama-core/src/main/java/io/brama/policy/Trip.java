package io.brama.policy;

/**
 * The rule about a window that opens a circuit.
 */
public enum Trip {

	/** Too large a share of failures. */
	FAILURE_RATE,

	/** Too large a share of slow calls. */
	SLOW_CALL_RATE

}
