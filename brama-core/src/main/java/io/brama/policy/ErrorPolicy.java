package io.brama.policy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

import org.jspecify.annotations.Nullable;

/**
 * What an exception says about the connection, before anybody's own opinion is asked.
 */
public final class ErrorPolicy {

	/** No chain of wrappers is longer; a cycle of causes ends here. */
	private static final int DEEPEST = 64;

	private ErrorPolicy() {
	}

	/**
	 * Return the exception inside the wrappers that carry it from one thread or proxy to
	 * another ({@link CompletionException}, {@link ExecutionException},
	 * {@link UndeclaredThrowableException}, {@link InvocationTargetException}). A wrapper
	 * without a cause is its own answer.
	 * @param error the exception as it was thrown
	 * @return the exception that tells what happened
	 */
	public static Throwable unwrap(Throwable error) {
		Throwable current = error;
		for (int depth = 0; depth < DEEPEST && isWrapper(current); depth++) {
			Throwable cause = current.getCause();
			if (cause == null) {
				return current;
			}
			current = cause;
		}
		return current;
	}

	/**
	 * Tell whether the caller gave up, which says nothing about the connection.
	 * @param error an unwrapped exception
	 * @return whether it is an interruption or a cancellation
	 */
	public static boolean isCallersOwn(Throwable error) {
		return error instanceof InterruptedException || error instanceof CancellationException;
	}

	/**
	 * Return the reason to show for a failure: the message of the exception, or its type
	 * when it has none.
	 * @param error an unwrapped exception
	 * @return the reason, never blank
	 */
	public static String reason(Throwable error) {
		String message = message(error);
		return (message == null || message.isBlank()) ? error.getClass().getTypeName() : message;
	}

	private static @Nullable String message(Throwable error) {
		try {
			return error.getMessage();
		}
		catch (RuntimeException ex) {
			return null;
		}
	}

	private static boolean isWrapper(Throwable error) {
		return error instanceof CompletionException || error instanceof ExecutionException
				|| error instanceof UndeclaredThrowableException || error instanceof InvocationTargetException;
	}

}
