package io.brama.rewrite;

import org.jspecify.annotations.Nullable;

/**
 * What one circuit breaker of Spring Retry says, in the words of Brama.
 *
 * @param identifier the connection
 * @param isLabelled whether the identifier stands in the annotation
 * @param maxAttempts the failures that open the circuit
 * @param resetTimeout how long it stays open, in milliseconds
 * @param fallback the method that recovers
 */
record Guarded(String identifier, boolean isLabelled, int maxAttempts, long resetTimeout, @Nullable String fallback) {

	String expiry() {
		return (this.resetTimeout % 1000 == 0) ? this.resetTimeout / 1000 + "s" : this.resetTimeout + "ms";
	}

	/** The identifier as a part of a key, which needs brackets if it is not plain. */
	String key(String plain, String special) {
		return (this.identifier.matches("[A-Za-z0-9-]+") ? plain : special).formatted(this.identifier);
	}

	boolean hasNumbersOf(Guarded other) {
		return this.maxAttempts == other.maxAttempts && this.resetTimeout == other.resetTimeout;
	}

}
