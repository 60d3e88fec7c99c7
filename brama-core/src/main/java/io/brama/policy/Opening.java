package io.brama.policy;

import org.jspecify.annotations.Nullable;

/**
 * One move of a circuit to OPEN, as an {@link ExpiryStrategy} sees it.
 *
 * @param number the number of this opening in an unbroken row, from 1; it starts again
 * once the circuit has proved healthy
 * @param cause why the circuit opens: the name of a {@code TransitionCause}
 * @param reason the reason of the failure or of the command that opened the circuit, or
 * {@code null} when there is none
 * @param errorType the class name of the exception behind that failure, or {@code null}
 * when none was thrown
 */
public record Opening(int number, String cause, @Nullable String reason, @Nullable String errorType) {

	/**
	 * Check the number.
	 * @param number the number of the opening in its row, from 1
	 * @param cause why the circuit opens
	 * @param reason the reason, or {@code null} for none
	 * @param errorType the class name of the exception, or {@code null} for none
	 * @throws IllegalArgumentException if the number is below 1
	 */
	public Opening {
		if (number < 1) {
			throw new IllegalArgumentException("number of an opening must be at least 1, was " + number);
		}
	}

}
