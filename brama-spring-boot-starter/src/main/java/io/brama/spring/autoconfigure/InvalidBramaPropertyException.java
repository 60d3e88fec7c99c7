package io.brama.spring.autoconfigure;

import org.jspecify.annotations.Nullable;

/**
 * A value under {@code brama} is out of its range or contradicts another one.
 */
final class InvalidBramaPropertyException extends IllegalArgumentException {

	private static final long serialVersionUID = 1L;

	private final String action;

	private InvalidBramaPropertyException(String message, String action, @Nullable Throwable cause) {
		super(message, cause);
		this.action = action;
	}

	/** The value of one key is wrong. */
	static InvalidBramaPropertyException of(String key, @Nullable String problem, @Nullable Throwable cause) {
		return new InvalidBramaPropertyException("Property " + key + " is not valid: " + problem, "Change " + key + ".",
				cause);
	}

	/** The values of several keys do not go together. */
	static InvalidBramaPropertyException contradiction(IllegalArgumentException cause) {
		return new InvalidBramaPropertyException("Properties under brama contradict each other: " + cause.getMessage(),
				"Change one of the options named above, for all circuits or for the one concerned.", cause);
	}

	/** How to mend it. */
	String action() {
		return this.action;
	}

}
