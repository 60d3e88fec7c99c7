package io.brama.spring.web;

import java.util.Objects;

import io.brama.Brama;
import io.brama.Circuit;
import io.brama.ConnectionId;
import io.brama.ErrorHandler;
import io.brama.Permit;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRequest;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;

/**
 * What stands in front of the requests of a client, whatever kind of client it is.
 */
final class HttpGate {

	private static final ErrorHandler HTTP_ERRORS = new HttpErrors();

	private final Choice<Circuit> circuits;

	private final Choice<ErrorHandler> handlers;

	private final ErrorHandler usualHandler;

	private HttpGate(Choice<Circuit> circuits, Choice<ErrorHandler> handlers, ErrorHandler usualHandler) {
		this.circuits = circuits;
		this.handlers = handlers;
		this.usualHandler = usualHandler;
	}

	static HttpGate of(Circuit circuit) {
		Objects.requireNonNull(circuit, "circuit must not be null");
		return new HttpGate((request) -> circuit, (request) -> null, HTTP_ERRORS);
	}

	static HttpGate of(Brama brama, HttpConnections connections) {
		Objects.requireNonNull(brama, "brama must not be null");
		Objects.requireNonNull(connections, "connections must not be null");
		return new HttpGate((request) -> {
			ConnectionId id = connections.connectionOf(request);
			return (id != null) ? brama.circuit(id) : null;
		}, connections::errorHandlerOf, HTTP_ERRORS);
	}

	HttpGate withErrorHandler(ErrorHandler handler) {
		return new HttpGate(this.circuits, this.handlers,
				Objects.requireNonNull(handler, "error handler must not be null"));
	}

	/**
	 * Ask for leave for a request.
	 * @return the call, or {@code null} if the request is not guarded
	 * @throws io.brama.CircuitOpenException if it is not let in
	 */
	@Nullable Call enter(HttpRequest request) {
		Circuit circuit = this.circuits.of(request);
		if (circuit == null) {
			return null;
		}
		ErrorHandler chosen = this.handlers.of(request);
		return new Call(circuit.acquire(), (chosen != null) ? chosen : this.usualHandler);
	}

	/**
	 * A request on its way.
	 *
	 * @param permit takes its outcome
	 * @param handler says what it is
	 */
	record Call(Permit permit, ErrorHandler handler) {

		<A, T, X extends Throwable> T run(A argument, Circuit.Body<A, T, X> exchange) throws X {
			return this.permit.run(argument, exchange);
		}

		void answered(HttpStatusCode status, HttpHeaders headers) {
			this.permit.settle(this.permit.classify(new ResponseEntity<>(headers, status), null, this.handler));
		}

		void failed(Throwable error) {
			this.permit.settle(this.permit.classify(null, error, this.handler));
		}

		void cancelled() {
			this.permit.close();
		}

	}

	/** What is chosen for a request, if anything. */
	private interface Choice<T> {

		@Nullable T of(HttpRequest request);

	}

}
