package io.brama.spring.web;

import java.io.IOException;

import io.brama.Brama;
import io.brama.Circuit;
import io.brama.ErrorHandler;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRequest;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;

/**
 * Guards the requests of a {@code RestClient} or {@code RestTemplate} by circuits.
 * <p>
 * The outcome is decided by the status and headers of the answer, or by the exception
 * when there is none, and is recorded before the caller gets either. Reading the body is
 * not part of the call. While a circuit lets no call in, the request is not sent and the
 * caller gets an {@link io.brama.CircuitOpenException}. Thread-safe.
 */
public final class CircuitRequestInterceptor implements ClientHttpRequestInterceptor {

	private final HttpGate gate;

	private CircuitRequestInterceptor(HttpGate gate) {
		this.gate = gate;
	}

	/**
	 * Guard each host by a circuit of its own; see {@link HttpConnections#perHost}.
	 * @param brama holds the circuits
	 * @return the interceptor
	 */
	public static CircuitRequestInterceptor perHost(Brama brama) {
		return of(brama, HttpConnections.perHost(brama));
	}

	/**
	 * Guard all requests by one circuit.
	 * @param circuit the circuit
	 * @return the interceptor
	 */
	public static CircuitRequestInterceptor of(Circuit circuit) {
		return new CircuitRequestInterceptor(HttpGate.of(circuit));
	}

	/**
	 * Guard each request by the circuit of the connection it calls.
	 * @param brama holds the circuits
	 * @param connections says which connection that is
	 * @return the interceptor
	 */
	public static CircuitRequestInterceptor of(Brama brama, HttpConnections connections) {
		return new CircuitRequestInterceptor(HttpGate.of(brama, connections));
	}

	/**
	 * Return an interceptor with another handler in the place of {@link HttpErrors}.
	 * @param handler says what an answer, handed over as a {@code ResponseEntity} without
	 * a body, or an exception means
	 * @return the interceptor
	 */
	public CircuitRequestInterceptor withErrorHandler(ErrorHandler handler) {
		return new CircuitRequestInterceptor(this.gate.withErrorHandler(handler));
	}

	/**
	 * Return an interceptor whose requests an observer is told of.
	 * @param observer is told of each guarded request
	 * @return the interceptor
	 */
	public CircuitRequestInterceptor withObserver(RequestObserver observer) {
		return new CircuitRequestInterceptor(this.gate.withObserver(observer));
	}

	@Override
	public ClientHttpResponse intercept(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
			throws IOException {
		HttpGate.Call call = this.gate.enter(request, null);
		if (call == null) {
			return execution.execute(request, body);
		}
		ClientHttpResponse response;
		try {
			response = call.run(execution, (next) -> next.execute(request, body));
		}
		catch (Throwable ex) {
			call.failed(ex);
			throw ex;
		}
		report(response, call);
		return response;
	}

	/** Some clients read the status only when they are asked for it. */
	private static void report(ClientHttpResponse response, HttpGate.Call call) throws IOException {
		HttpStatusCode status;
		HttpHeaders headers;
		try {
			status = response.getStatusCode();
			headers = response.getHeaders();
		}
		catch (Throwable ex) {
			call.failed(ex);
			response.close();
			throw ex;
		}
		call.answered(status, headers);
	}

}
