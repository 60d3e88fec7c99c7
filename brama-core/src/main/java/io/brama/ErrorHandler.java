package io.brama;

import org.jspecify.annotations.Nullable;

/**
 * Says what a result or an exception means for the connection.
 * <p>
 * A handler is asked about every result and about every {@link Exception}, taken out of
 * the wrappers of futures and proxies. Three things are decided before it is asked, the
 * same everywhere: an {@link Error} is a failure; an interruption or cancellation and the
 * refusal of another circuit are ignored.
 * <p>
 * A handler must be thread-safe. One that throws or returns {@code null} never costs the
 * caller the result: {@link #DEFAULT} decides instead, the handler's failure is logged
 * and published as {@link BramaEvent.ErrorHandlerFailed}.
 */
@FunctionalInterface
public interface ErrorHandler {

	/** An exception is a failure with its message as reason, all else a success. */
	ErrorHandler DEFAULT = Classification::byDefault;

	/**
	 * Classify the end of a call. Exactly one of the arguments counts.
	 * @param result what the call returned, {@code null} also for {@code void}, an empty
	 * publisher, or when there is an error
	 * @param error what the call threw, or {@code null} when it returned
	 * @return what it means
	 */
	Outcome classify(@Nullable Object result, @Nullable Throwable error);

}
