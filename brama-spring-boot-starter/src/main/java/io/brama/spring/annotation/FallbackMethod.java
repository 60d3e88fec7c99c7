package io.brama.spring.annotation;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;

import io.brama.policy.ErrorPolicy;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.ProxyMethodInvocation;
import org.springframework.core.CoroutinesUtils;
import org.springframework.core.KotlinDetector;
import org.springframework.util.ReflectionUtils;

/**
 * A method that answers for a guarded one, on the same object. It takes the same
 * arguments and, if it wants, the exception.
 */
final class FallbackMethod {

	private final Method method;

	private final @Nullable Class<?> exceptionType;

	private final int arguments;

	private final boolean suspending;

	/**
	 * Create it.
	 * @param exceptionType what it can answer for, or {@code null} if it does not want to
	 * know the exception
	 * @param arguments how many arguments it shares with the guarded method
	 */
	FallbackMethod(Method method, @Nullable Class<?> exceptionType, int arguments) {
		this.method = method;
		this.exceptionType = exceptionType;
		this.arguments = arguments;
		this.suspending = KotlinDetector.isSuspendingFunction(method);
		ReflectionUtils.makeAccessible(method);
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
	 * @throws Throwable what it throws itself
	 */
	@Nullable Object answer(MethodInvocation invocation, @Nullable Throwable error) throws Throwable {
		@Nullable Object[] args = Arrays.copyOf(invocation.getArguments(),
				this.arguments + ((this.exceptionType != null) ? 1 : 0));
		if (this.exceptionType != null && error != null) {
			args[this.arguments] = ErrorPolicy.unwrap(error);
		}
		Object target = invocation.getThis();
		if (target == null) {
			target = ((ProxyMethodInvocation) invocation).getProxy();
		}
		return this.suspending ? CoroutinesUtils.invokeSuspendingFunction(this.method, target, args)
				: answer(target, args);
	}

	private @Nullable Object answer(Object target, @Nullable Object[] args) throws Throwable {
		try {
			return this.method.invoke(target, args);
		}
		catch (InvocationTargetException ex) {
			throw ex.getTargetException();
		}
	}

}
