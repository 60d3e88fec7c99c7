package io.brama.benchmark;

import java.util.function.Function;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.reactor.circuitbreaker.operator.CircuitBreakerOperator;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import reactor.core.publisher.Mono;

/**
 * A method that returns a {@link Mono}, from the call to the result.
 */
public class ReactiveBenchmark extends TimedBenchmark {

	/** What guards the result: an {@link Advice}, or the operator of Resilience4j. */
	@Param({ "NONE", "INTERCEPTOR", "BRAMA", "RESILIENCE4J", "RESILIENCE4J_OPERATOR" })
	public String peer = "NONE";

	private Function<String, Mono<String>> partner = Mono::just;

	private String argument = "book";

	/** Start the application. */
	@Setup
	public void start() {
		this.partner = this.peer.equals("RESILIENCE4J_OPERATOR") ? operator()
				: Advice.valueOf(this.peer).partner()::later;
	}

	private static Function<String, Mono<String>> operator() {
		Partner partner = new Partner();
		CircuitBreaker breaker = CircuitBreaker.ofDefaults("partner");
		return (argument) -> partner.later(argument).transformDeferred(CircuitBreakerOperator.of(breaker));
	}

	/**
	 * Call the method and wait for the result.
	 * @return the result
	 */
	@Benchmark
	public @Nullable String mono() {
		return this.partner.apply(this.argument).block();
	}

}
