package io.brama.benchmark.peer;

/**
 * What opens the circuit of a benchmark. No rule is met while one runs.
 */
public enum Rule {

	/** What the library does when nothing is configured. */
	DEFAULT,

	/** All of the last 100 calls failed. */
	COUNT_WINDOW,

	/** All calls of the last 10 s failed. */
	TIME_WINDOW,

	/** As by default, and calls of 10 s or more are slow. */
	SLOW_CALLS

}
