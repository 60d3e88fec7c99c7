package io.brama.spring.annotation;

import org.jspecify.annotations.Nullable;

/**
 * A call as its {@link CallObserver} sees it. Thread-safe.
 */
public interface ObservedCall {

	/** Nobody looks. */
	ObservedCall NONE = new ObservedCall() {

		private final Scope scope = () -> {
		};

		@Override
		public Scope open() {
			return this.scope;
		}

		@Override
		public @Nullable Object contextValue() {
			return null;
		}

		@Override
		public void end(CallEnd end) {
			// nobody wants to know
		}

	};

	/**
	 * Let what runs on this thread find the call around it, until the scope is closed.
	 * @return the scope, to be closed by the same thread
	 */
	Scope open();

	/**
	 * Return what stands for the call in the context of a publisher.
	 * @return the value, or {@code null} for none
	 */
	@Nullable Object contextValue();

	/**
	 * End the call. Only the first end counts.
	 * @param end how it ended
	 */
	void end(CallEnd end);

	/** The time in which a thread works for the call. */
	@FunctionalInterface
	interface Scope {

		/** End it. */
		void close();

	}

}
