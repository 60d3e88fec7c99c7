package io.brama.benchmark;

import io.brama.spring.annotation.CircuitBreaker;
import reactor.core.publisher.Mono;

/**
 * Calls nobody, with the annotations of all libraries: only the one that the application
 * has set up means something.
 */
public class Partner {

	/**
	 * Answer.
	 * @param argument the answer
	 * @return the argument
	 */
	@CircuitBreaker(identifier = "partner")
	@io.github.resilience4j.circuitbreaker.annotation.CircuitBreaker(name = "partner")
	public String call(String argument) {
		return argument;
	}

	/**
	 * Answer when asked to.
	 * @param argument the answer
	 * @return the argument
	 */
	@CircuitBreaker(identifier = "partner")
	@io.github.resilience4j.circuitbreaker.annotation.CircuitBreaker(name = "partner")
	public Mono<String> later(String argument) {
		return Mono.fromSupplier(() -> argument);
	}

}
