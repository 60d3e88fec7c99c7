package io.brama.spring.annotation;

import java.lang.reflect.Method;

import io.brama.Circuit;
import io.brama.ErrorHandler;
import org.jspecify.annotations.Nullable;

/**
 * What stands in front of one method, worked out once.
 *
 * @param called the method as the proxy knows it
 * @param method the method that runs
 * @param targetClass the class of the object it runs on
 * @param returnType what it returns, type variables resolved
 * @param connection which circuit each call passes
 * @param handler says what a result or an exception means
 * @param shape what kind of call the method is
 * @param fallback what answers for the method, if anything does
 * @param observer is told of each call
 * @param alone the circuit, where it is all there is to it: for a plain method without
 * fallback that nobody observes, whose calls all pass the same
 */
record Guard(Method called, Method method, Class<?> targetClass, Class<?> returnType, Connection connection,
		ErrorHandler handler, Shape shape, @Nullable Fallback fallback, CallObserver observer,
		@Nullable Circuit alone) {

	static Guard of(Method called, Method method, Class<?> targetClass, Class<?> returnType, Connection connection,
			ErrorHandler handler, Shape shape, @Nullable Fallback fallback) {
		boolean alone = shape == Shape.PLAIN && fallback == null;
		return new Guard(called, method, targetClass, returnType, connection, handler, shape, fallback,
				CallObserver.NONE,
				(alone && connection instanceof Connection.Constant constant) ? constant.circuit() : null);
	}

	/** The same for another object that stands for the method called. */
	Guard calledBy(Method called) {
		return new Guard(called, this.method, this.targetClass, this.returnType, this.connection, this.handler,
				this.shape, this.fallback, this.observer, this.alone);
	}

	/** The same with somebody who is told of each call. */
	@SuppressWarnings("ReferenceEquality") // to observe nothing is one object
	Guard observedBy(CallObserver observer) {
		return (observer == CallObserver.NONE) ? this : new Guard(this.called, this.method, this.targetClass,
				this.returnType, this.connection, this.handler, this.shape, this.fallback, observer, null);
	}

	/** Whether a call has steps of its own between circuit and method. */
	@SuppressWarnings("ReferenceEquality") // to observe nothing is one object
	boolean hasSteps() {
		return this.fallback != null || this.observer != CallObserver.NONE;
	}

	/** What to run instead of a method that failed, or was not run. */
	@Nullable FallbackMethod fallbackFor(Throwable error) {
		return (this.fallback != null) ? this.fallback.of(error) : null;
	}

	/** What to run when what the method returned is a failure. */
	@Nullable FallbackMethod fallbackForResult() {
		return (this.fallback != null) ? this.fallback.ofResult() : null;
	}

	/** The failure of a method that returned nothing where its answer should be. */
	IllegalStateException returnedNull() {
		return new IllegalStateException(
				"Method " + GuardedMethods.name(this.method) + " returned null instead of a " + this.shape.promise());
	}

}
