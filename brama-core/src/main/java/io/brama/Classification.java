package io.brama;

import java.lang.System.Logger.Level;

import io.brama.policy.ErrorPolicy;
import org.jspecify.annotations.Nullable;

/**
 * The rules by which the end of a call becomes an outcome, the same for every kind of
 * call.
 */
final class Classification {

	private static final System.Logger logger = System.getLogger("io.brama");

	private Classification() {
	}

	static Outcome byDefault(@Nullable Object result, @Nullable Throwable error) {
		return (error == null) ? Outcome.success() : Outcome.failure(ErrorPolicy.reason(error));
	}

	/**
	 * Classify the end of a call.
	 * @param handler whom to ask about results and exceptions
	 * @param granted the period the outcome is for
	 */
	static Outcome of(@Nullable Object result, @Nullable Throwable error, ErrorHandler handler, Period granted) {
		Outcome outcome;
		try {
			outcome = judge(result, error, handler, granted);
		}
		catch (Throwable ex) {
			// an exception whose own methods throw; the caller still gets its result
			outcome = (error == null) ? Outcome.success() : Outcome.failure(error.getClass().getTypeName());
		}
		return (error != null && outcome instanceof Outcome.Failure failure) ? thrown(failure, error, granted)
				: outcome;
	}

	/**
	 * Note what was thrown. Neither a log nor an exception that fails costs the outcome.
	 */
	private static Outcome thrown(Outcome.Failure failure, Throwable error, Period granted) {
		try {
			if (logger.isLoggable(Level.DEBUG)) {
				logger.log(Level.DEBUG, granted.breaker().id() + ": a call failed", error);
			}
			return failure.thrown(ErrorPolicy.unwrap(error));
		}
		catch (Throwable ex) {
			return failure.thrown(error);
		}
	}

	@SuppressWarnings("ReferenceEquality") // the default handler is one object
	private static Outcome judge(@Nullable Object result, @Nullable Throwable error, ErrorHandler handler,
			Period granted) {
		if (error == null) {
			return (handler == ErrorHandler.DEFAULT) ? Outcome.success() : ask(handler, result, null, granted);
		}
		Throwable cause = ErrorPolicy.unwrap(error);
		if (cause instanceof Error) {
			return Outcome.failure(ErrorPolicy.reason(cause));
		}
		if (ErrorPolicy.isCallersOwn(cause) || cause instanceof CircuitOpenException) {
			return Outcome.ignored();
		}
		return classify(cause, handler, granted);
	}

	@SuppressWarnings("ReferenceEquality") // the default handler is one object
	private static Outcome classify(Throwable error, ErrorHandler handler, Period granted) {
		ErrorPolicy policy = granted.config().errorPolicy();
		boolean ignored = policy.ignores(error) || (handler == ErrorHandler.DEFAULT && !policy.records(error));
		return ignored ? Outcome.ignored() : ask(handler, null, error, granted);
	}

	private static Outcome ask(ErrorHandler handler, @Nullable Object result, @Nullable Throwable error,
			Period granted) {
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
		handlerFailed(granted, problem);
		return byDefault(result, error);
	}

	private static void handlerFailed(Period granted, Throwable problem) {
		Breaker breaker = granted.breaker();
		int times = granted.ledger().handlerFailed();
		if (Text.isWorthALine(times)) {
			logger.log(Level.WARNING, () -> "An error handler of " + breaker.id() + " failed (" + Text.times(times)
					+ " so far); the default classification is used instead", problem);
		}
		breaker.services().herald().handlerFailed(breaker.id(), problem);
	}

}
