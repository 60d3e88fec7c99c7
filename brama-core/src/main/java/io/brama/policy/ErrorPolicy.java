package io.brama.policy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

import org.jspecify.annotations.Nullable;

/**
 * What an exception says about the connection, before anybody's own opinion is asked.
 *
 * @param ignored exceptions of these types, or caused by one, say nothing
 * @param recorded if there are any, only exceptions of these types, or caused by one, are
 * failures
 */
public record ErrorPolicy(List<Class<? extends Throwable>> ignored, List<Class<? extends Throwable>> recorded) {

	/** No chain of causes is longer; a cycle of causes ends here. */
	private static final int DEEPEST = 64;

	/**
	 * Take copies.
	 * @param ignored the types that say nothing
	 * @param recorded the only types that are failures, if there are any
	 */
	public ErrorPolicy {
		ignored = List.copyOf(ignored);
		recorded = List.copyOf(recorded);
	}

	/**
	 * Tell whether an exception is ignored by its type.
	 * @param error an unwrapped exception
	 * @return whether it, or one that caused it, is of an ignored type
	 */
	public boolean ignores(Throwable error) {
		return matches(error, this.ignored);
	}

	/**
	 * Tell whether an exception may be a failure by its type.
	 * @param error an unwrapped exception
	 * @return whether it, or one that caused it, is of a recorded type, or every type is
	 */
	public boolean records(Throwable error) {
		return this.recorded.isEmpty() || matches(error, this.recorded);
	}

	private static boolean matches(Throwable error, List<Class<? extends Throwable>> types) {
		if (types.isEmpty()) {
			return false;
		}
		Throwable current = error;
		for (int depth = 0; depth < DEEPEST && current != null; depth++) {
			if (isOneOf(current, types)) {
				return true;
			}
			current = current.getCause();
		}
		return false;
	}

	private static boolean isOneOf(Throwable error, List<Class<? extends Throwable>> types) {
		return types.stream().anyMatch((type) -> type.isInstance(error));
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

	/**
	 * Tell whether a text repeats what an exception says, which may not be for everybody.
	 * @param text the text, whoever wrote it
	 * @param error an unwrapped exception
	 * @return whether the message of the exception, or of one that caused it, is part of
	 * the text, or the text is all there is to tell of it, which is its type
	 */
	public static boolean isQuotedIn(String text, Throwable error) {
		return text.equals(reason(error)) || containsMessage(text, error);
	}

	private static boolean containsMessage(String text, Throwable error) {
		Throwable current = error;
		for (int depth = 0; depth < DEEPEST && current != null; depth++) {
			String message = message(current);
			if (message != null && !message.isBlank() && text.contains(message)) {
				return true;
			}
			current = cause(current);
		}
		return false;
	}

	private static @Nullable Throwable cause(Throwable error) {
		try {
			return error.getCause();
		}
		catch (Throwable ex) {
			return null;
		}
	}

	private static @Nullable String message(Throwable error) {
		try {
			return error.getMessage();
		}
		catch (Throwable ex) {
			return null;
		}
	}

	private static boolean isWrapper(Throwable error) {
		return error instanceof CompletionException || error instanceof ExecutionException
				|| error instanceof UndeclaredThrowableException || error instanceof InvocationTargetException;
	}

}
