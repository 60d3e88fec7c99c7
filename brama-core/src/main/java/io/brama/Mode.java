package io.brama;

/**
 * How seriously a circuit is taken. The mode is separate from the state.
 */
public enum Mode {

	/** Calls are rejected when the circuit says so. */
	ENFORCE,

	/**
	 * The circuit moves and its events say what would have happened, but every call is
	 * let in.
	 */
	OBSERVE,

	/** Every call is let in and nothing is counted. */
	OFF

}
