package io.brama.spring.web;

import java.util.Objects;

import io.brama.Brama;
import io.brama.Circuit;
import io.brama.CircuitOpenException;
import io.brama.ConnectionId;
import io.brama.ErrorHandler;
import io.brama.Outcome;
import io.brama.Permit;
import io.brama.spring.web.RequestObserver.ObservedRequest;
import io.brama.spring.web.RequestObserver.Result;
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

	private final RequestObserver observer;

	private HttpGate(Choice<Circuit> circuits, Choice<ErrorHandler> handlers, ErrorHandler usualHandler,
			RequestObserver observer) {
		this.circuits = circuits;
		this.handlers = handlers;
		this.usualHandler = usualHandler;
		this.observer = observer;
	}

	static HttpGate of(Circuit circuit) {
		Objects.requireNonNull(circuit, "circuit must not be null");
		return new HttpGate((request) -> circuit, (request) -> null, HTTP_ERRORS, RequestObserver.NONE);
	}

	static HttpGate of(Brama brama, HttpConnections connections) {
		Objects.requireNonNull(brama, "brama must not be null");
		Objects.requireNonNull(connections, "connections must not be null");
		return new HttpGate((request) -> {
			ConnectionId id = connections.connectionOf(request);
			return (id != null) ? brama.circuit(id) : null;
		}, connections::errorHandlerOf, HTTP_ERRORS, RequestObserver.NONE);
	}

	HttpGate withErrorHandler(ErrorHandler handler) {
		return new HttpGate(this.circuits, this.handlers,
				Objects.requireNonNull(handler, "error handler must not be null"), this.observer);
	}

	HttpGate withObserver(RequestObserver observer) {
		return new HttpGate(this.circuits, this.handlers, this.usualHandler,
				Objects.requireNonNull(observer, "observer must not be null"));
	}

	/** The key of what encloses a request in the context of a subscriber. */
	Object contextKey() {
		return this.observer.contextKey();
	}

	/**
	 * Ask for leave for a request.
	 * @param enclosing what encloses it, where the thread does not tell
	 * @return the call, or {@code null} if the request is not guarded
	 * @throws CircuitOpenException if it is not let in
	 */
	@Nullable Call enter(HttpRequest request, @Nullable Object enclosing) {
		Circuit circuit = this.circuits.of(request);
		if (circuit == null) {
			return null;
		}
		ErrorHandler chosen = this.handlers.of(request);
		ObservedRequest observed = this.observer.begin(circuit.id(), enclosing);
		try {
			return new Call(circuit.acquire(), (chosen != null) ? chosen : this.usualHandler, observed);
		}
		catch (CircuitOpenException ex) {
			observed.end(Result.REJECTED, ex.state(), ex);
			throw ex;
		}
	}

	/**
	 * A request on its way.
	 *
	 * @param permit takes its outcome
	 * @param handler says what it is
	 * @param observed is told of it
	 */
	record Call(Permit permit, ErrorHandler handler, ObservedRequest observed) {

		<A, T, X extends Throwable> T run(A argument, Circuit.Body<A, T, X> exchange) throws X {
			return this.permit.run(argument, exchange);
		}

		void answered(HttpStatusCode status, HttpHeaders headers) {
			settle(this.permit.classify(new ResponseEntity<>(headers, status), null, this.handler), null);
		}

		void failed(Throwable error) {
			settle(this.permit.classify(null, error, this.handler), error);
		}

		void cancelled() {
			settle(Outcome.ignored(), null);
		}

		private void settle(Outcome outcome, @Nullable Throwable error) {
			Permit.Settlement settlement = this.permit.settle(outcome);
			if (settlement != Permit.Settlement.ALREADY_SETTLED) {
				this.observed.end(result(outcome, settlement), this.permit.state(), error);
			}
		}

		private static Result result(Outcome outcome, Permit.Settlement settlement) {
			if (settlement == Permit.Settlement.LATE) {
				return Result.LATE;
			}
			return (outcome instanceof Outcome.Failure) ? Result.FAILURE
					: (outcome instanceof Outcome.Success) ? Result.SUCCESS : Result.IGNORED;
		}

	}

	/** What is chosen for a request, if anything. */
	private interface Choice<T> {

		@Nullable T of(HttpRequest request);

	}

}
