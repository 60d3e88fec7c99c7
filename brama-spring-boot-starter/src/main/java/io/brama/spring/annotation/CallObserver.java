package io.brama.spring.annotation;

import io.brama.ConnectionId;
import org.jspecify.annotations.Nullable;

/**
 * Is told of each call of a guarded method, from before it asks for leave to its end. It
 * must not throw: what it does is no part of the call. Thread-safe.
 */
public interface CallObserver {

	/** Observes nothing, and costs nothing. */
	CallObserver NONE = new CallObserver() {

		@Override
		public ObservedCall begin(ConnectionId connection, @Nullable Object enclosing) {
			return ObservedCall.NONE;
		}

		@Override
		public Object contextKey() {
			return CallObserver.class;
		}

	};

	/**
	 * Begin to observe a call.
	 * @param connection what it calls
	 * @param enclosing what encloses the call, where the context of a publisher tells;
	 * otherwise {@code null}, and the thread may tell
	 * @return the observed call
	 */
	ObservedCall begin(ConnectionId connection, @Nullable Object enclosing);

	/**
	 * Return the key by which an enclosing call is found in the context of a publisher.
	 * @return the key
	 */
	Object contextKey();

}
