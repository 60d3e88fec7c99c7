package io.brama.spring.annotation;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.brama.CircuitOpenException;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

/**
 * The future of a guarded call that returns a stage. It completes after the outcome has
 * been recorded, and passes its own cancellation on to what it waits for: the stage of
 * the call, then that of a fallback.
 */
final class StageCall extends CompletableFuture<@Nullable Object> {

	private final MethodInvocation invocation;

	private volatile @Nullable CompletionStage<?> awaited;

	private StageCall(MethodInvocation invocation) {
		this.invocation = invocation;
	}

	/**
	 * Call the method.
	 * @return a future that ends as the call does, as its fallback does, or with a
	 * rejection
	 * @throws Throwable what the method throws itself
	 */
	static StageCall of(MethodInvocation invocation, Guard guard) throws Throwable {
		StageCall future = new StageCall(invocation);
		GuardedCall call;
		try {
			call = GuardedCall.begin(guard.connection().circuit(invocation), guard);
		}
		catch (CircuitOpenException ex) {
			FallbackMethod fallback = guard.fallbackFor(ex);
			future.end(fallback, null, ex);
			return future;
		}
		try {
			if (!(call.run(invocation, CircuitBreakerInterceptor.PROCEED) instanceof CompletionStage<?> stage)) {
				throw guard.returnedNull();
			}
			return future.await(stage, call);
		}
		catch (Throwable ex) {
			FallbackMethod fallback = call.failed(ex);
			if (fallback == null) {
				throw ex;
			}
			future.end(fallback, null, ex);
			return future;
		}
	}

	/** End as a stage does that has been returned already. */
	static StageCall of(MethodInvocation invocation, CompletionStage<?> stage, GuardedCall call) {
		return new StageCall(invocation).await(stage, call);
	}

	private StageCall await(CompletionStage<?> stage, GuardedCall call) {
		this.awaited = stage;
		stage.whenComplete(
				(result, error) -> end((error != null) ? call.failed(error) : call.returned(result), result, error));
		return this;
	}

	private void end(@Nullable FallbackMethod fallback, @Nullable Object result, @Nullable Throwable error) {
		if (fallback != null) {
			answer(fallback, error);
		}
		else {
			complete(result, error);
		}
	}

	private void answer(FallbackMethod fallback, @Nullable Throwable error) {
		try {
			Object answer = fallback.answer(this.invocation, error);
			if (answer instanceof CompletionStage<?> stage) {
				this.awaited = stage;
				stage.whenComplete(this::complete);
				cancelFallbackIfCancelled();
			}
			else {
				complete(answer, null);
			}
		}
		catch (Throwable ex) {
			completeExceptionally(ex);
		}
	}

	/** This future may have been cancelled while the fallback ran. */
	private void cancelFallbackIfCancelled() {
		if (isCancelled()) {
			cancelAwaited(true);
		}
	}

	private void complete(@Nullable Object result, @Nullable Throwable error) {
		if (error != null) {
			completeExceptionally(error);
		}
		else {
			complete(result);
		}
	}

	@Override
	public boolean cancel(boolean mayInterruptIfRunning) {
		cancelAwaited(mayInterruptIfRunning);
		return super.cancel(mayInterruptIfRunning) || isCancelled();
	}

	private void cancelAwaited(boolean mayInterruptIfRunning) {
		CompletionStage<?> stage = this.awaited;
		if (stage == null) {
			return;
		}
		try {
			stage.toCompletableFuture().cancel(mayInterruptIfRunning);
		}
		catch (UnsupportedOperationException ex) {
			// this kind of stage cannot be cancelled; its outcome will come
		}
	}

	@Override
	public <U extends @Nullable Object> CompletableFuture<U> newIncompleteFuture() {
		return new CompletableFuture<>();
	}

}
