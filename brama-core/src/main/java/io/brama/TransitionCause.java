package io.brama;

/**
 * Why a circuit moved.
 */
public enum TransitionCause {

	/** The circuit was registered: the cause of its first period, never of a change. */
	REGISTERED("registered"),

	/** As many failures in a row as {@code max-attempts} allows. */
	CONSECUTIVE_FAILURES("consecutive failures"),

	/** Too large a share of failures in the window. */
	FAILURE_RATE("failure rate"),

	/** Too large a share of slow calls in the window. */
	SLOW_CALL_RATE("slow-call rate"),

	/** A failure that asked to open the circuit at once. */
	FAILURE_TRIPPED("a failure that trips at once"),

	/** The expiry of the opening is over. */
	EXPIRY_REACHED("expiry reached"),

	/** Enough trials succeeded. */
	TRIALS_SUCCEEDED("trials succeeded"),

	/** So many trials failed that enough successes are out of reach. */
	TRIALS_FAILED("trials failed"),

	/** The same, and the last of them failed by not ending within the trial timeout. */
	TRIAL_TIMED_OUT("trial timed out"),

	/** Somebody gave a command. */
	OPERATOR("operator");

	private final String words;

	TransitionCause(String words) {
		this.words = words;
	}

	String words() {
		return this.words;
	}

}
