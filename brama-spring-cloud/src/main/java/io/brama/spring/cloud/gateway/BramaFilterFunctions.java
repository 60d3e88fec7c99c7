package io.brama.spring.cloud.gateway;

import java.lang.reflect.UndeclaredThrowableException;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import io.brama.CircuitOpenException;
import io.brama.policy.ErrorPolicy;
import org.jspecify.annotations.Nullable;

import org.springframework.cloud.client.circuitbreaker.CircuitBreaker;
import org.springframework.cloud.client.circuitbreaker.CircuitBreakerFactory;
import org.springframework.cloud.gateway.server.mvc.common.Configurable;
import org.springframework.cloud.gateway.server.mvc.common.HttpStatusHolder;
import org.springframework.cloud.gateway.server.mvc.common.MvcUtils;
import org.springframework.cloud.gateway.server.mvc.common.Shortcut;
import org.springframework.cloud.gateway.server.mvc.filter.CircuitBreakerFilterFunctions;
import org.springframework.cloud.gateway.server.mvc.filter.CircuitBreakerFilterFunctions.CircuitBreakerConfig;
import org.springframework.cloud.gateway.server.mvc.filter.CircuitBreakerFilterFunctions.CircuitBreakerStatusCodeException;
import org.springframework.cloud.gateway.server.mvc.filter.SimpleFilterSupplier;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.util.StringUtils;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.function.HandlerFilterFunction;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * The filter {@code CircuitBreaker} of the gateway on Spring MVC, with the arguments of
 * {@link CircuitBreakerFilterFunctions}, whose own answers need Resilience4j on the class
 * path. A request that meets an open circuit is answered with 503 and one that takes too
 * long with 504, unless there is a fallback.
 */
public final class BramaFilterFunctions {

	private BramaFilterFunctions() {
	}

	/**
	 * Guard a route.
	 * @param id the id of the circuit breaker
	 * @return the filter
	 */
	@Shortcut
	public static HandlerFilterFunction<ServerResponse, ServerResponse> circuitBreaker(String id) {
		return circuitBreaker((config) -> config.setId(id));
	}

	/**
	 * Guard a route that has a fallback.
	 * @param id the id of the circuit breaker
	 * @param fallbackUri where to forward a request that failed, with the scheme
	 * {@code forward}
	 * @return the filter
	 */
	public static HandlerFilterFunction<ServerResponse, ServerResponse> circuitBreaker(String id, URI fallbackUri) {
		return circuitBreaker((config) -> config.setId(id).setFallbackUri(fallbackUri));
	}

	/**
	 * Guard a route that has a fallback.
	 * @param id the id of the circuit breaker
	 * @param fallbackPath the path to forward a request to that failed
	 * @return the filter
	 */
	public static HandlerFilterFunction<ServerResponse, ServerResponse> circuitBreaker(String id, String fallbackPath) {
		return circuitBreaker((config) -> config.setId(id).setFallbackPath(fallbackPath));
	}

	/**
	 * Guard a route.
	 * @param arguments sets the arguments of the filter
	 * @return the filter
	 */
	public static HandlerFilterFunction<ServerResponse, ServerResponse> circuitBreaker(
			Consumer<CircuitBreakerConfig> arguments) {
		CircuitBreakerConfig config = new CircuitBreakerConfig();
		arguments.accept(config);
		return circuitBreaker(config);
	}

	/**
	 * Guard a route.
	 * @param config the arguments of the filter
	 * @return the filter
	 */
	@Shortcut("id")
	@Configurable
	public static HandlerFilterFunction<ServerResponse, ServerResponse> circuitBreaker(CircuitBreakerConfig config) {
		if (StringUtils.hasText(config.getFallbackPath())) {
			return CircuitBreakerFilterFunctions.circuitBreaker(config); // to forward
																			// needs no
																			// Resilience4j
		}
		Set<HttpStatusCode> failures = config.getStatusCodes()
			.stream()
			.map((status) -> HttpStatusHolder.valueOf(status).resolve())
			.collect(Collectors.toSet());
		return (request, next) -> circuitBreaker(request, config).run(() -> handle(request, next, failures),
				(error) -> answer(error, config.isResumeWithoutError()));
	}

	private static CircuitBreaker circuitBreaker(ServerRequest request, CircuitBreakerConfig config) {
		return MvcUtils.getApplicationContext(request).getBean(CircuitBreakerFactory.class).create(config.getId());
	}

	private static ServerResponse handle(ServerRequest request, HandlerFunction<ServerResponse> next,
			Set<HttpStatusCode> failures) {
		ServerResponse response;
		try {
			response = next.handle(request);
		}
		catch (RuntimeException ex) {
			throw ex;
		}
		catch (Exception ex) {
			throw new UndeclaredThrowableException(ex);
		}
		if (failures.contains(response.statusCode())) {
			throw new CircuitBreakerStatusCodeException(response.statusCode());
		}
		return response;
	}

	private static ServerResponse answer(@Nullable Throwable thrown, boolean resumeWithoutError) {
		Throwable error = (thrown != null) ? ErrorPolicy.unwrap(thrown) : null;
		if (resumeWithoutError && !(error instanceof TimeoutException) && !(error instanceof CircuitOpenException)) {
			return ServerResponse.ok().build();
		}
		throw failure(error);
	}

	/**
	 * What a request without a fallback is answered with. A rejection is not made the
	 * cause: it tells why the circuit opened, and Spring takes one that tells of a
	 * connection reset for a client that went away.
	 */
	static ResponseStatusException failure(@Nullable Throwable error) {
		if (error instanceof TimeoutException) {
			return new ResponseStatusException(HttpStatus.GATEWAY_TIMEOUT, null, error);
		}
		if (error instanceof CircuitOpenException) {
			return new ResponseStatusException(HttpStatus.SERVICE_UNAVAILABLE);
		}
		return new ResponseStatusException(HttpStatus.INTERNAL_SERVER_ERROR, null, error);
	}

	/**
	 * Lets routes in configuration files find the filter.
	 */
	public static final class FilterSupplier extends SimpleFilterSupplier {

		/**
		 * Create the supplier.
		 */
		public FilterSupplier() {
			super(BramaFilterFunctions.class);
		}

	}

}
