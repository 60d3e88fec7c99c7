package io.brama.policy;

/**
 * What comes of counting a call, where it is not only counted: the rule that opens the
 * circuit, or that there is no counting any more.
 */
public enum Trip {

	/** Too many failures in a row. */
	CONSECUTIVE_FAILURES,

	/** Too large a share of failures. */
	FAILURE_RATE,

	/** Too large a share of slow calls. */
	SLOW_CALL_RATE,

	/** The counting has ended, and the call was not counted. */
	TOO_LATE

}
