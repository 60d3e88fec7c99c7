package io.brama.spring.annotation;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

import io.brama.CircuitOpenException;
import io.brama.TimeSource;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

/**
 * The future of a guarded call that returns a future which tells nobody when it is done:
 * the outcome is recorded when this one is asked and finds that it is. To stop waiting
 * reports nothing.
 * <p>
 * Maintainers: whoever asks first records the outcome and runs the fallback, if there is
 * one, and publishes the future that callers get their answer from.
 */
final class FutureCall implements Future<@Nullable Object> {

	private static final TimeSource TIME = TimeSource.system();

	private final MethodInvocation invocation;

	private final Future<?> future;

	private final GuardedCall call;

	private final AtomicBoolean observed = new AtomicBoolean();

	private final CompletableFuture<Future<?>> answer = new CompletableFuture<>();

	private FutureCall(MethodInvocation invocation, Future<?> future, GuardedCall call) {
		this.invocation = invocation;
		this.future = future;
		this.call = call;
	}

	/**
	 * Call the method.
	 * @return a future that ends as the call does, as its fallback does, or with a
	 * rejection
	 * @throws Throwable what the method throws itself
	 */
	static Future<?> of(MethodInvocation invocation, Guard guard) throws Throwable {
		GuardedCall call;
		try {
			call = GuardedCall.begin(guard.connection().circuit(invocation), guard);
		}
		catch (CircuitOpenException ex) {
			FallbackMethod fallback = guard.fallbackFor(ex);
			return (fallback != null) ? answer(fallback, invocation, ex) : CompletableFuture.failedFuture(ex);
		}
		try {
			Object future = call.run(invocation, CircuitBreakerInterceptor.PROCEED);
			if (future == null) {
				throw guard.returnedNull();
			}
			if (future instanceof CompletionStage<?> stage) {
				return StageCall.of(invocation, stage, call);
			}
			call.passesFromSight();
			return new FutureCall(invocation, (Future<?>) future, call);
		}
		catch (Throwable ex) {
			FallbackMethod fallback = call.failed(ex);
			if (fallback == null) {
				throw ex;
			}
			return answer(fallback, invocation, ex);
		}
	}

	private static Future<?> answer(FallbackMethod fallback, MethodInvocation invocation, @Nullable Throwable error) {
		try {
			Object answer = fallback.answer(invocation, error);
			if (answer instanceof Future<?> future) {
				return future;
			}
			return (answer instanceof CompletionStage<?> stage) ? stage.toCompletableFuture()
					: CompletableFuture.completedFuture(answer);
		}
		catch (Throwable ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	@Override
	public boolean isDone() {
		if (!this.future.isDone()) {
			return false;
		}
		observe();
		Future<?> end = this.answer.getNow(null);
		return end != null && end.isDone();
	}

	@Override
	public boolean isCancelled() {
		return isDone() && this.answer.join().isCancelled();
	}

	@Override
	public boolean cancel(boolean mayInterruptIfRunning) {
		if (this.future.cancel(mayInterruptIfRunning)) {
			observe();
			return true;
		}
		Future<?> end = this.answer.getNow(null);
		return end != null && end.cancel(mayInterruptIfRunning);
	}

	@Override
	public @Nullable Object get() throws InterruptedException, ExecutionException {
		try {
			this.future.get();
		}
		catch (ExecutionException | CancellationException ex) {
			// is seen again when the end is observed
		}
		observe();
		return this.answer.get().get();
	}

	@Override
	public @Nullable Object get(long timeout, TimeUnit unit)
			throws InterruptedException, ExecutionException, TimeoutException {
		long end = TIME.nanoTime() + unit.toNanos(timeout);
		try {
			this.future.get(timeout, unit);
		}
		catch (ExecutionException | CancellationException ex) {
			// is seen again when the end is observed
		}
		observe();
		return this.answer.get(end - TIME.nanoTime(), TimeUnit.NANOSECONDS)
			.get(end - TIME.nanoTime(), TimeUnit.NANOSECONDS);
	}

	/** Record the outcome of the future, which is done. */
	private void observe() {
		if (!this.observed.compareAndSet(false, true)) {
			return;
		}
		Object result = null;
		Throwable error = null;
		try {
			result = this.future.get();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt(); // it is this thread that asks too late
			this.observed.set(false);
			return;
		}
		catch (Throwable ex) {
			error = ex;
		}
		FallbackMethod fallback = (error != null) ? this.call.failed(error) : this.call.returned(result);
		this.answer.complete((fallback != null) ? answer(fallback, this.invocation, error) : this.future);
	}

}
