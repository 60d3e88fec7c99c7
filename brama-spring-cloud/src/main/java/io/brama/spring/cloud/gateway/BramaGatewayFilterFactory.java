package io.brama.spring.cloud.gateway;

import java.util.concurrent.TimeoutException;

import io.brama.CircuitOpenException;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cloud.client.circuitbreaker.ReactiveCircuitBreakerFactory;
import org.springframework.cloud.gateway.filter.factory.SpringCloudCircuitBreakerFilterFactory;
import org.springframework.cloud.gateway.support.ServiceUnavailableException;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.DispatcherHandler;
import org.springframework.web.server.ResponseStatusException;

/**
 * The filter {@code CircuitBreaker} of the reactive gateway. A request that meets an open
 * circuit is answered with 503 and one that takes too long with 504, unless there is a
 * fallback.
 */
public final class BramaGatewayFilterFactory extends SpringCloudCircuitBreakerFilterFactory {

	/**
	 * Create the factory of the filter.
	 * @param circuitBreakers makes the circuit breakers
	 * @param dispatcherHandler handles requests that are forwarded to a fallback
	 */
	public BramaGatewayFilterFactory(ReactiveCircuitBreakerFactory<?, ?> circuitBreakers,
			ObjectProvider<DispatcherHandler> dispatcherHandler) {
		super(circuitBreakers, dispatcherHandler);
	}

	/**
	 * The rejection is not made the cause: it tells why the circuit opened, and Spring
	 * takes one that tells of a connection reset for a client that went away.
	 */
	@Override
	protected Mono<Void> handleErrorWithoutFallback(Throwable error, boolean resumeWithoutError) {
		if (error instanceof TimeoutException) {
			return Mono.error(new ResponseStatusException(HttpStatus.GATEWAY_TIMEOUT, error.getMessage(), error));
		}
		if (error instanceof CircuitOpenException) {
			return Mono.error(new ServiceUnavailableException());
		}
		return resumeWithoutError ? Mono.empty() : Mono.error(error);
	}

}
