package io.brama;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * The future of a guarded call. It completes after the outcome has been recorded, and
 * passes its own cancellation on to the call.
 */
final class GuardedFuture<T extends @Nullable Object> extends CompletableFuture<T> {

	private final CompletionStage<T> call;

	private GuardedFuture(CompletionStage<T> call) {
		this.call = call;
	}

	static <T extends @Nullable Object> CompletableFuture<T> of(Permit permit,
			Supplier<? extends CompletionStage<T>> task, ErrorHandler handler) {
		try {
			CompletionStage<T> call = permit.run(task, Supplier::get);
			if (call == null) {
				throw new IllegalStateException("The call returned null instead of a CompletionStage");
			}
			GuardedFuture<T> future = new GuardedFuture<>(call);
			call.whenComplete((result, error) -> {
				permit.settle(permit.classify(result, error, handler));
				future.end(result, error);
			});
			return future;
		}
		catch (Throwable ex) {
			permit.settle(permit.classify(null, ex, handler));
			throw ex;
		}
	}

	private void end(T result, @Nullable Throwable error) {
		if (error != null) {
			completeExceptionally(error);
		}
		else {
			complete(result);
		}
	}

	@Override
	public boolean cancel(boolean mayInterruptIfRunning) {
		try {
			this.call.toCompletableFuture().cancel(mayInterruptIfRunning);
		}
		catch (UnsupportedOperationException ex) {
			// this kind of stage cannot be cancelled; its outcome will come
		}
		return super.cancel(mayInterruptIfRunning) || isCancelled();
	}

	@Override
	public <U extends @Nullable Object> CompletableFuture<U> newIncompleteFuture() {
		return new CompletableFuture<>();
	}

}
