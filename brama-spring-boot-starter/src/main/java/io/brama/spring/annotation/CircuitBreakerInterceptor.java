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

	static final Circuit.Body<MethodInvocation, @Nullable Object, Throwable> PROCEED = MethodInvocation::proceed;

	private final Guards guards;

	CircuitBreakerInterceptor(Guards guards) {
		this.guards = guards;
	}

	@Override
	public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
		Object target = invocation.getThis();
		Guard guard = this.guards.of(invocation.getMethod(),
				(target != null) ? target.getClass() : invocation.getMethod().getDeclaringClass());
		Circuit circuit = guard.alone();
		return (circuit != null) ? circuit.call(invocation, PROCEED, guard.handler()) : invoke(invocation, guard);
	}

	private static @Nullable Object invoke(MethodInvocation invocation, Guard guard) throws Throwable {
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
		if (guard.hasSteps()) {
			return inSteps(invocation, guard, circuit);
		}
		return circuit.call(invocation, PROCEED, guard.handler());
	}

	private static @Nullable Object inSteps(MethodInvocation invocation, Guard guard, Circuit circuit)
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
			result = call.run(invocation, PROCEED);
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

}
