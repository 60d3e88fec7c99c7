package io.brama.spring.web;

import java.net.URI;
import java.util.Map;

import io.brama.Brama;
import io.brama.Circuit;
import io.brama.ErrorHandler;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpRequest;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.ExchangeFunction;

/**
 * Guards the requests of a {@code WebClient} by circuits. Each subscription is a call of
 * its own; cancelling it before there is an answer gives its permit back.
 * <p>
 * The outcome is decided by the status and headers of the answer, or by the error when
 * there is none, and is recorded before the subscriber gets either. Reading the body is
 * not part of the call. While a circuit lets no call in, the request is not sent and the
 * subscriber gets an {@link io.brama.CircuitOpenException}. Thread-safe.
 */
public final class CircuitExchangeFilter implements ExchangeFilterFunction {

	private final HttpGate gate;

	private CircuitExchangeFilter(HttpGate gate) {
		this.gate = gate;
	}

	/**
	 * Guard each host by a circuit of its own; see {@link HttpConnections#perHost}.
	 * @param brama holds the circuits
	 * @return the filter
	 */
	public static CircuitExchangeFilter perHost(Brama brama) {
		return of(brama, HttpConnections.perHost(brama));
	}

	/**
	 * Guard all requests by one circuit.
	 * @param circuit the circuit
	 * @return the filter
	 */
	public static CircuitExchangeFilter of(Circuit circuit) {
		return new CircuitExchangeFilter(HttpGate.of(circuit));
	}

	/**
	 * Guard each request by the circuit of the connection it calls.
	 * @param brama holds the circuits
	 * @param connections says which connection that is
	 * @return the filter
	 */
	public static CircuitExchangeFilter of(Brama brama, HttpConnections connections) {
		return new CircuitExchangeFilter(HttpGate.of(brama, connections));
	}

	/**
	 * Return a filter with another handler in the place of {@link HttpErrors}.
	 * @param handler says what an answer, handed over as a {@code ResponseEntity} without
	 * a body, or an error means
	 * @return the filter
	 */
	public CircuitExchangeFilter withErrorHandler(ErrorHandler handler) {
		return new CircuitExchangeFilter(this.gate.withErrorHandler(handler));
	}

	/**
	 * Return a filter whose requests an observer is told of.
	 * @param observer is told of each guarded request
	 * @return the filter
	 */
	public CircuitExchangeFilter withObserver(RequestObserver observer) {
		return new CircuitExchangeFilter(this.gate.withObserver(observer));
	}

	@Override
	public Mono<ClientResponse> filter(ClientRequest request, ExchangeFunction next) {
		return Mono.deferContextual((context) -> {
			Object enclosing = context.getOrDefault(this.gate.contextKey(), null);
			HttpGate.Call call = this.gate.enter(new Request(request), enclosing);
			return (call != null) ? guarded(request, next, call) : next.exchange(request);
		});
	}

	private static Mono<ClientResponse> guarded(ClientRequest request, ExchangeFunction next, HttpGate.Call call) {
		Mono<ClientResponse> exchange = Mono.defer(() -> call.run(request, next::exchange));
		return Mono.fromDirect(reportingThrown(exchange, call)).doOnSuccess((response) -> {
			if (response != null) {
				call.answered(response.statusCode(), response.headers().asHttpHeaders());
			}
			else {
				call.cancelled();
			}
		}).doOnError(call::failed).doOnCancel(call::cancelled);
	}

	/**
	 * Report what Reactor throws at the subscriber instead of signalling it: errors of
	 * the JVM.
	 */
	private static Publisher<ClientResponse> reportingThrown(Mono<ClientResponse> exchange, HttpGate.Call call) {
		return (subscriber) -> {
			try {
				exchange.subscribe(subscriber);
			}
			catch (Throwable ex) {
				call.failed(ex);
				throw ex;
			}
		};
	}

	/**
	 * A request as the other clients see it.
	 *
	 * @param request the request
	 */
	private record Request(ClientRequest request) implements HttpRequest {

		@Override
		public HttpMethod getMethod() {
			return this.request.method();
		}

		@Override
		public URI getURI() {
			return this.request.url();
		}

		@Override
		public HttpHeaders getHeaders() {
			return this.request.headers();
		}

		@Override
		public Map<String, Object> getAttributes() {
			return this.request.attributes();
		}

	}

}
