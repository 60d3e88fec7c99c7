package io.brama.spring.cloud;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import org.springframework.core.task.AsyncTaskExecutor;

/**
 * Runs calls in other threads, so that their callers need not wait for ever. A call that
 * takes too long is interrupted and left alone; what it returns then, nobody asks.
 */
final class TimeLimit {

	private final AsyncTaskExecutor executor;

	TimeLimit(AsyncTaskExecutor executor) {
		this.executor = executor;
	}

	<T> T call(Supplier<T> toRun, Duration timeout) throws Exception {
		Future<T> call = this.executor.submit(toRun::get);
		try {
			return call.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException ex) {
			throw new TimeoutException("no answer within " + timeout);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw ex;
		}
		catch (ExecutionException ex) {
			throw thrown(ex);
		}
		finally {
			call.cancel(true);
		}
	}

	/** What the call threw, even if that is a wrapper itself. */
	private static Exception thrown(ExecutionException wrapper) {
		Throwable cause = wrapper.getCause();
		if (cause instanceof Error error) {
			throw error;
		}
		return (cause instanceof Exception exception) ? exception : wrapper;
	}

}
