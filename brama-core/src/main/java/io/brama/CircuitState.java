package io.brama;

/**
 * What a circuit reports about its connection.
 */
public enum CircuitState {

	/**
	 * Registered, no outcome yet; calls are let in as when {@link #CLOSED}. It is derived
	 * for display and never part of a state change: a circuit starts, and after a reset
	 * starts again, as CLOSED.
	 */
	UNKNOWN,

	/** All is well: calls are let in and failures are counted. */
	CLOSED,

	/** The connection is given up for a while: calls are rejected without being run. */
	OPEN,

	/** A limited number of trial calls finds out whether the connection is well again. */
	HALF_OPEN

}
