package io.brama.spring.autoconfigure;

import org.jspecify.annotations.Nullable;

/**
 * A value under {@code brama} is out of its range or contradicts another one.
 */
class InvalidBramaPropertyException extends IllegalArgumentException {

	private static final long serialVersionUID = 1L;

	private final String key;

	InvalidBramaPropertyException(String key, String problem, @Nullable Throwable cause) {
		super(problem, cause);
		this.key = key;
	}

	String key() {
		return this.key;
	}

}
