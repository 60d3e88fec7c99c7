package io.brama.spring.annotation;

import io.brama.Circuit;
import io.brama.ErrorHandler;

/**
 * What stands in front of one method, worked out once.
 *
 * @param circuit the circuit of the connection the method calls
 * @param handler says what a result or an exception means
 * @param shape what kind of call the method is
 */
record Guard(Circuit circuit, ErrorHandler handler, Shape shape) {

	/** What kind of call a method is, by its return type. */
	enum Shape {

		/** Done when the method returns. */
		PLAIN,

		/** Done when the stage completes. */
		STAGE,

		/** Done when the {@code Mono} completes; begun by each subscription. */
		MONO,

		/** Done when the {@code Flux} completes; begun by each subscription. */
		FLUX

	}

}
