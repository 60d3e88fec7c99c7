package io.brama.spring.annotation;

import java.lang.reflect.Method;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;

import org.springframework.core.KotlinDetector;
import org.springframework.core.MethodParameter;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

/**
 * What a fallback of a method may return: the same, or for a method that is done later,
 * its value at once.
 */
final class FallbackReturn {

	private final Class<?> targetClass;

	private final Shape shape;

	private final ResolvableType expected;

	private final ResolvableType value;

	FallbackReturn(Method method, Class<?> targetClass, Shape shape) {
		this.targetClass = targetClass;
		this.shape = shape;
		this.expected = returned(method, targetClass);
		this.value = (shape == Shape.MONO && KotlinDetector.isSuspendingFunction(method)) ? this.expected
				: this.expected.getGeneric(0);
	}

	/** Whether a method returns what it should; only a publisher can wait for Kotlin. */
	boolean fits(Method candidate) {
		if (KotlinDetector.isSuspendingFunction(candidate) && !this.shape.isPublisher()) {
			return false;
		}
		ResolvableType actual = returned(candidate, this.targetClass);
		if (isVoid(this.expected)) {
			return true;
		}
		return (this.shape == Shape.PLAIN) ? isAssignable(this.expected, actual)
				: isWrapper(actual.toClass()) ? isAssignable(this.value, actual.getGeneric(0)) : isValue(actual);
	}

	/** Whether a method that fits returns a future or publisher, and not the value. */
	boolean isPromised(Method candidate) {
		return isWrapper(returned(candidate, this.targetClass).toClass());
	}

	private boolean isWrapper(Class<?> type) {
		return switch (this.shape) {
			case PLAIN -> false;
			case STAGE -> CompletionStage.class.isAssignableFrom(type);
			case FUTURE -> Future.class.isAssignableFrom(type) || CompletionStage.class.isAssignableFrom(type);
			case MONO, FLUX, ADAPTED -> ReactiveAdapterRegistry.getSharedInstance().getAdapter(type) != null;
		};
	}

	private boolean isValue(ResolvableType actual) {
		if (isVoid(this.value)) {
			return isVoid(actual);
		}
		Class<?> type = this.value.resolve();
		return (type != null && actual.toClass().isPrimitive()) ? ClassUtils.isAssignable(type, actual.toClass())
				: isAssignable(this.value, actual);
	}

	/** As the compiler sees it, as far as type variables are known. */
	private static boolean isAssignable(ResolvableType expected, ResolvableType actual) {
		Class<?> type = expected.resolve();
		if (type == null || actual.resolve() == null) {
			return true;
		}
		return type.isAssignableFrom(actual.toClass()) && (expected.hasUnresolvableGenerics()
				|| actual.hasUnresolvableGenerics() || expected.isAssignableFrom(actual));
	}

	private static boolean isVoid(ResolvableType type) {
		Class<?> resolved = type.resolve();
		return resolved == void.class || resolved == Void.class
				|| (resolved != null && resolved.getName().equals("kotlin.Unit"));
	}

	/** A suspending function says what it returns only to those who know Kotlin. */
	private static ResolvableType returned(Method method, Class<?> targetClass) {
		return (KotlinDetector.isSuspendingFunction(method) && KotlinDetector.isKotlinReflectPresent())
				? ResolvableType.forClass(new MethodParameter(method, -1).getParameterType())
				: ResolvableType.forMethodReturnType(method, targetClass);
	}

	String words(String name, String arguments) {
		return words(this.expected) + " " + name + "(" + arguments + ")";
	}

	static String words(Method method, Class<?> targetClass) {
		return words(returned(method, targetClass));
	}

	/** The name of a type as it stands in a source, without packages. */
	private static String words(ResolvableType type) {
		String name = type.toClass().getSimpleName();
		if (!type.hasGenerics() || type.hasUnresolvableGenerics()) {
			return name;
		}
		StringBuilder generics = new StringBuilder();
		for (ResolvableType generic : type.getGenerics()) {
			generics.append(generics.isEmpty() ? "" : ", ").append(words(generic));
		}
		return name + "<" + generics + ">";
	}

}
