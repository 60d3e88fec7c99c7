package io.brama.spring.annotation;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.brama.policy.ErrorPolicy;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.ProxyMethodInvocation;
import org.springframework.aop.support.AopUtils;
import org.springframework.core.CoroutinesUtils;
import org.springframework.core.KotlinDetector;

/**
 * A method that answers for a guarded one, on the same object. It takes the same
 * arguments and, if it wants, the exception.
 */
final class FallbackMethod {

	private final Method method;

	private final @Nullable Class<?> exceptionType;

	private final int arguments;

	private final boolean promising;

	private final boolean suspending;

	/**
	 * Create it.
	 * @param exceptionType what it can answer for, or {@code null} if it does not want to
	 * know the exception
	 * @param arguments how many arguments it shares with the guarded method
	 * @param promising whether it returns a future or publisher, and not the value
	 */
	FallbackMethod(Method method, @Nullable Class<?> exceptionType, int arguments, boolean promising) {
		this.method = method;
		this.exceptionType = exceptionType;
		this.arguments = arguments;
		this.promising = promising;
		this.suspending = KotlinDetector.isSuspendingFunction(method);
	}

	@Nullable Class<?> exceptionType() {
		return this.exceptionType;
	}

	Method method() {
		return this.method;
	}

	/**
	 * Run it.
	 * @param error what was thrown, of which it gets what is inside wrappers;
	 * {@code null} if the method returned
	 * @throws IllegalStateException if it returns nothing where a future or publisher
	 * should be
	 * @throws Throwable what it throws itself
	 */
	@Nullable Object answer(MethodInvocation invocation, @Nullable Throwable error) throws Throwable {
		Object target = invocation.getThis();
		if (target == null) {
			target = ((ProxyMethodInvocation) invocation).getProxy();
		}
		Object answer = invoke(target, invocation.getArguments(), error);
		if (answer == null && this.promising) {
			throw new IllegalStateException("Fallback " + GuardedMethods.name(this.method)
					+ " returned null instead of a " + this.method.getReturnType().getSimpleName());
		}
		return answer;
	}

	/**
	 * The last argument of a suspending function is what it continues with, in whose
	 * context a suspending fallback runs, too.
	 */
	private @Nullable Object invoke(Object target, @Nullable Object[] given, @Nullable Throwable error)
			throws Throwable {
		List<@Nullable Object> args = new ArrayList<>(Arrays.asList(given).subList(0, this.arguments));
		if (this.exceptionType != null) {
			args.add((error != null) ? ErrorPolicy.unwrap(error) : null);
		}
		if (this.suspending && given.length == this.arguments) {
			return CoroutinesUtils.invokeSuspendingFunction(this.method, target, args.toArray());
		}
		if (this.suspending) {
			args.add(given[this.arguments]);
		}
		return AopUtils.invokeJoinpointUsingReflection(target, this.method, args.toArray());
	}

}
