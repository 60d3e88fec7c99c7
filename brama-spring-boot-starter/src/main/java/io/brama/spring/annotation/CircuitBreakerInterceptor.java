package io.brama.spring.annotation;

import io.brama.Circuit;
import io.brama.CircuitOpenException;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

/**
 * Lets calls of guarded methods through, or not.
 * <p>
 * Maintainers: whatever mentions Reactor is in {@link ReactiveCall}, which is loaded only
 * for a method that returns a publisher.
 */
class CircuitBreakerInterceptor implements MethodInterceptor {

	private final GuardedMethods methods;

	CircuitBreakerInterceptor(GuardedMethods methods) {
		this.methods = methods;
	}

	@Override
	public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
		Object target = invocation.getThis();
		Guard guard = this.methods.guardOf(invocation.getMethod(),
				(target != null) ? target.getClass() : invocation.getMethod().getDeclaringClass());
		return switch (guard.shape()) {
			case PLAIN -> plain(invocation, guard);
			case STAGE -> StageCall.of(invocation, guard);
			case FUTURE -> FutureCall.of(invocation, guard);
			case MONO -> ReactiveCall.mono(invocation, guard);
			case FLUX -> ReactiveCall.flux(invocation, guard);
			case ADAPTED -> ReactiveCall.adapted(invocation, guard);
		};
	}

	private static @Nullable Object plain(MethodInvocation invocation, Guard guard) throws Throwable {
		Circuit circuit = guard.connection().circuit(invocation);
		if (guard.fallback() != null) {
			return withFallback(invocation, guard, circuit);
		}
		return circuit.call(() -> proceed(invocation), guard.handler());
	}

	private static @Nullable Object withFallback(MethodInvocation invocation, Guard guard, Circuit circuit)
			throws Throwable {
		GuardedCall call;
		try {
			call = GuardedCall.begin(circuit, guard);
		}
		catch (CircuitOpenException ex) {
			return answerOrThrow(guard.fallbackFor(ex), invocation, ex);
		}
		Object result;
		try {
			result = invocation.proceed();
		}
		catch (Throwable ex) {
			return answerOrThrow(call.failed(ex), invocation, ex);
		}
		FallbackMethod fallback = call.returned(result);
		return (fallback != null) ? fallback.answer(invocation, null) : result;
	}

	private static @Nullable Object answerOrThrow(@Nullable FallbackMethod fallback, MethodInvocation invocation,
			Throwable error) throws Throwable {
		if (fallback == null) {
			throw error;
		}
		return fallback.answer(invocation, error);
	}

	@SuppressWarnings("unchecked")
	private static <X extends Throwable> @Nullable Object proceed(MethodInvocation invocation) throws X {
		try {
			return invocation.proceed();
		}
		catch (Throwable ex) {
			throw (X) ex;
		}
	}

}
