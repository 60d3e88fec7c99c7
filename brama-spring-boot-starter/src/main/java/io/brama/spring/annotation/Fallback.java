package io.brama.spring.annotation;

import java.util.List;

import io.brama.policy.ErrorPolicy;
import org.jspecify.annotations.Nullable;

/**
 * The answer in place of a call that was rejected or failed: one of the methods by the
 * name in the annotation, whichever takes the exception of the nearest type.
 * <p>
 * An {@link Error} has an answer only where its type is named, by a parameter or in
 * {@code fallbackOn}. A failure that is a result has one by a method that does not ask
 * for an exception.
 */
final class Fallback {

	private final List<FallbackMethod> methods;

	private final List<Class<? extends Throwable>> on;

	/**
	 * Create it.
	 * @param methods at most one for each type of exception, and one for none
	 * @param on exceptions of these types have an answer; if there are none, all have
	 */
	Fallback(List<FallbackMethod> methods, List<Class<? extends Throwable>> on) {
		this.methods = methods;
		this.on = on;
	}

	/** Find the method that answers for an exception, which may be in a wrapper. */
	@Nullable FallbackMethod of(Throwable thrown) {
		Throwable error = ErrorPolicy.unwrap(thrown);
		if (!this.on.isEmpty() && this.on.stream().noneMatch((type) -> type.isInstance(error))) {
			return null;
		}
		FallbackMethod nearest = nearest(error.getClass());
		boolean unnamedError = error instanceof Error && this.on.isEmpty() && nearest != null
				&& (nearest.exceptionType() == null || !Error.class.isAssignableFrom(nearest.exceptionType()));
		return unnamedError ? null : nearest;
	}

	private @Nullable FallbackMethod nearest(Class<?> thrown) {
		for (Class<?> type = thrown; type != Object.class; type = type.getSuperclass()) {
			FallbackMethod found = taking(type);
			if (found != null) {
				return found;
			}
		}
		return taking(null);
	}

	/** Find the method that answers for a result. */
	@Nullable FallbackMethod ofResult() {
		return this.on.isEmpty() ? taking(null) : null;
	}

	private @Nullable FallbackMethod taking(@Nullable Class<?> exceptionType) {
		for (FallbackMethod method : this.methods) {
			if (method.exceptionType() == exceptionType) {
				return method;
			}
		}
		return null;
	}

}
