package io.brama.spring.cloud.gateway;

import java.util.function.Function;
import java.util.function.Supplier;

import io.brama.CircuitOpenException;
import org.jspecify.annotations.Nullable;

import org.springframework.cloud.client.circuitbreaker.CircuitBreaker;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/**
 * A circuit breaker that answers in the place of the filter functions that come with the
 * gateway on Spring MVC where these know only the exception of Resilience4j: without that
 * on the class path they fail, with it they take an open circuit for an error of the
 * server. The fallbacks of others are left alone.
 */
public final class ServletGatewayCircuitBreaker implements CircuitBreaker {

	private static final String FILTERS = "org.springframework.cloud.gateway.server.mvc.filter.CircuitBreakerFilterFunctions$";

	private final CircuitBreaker delegate;

	/**
	 * Create a circuit breaker around another.
	 * @param delegate the other
	 */
	public ServletGatewayCircuitBreaker(CircuitBreaker delegate) {
		this.delegate = delegate;
	}

	@Override
	public <T> T run(Supplier<T> toRun) {
		return this.delegate.run(toRun);
	}

	@Override
	public <T> T run(Supplier<T> toRun, Function<@Nullable Throwable, T> fallback) {
		boolean gateway = fallback.getClass().getName().startsWith(FILTERS);
		return this.delegate.run(toRun, gateway ? (error) -> answer(fallback, error) : fallback);
	}

	private static <T> T answer(Function<@Nullable Throwable, T> fallback, @Nullable Throwable error) {
		try {
			return fallback.apply(error);
		}
		catch (NoClassDefFoundError ex) {
			throw BramaFilterFunctions.failure(error);
		}
		catch (ResponseStatusException ex) {
			if (!(error instanceof CircuitOpenException) || ex.getStatusCode() != HttpStatus.INTERNAL_SERVER_ERROR) {
				throw ex;
			}
			throw BramaFilterFunctions.failure(error);
		}
	}

}
