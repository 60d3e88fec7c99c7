package io.brama.spring.web;

import io.brama.CircuitState;
import io.brama.ConnectionId;
import org.jspecify.annotations.Nullable;

/**
 * Is told of each guarded request, from before it asks for leave to its end. It must not
 * throw: what it does is no part of the request. Thread-safe.
 */
public interface RequestObserver {

	/** Observes nothing, and costs nothing. */
	RequestObserver NONE = new RequestObserver() {

		private final ObservedRequest nobodyLooks = (result, state, error) -> {
		};

		@Override
		public ObservedRequest begin(ConnectionId connection, @Nullable Object enclosing) {
			return this.nobodyLooks;
		}

		@Override
		public Object contextKey() {
			return RequestObserver.class;
		}

	};

	/**
	 * Begin to observe a request.
	 * @param connection what it calls
	 * @param enclosing what encloses the request, where the context of a subscriber
	 * tells; otherwise {@code null}, and the thread may tell
	 * @return the observed request
	 */
	ObservedRequest begin(ConnectionId connection, @Nullable Object enclosing);

	/**
	 * Return the key by which what encloses a request is found in the context of a
	 * subscriber.
	 * @return the key
	 */
	Object contextKey();

	/** A request as its observer sees it. Thread-safe. */
	@FunctionalInterface
	interface ObservedRequest {

		/**
		 * End the request. Called once.
		 * @param result what became of it
		 * @param state the state of the circuit that answered it
		 * @param error the exception in place of an answer, or the rejection
		 */
		void end(Result result, CircuitState state, @Nullable Throwable error);

	}

	/** What may become of a request, as its circuit counts it. */
	enum Result {

		/** It succeeded. */
		SUCCESS,

		/** It failed. */
		FAILURE,

		/** It said nothing about the connection. */
		IGNORED,

		/** It was not let in. */
		REJECTED,

		/** It ended when the circuit had moved on. */
		LATE

	}

}
