package io.brama.spring.annotation;

import java.util.concurrent.CompletionStage;

import io.brama.Permit;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

import org.springframework.util.ClassUtils;

/**
 * Lets calls of guarded methods through, or not.
 * <p>
 * Maintainers: whatever mentions Reactor is in {@link ReactiveCall}, which is loaded only
 * for a method that returns one of its types.
 */
class CircuitBreakerInterceptor implements MethodInterceptor {

	private final GuardedMethods methods;

	CircuitBreakerInterceptor(GuardedMethods methods) {
		this.methods = methods;
	}

	@Override
	public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
		Object target = invocation.getThis();
		Class<?> targetClass = (target != null) ? ClassUtils.getUserClass(target)
				: invocation.getMethod().getDeclaringClass();
		Guard guard = this.methods.guardOf(invocation.getMethod(), targetClass);
		return switch (guard.shape()) {
			case PLAIN -> plain(invocation, guard);
			case STAGE -> stage(invocation, guard);
			case MONO -> ReactiveCall.mono(invocation, guard);
			case FLUX -> ReactiveCall.flux(invocation, guard);
		};
	}

	private static @Nullable Object plain(MethodInvocation invocation, Guard guard) throws Throwable {
		Permit permit = guard.circuit().acquire();
		Object result;
		try {
			result = invocation.proceed();
		}
		catch (Throwable ex) {
			permit.settle(null, ex, guard.handler());
			throw ex;
		}
		permit.settle(result, null, guard.handler());
		return result;
	}

	/** What the method throws before it returns a stage reaches the caller as it is. */
	private static Object stage(MethodInvocation invocation, Guard guard) {
		return guard.circuit().callAsync(() -> proceed(invocation), guard.handler());
	}

	@SuppressWarnings("unchecked")
	private static <X extends Throwable> @Nullable CompletionStage<@Nullable Object> proceed(
			MethodInvocation invocation) throws X {
		try {
			return (CompletionStage<@Nullable Object>) invocation.proceed();
		}
		catch (Throwable ex) {
			throw (X) ex;
		}
	}

}
