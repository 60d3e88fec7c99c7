package io.brama.spring.annotation;

import java.lang.reflect.Method;

import org.jspecify.annotations.Nullable;

/**
 * The annotation stands on a method that cannot be guarded as it says. Thrown at startup.
 */
public class MisusedCircuitBreakerException extends IllegalStateException {

	private static final long serialVersionUID = 1L;

	private final String action;

	/**
	 * Say what is wrong.
	 * @param method the method
	 * @param problem what is wrong about it
	 * @param action how to mend it
	 * @param cause what said so, if anything
	 */
	MisusedCircuitBreakerException(Method method, @Nullable String problem, String action, @Nullable Throwable cause) {
		super("@CircuitBreaker on method " + GuardedMethods.name(method) + ": " + problem, cause);
		this.action = action;
	}

	/**
	 * Return how to mend it.
	 * @return a sentence
	 */
	public String getAction() {
		return this.action;
	}

}
