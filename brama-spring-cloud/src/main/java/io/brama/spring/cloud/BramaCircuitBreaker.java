package io.brama.spring.cloud;

import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Supplier;

import io.brama.ConnectionId;
import io.brama.spring.cloud.FactoryCircuits.Guard;
import org.jspecify.annotations.Nullable;

import org.springframework.cloud.client.circuitbreaker.CircuitBreaker;

/**
 * A circuit breaker of Spring Cloud that is a circuit. The fallback answers for whatever
 * the call threw, and for a rejection, which is a {@link io.brama.CircuitOpenException};
 * the outcome has been recorded by then.
 */
final class BramaCircuitBreaker implements CircuitBreaker {

	private final FactoryCircuits circuits;

	private final ConnectionId id;

	private final TimeLimit timeLimit;

	BramaCircuitBreaker(FactoryCircuits circuits, ConnectionId id, TimeLimit timeLimit) {
		this.circuits = circuits;
		this.id = id;
		this.timeLimit = timeLimit;
	}

	@Override
	public <T> T run(Supplier<T> toRun, Function<@Nullable Throwable, T> fallback) {
		Guard guard = this.circuits.guard(this.id);
		Callable<T> call = guard.isLimited() ? () -> this.timeLimit.call(toRun, guard.timeout()) : toRun::get;
		try {
			return guard.circuit().call(call, guard.errorHandler());
		}
		catch (Throwable ex) {
			return fallback.apply(ex);
		}
	}

	@Override
	public String toString() {
		return "circuit breaker of " + this.id;
	}

}
