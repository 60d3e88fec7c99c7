package io.brama;

import io.brama.policy.ErrorPolicy;
import org.jspecify.annotations.Nullable;

/**
 * The rules by which the end of a call becomes an outcome, the same for every kind of
 * call.
 */
final class Classification {

	private Classification() {
	}

	static Outcome byDefault(@Nullable Object result, @Nullable Throwable error) {
		return (error == null) ? Outcome.success() : Outcome.failure(ErrorPolicy.reason(error));
	}

	/**
	 * Classify the end of a call.
	 * @param handler whom to ask about results and exceptions
	 * @param breaker the circuit that is told when the handler fails
	 */
	@SuppressWarnings("ReferenceEquality") // the default handler is one object
	static Outcome of(@Nullable Object result, @Nullable Throwable error, ErrorHandler handler, Breaker breaker) {
		if (error == null) {
			return (handler == ErrorHandler.DEFAULT) ? Outcome.success() : ask(handler, result, null, breaker);
		}
		Throwable cause = ErrorPolicy.unwrap(error);
		if (cause instanceof Error) {
			return Outcome.failure(ErrorPolicy.reason(cause));
		}
		if (ErrorPolicy.isCallersOwn(cause) || cause instanceof CircuitOpenException) {
			return Outcome.ignored();
		}
		return ask(handler, null, cause, breaker);
	}

	private static Outcome ask(ErrorHandler handler, @Nullable Object result, @Nullable Throwable error,
			Breaker breaker) {
		Throwable problem;
		try {
			Outcome outcome = handler.classify(result, error);
			if (outcome != null) {
				return outcome;
			}
			problem = new IllegalStateException("the error handler returned null");
		}
		catch (Throwable ex) {
			problem = ex;
		}
		breaker.handlerFailed(problem);
		return byDefault(result, error);
	}

}
