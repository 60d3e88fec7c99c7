package io.brama.spring.annotation;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.core.KotlinDetector;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * The search for the fallback methods of a guarded method, at startup: those by the name
 * in the annotation, in the class, its superclasses, and as default methods of its
 * interfaces.
 */
final class FallbackSearch {

	private final Method method;

	private final Class<?> targetClass;

	private final Shape shape;

	private final String name;

	private final FallbackReturn result;

	private FallbackSearch(Method method, Class<?> targetClass, Shape shape, String name) {
		this.method = method;
		this.targetClass = targetClass;
		this.shape = shape;
		this.name = name;
		this.result = new FallbackReturn(method, targetClass, shape);
	}

	/**
	 * Find the fallback of a method.
	 * @return the fallback, or {@code null} if the annotation names none
	 * @throws MisusedCircuitBreakerException if no method fits, or several are alike
	 */
	static @Nullable Fallback find(CircuitBreaker annotation, Method method, Class<?> targetClass, Shape shape) {
		List<Class<? extends Throwable>> on = List.of(annotation.fallbackOn());
		if (annotation.fallback().isEmpty()) {
			if (!on.isEmpty()) {
				throw new MisusedCircuitBreakerException(method, "it has a fallbackOn and no fallback",
						"Name a method in 'fallback', or remove 'fallbackOn'.", null);
			}
			return null;
		}
		FallbackSearch search = new FallbackSearch(method, targetClass, shape, annotation.fallback());
		List<FallbackMethod> found = search.fitting();
		on.forEach((type) -> search.requireAnswer(found, type));
		return new Fallback(found, on);
	}

	private List<FallbackMethod> fitting() {
		List<Method> named = named();
		Map<Object, FallbackMethod> fitting = new LinkedHashMap<>();
		for (Method candidate : named) {
			if (fits(candidate)) {
				Class<?> exceptionType = exceptionType(candidate);
				FallbackMethod found = new FallbackMethod(candidate, exceptionType, arguments(this.method).size(),
						this.result.isPromised(candidate));
				FallbackMethod earlier = fitting
					.putIfAbsent((exceptionType != null) ? exceptionType : FallbackMethod.class, found);
				requireOverridden(earlier, candidate);
				requireDeclared(candidate);
			}
		}
		if (fitting.isEmpty()) {
			throw noneFits(named);
		}
		return List.copyOf(fitting.values());
	}

	private List<Method> named() {
		List<Method> methods = new ArrayList<>();
		if (!this.targetClass.isInterface()) {
			methods.addAll(List.of(ReflectionUtils.getAllDeclaredMethods(this.targetClass)));
		}
		ClassUtils.getAllInterfacesForClassAsSet(this.targetClass)
			.forEach((type) -> Stream.of(type.getMethods()).filter(Method::isDefault).forEach(methods::add));
		return methods.stream()
			.filter((candidate) -> candidate.getName().equals(this.name) && !candidate.isBridge()
					&& !candidate.equals(this.method) && !Modifier.isAbstract(candidate.getModifiers())
					&& !Proxy.isProxyClass(candidate.getDeclaringClass()))
			.distinct()
			.toList();
	}

	private boolean fits(Method candidate) {
		List<Class<?>> expected = arguments(this.method);
		List<Class<?>> actual = arguments(candidate);
		boolean plain = actual.equals(expected);
		boolean asking = actual.size() == expected.size() + 1 && actual.subList(0, expected.size()).equals(expected)
				&& Throwable.class.isAssignableFrom(actual.get(expected.size()));
		return (plain || asking) && this.result.fits(candidate);
	}

	private @Nullable Class<?> exceptionType(Method candidate) {
		List<Class<?>> arguments = arguments(candidate);
		int count = arguments(this.method).size();
		return (arguments.size() > count) ? arguments.get(count) : null;
	}

	/** What a method takes, type variables resolved; without Kotlin's continuation. */
	private List<Class<?>> arguments(Method method) {
		List<Class<?>> types = new ArrayList<>();
		int count = method.getParameterCount() - (KotlinDetector.isSuspendingFunction(method) ? 1 : 0);
		for (int i = 0; i < count; i++) {
			types.add(ResolvableType.forMethodParameter(method, i, this.targetClass).toClass());
		}
		return types;
	}

	/** The first one found is of the most specific class; another one there is alike. */
	private void requireOverridden(@Nullable FallbackMethod earlier, Method candidate) {
		if (earlier != null && earlier.method().getDeclaringClass() == candidate.getDeclaringClass()) {
			throw new MisusedCircuitBreakerException(this.method, "its fallbacks %s and %s take the same arguments"
				.formatted(words(earlier.method()), words(candidate)), "Rename or remove one of them.", null);
		}
	}

	/** A proxy would wrap a checked exception that the method may not throw. */
	private void requireDeclared(Method candidate) {
		for (Class<?> type : candidate.getExceptionTypes()) {
			if (this.shape == Shape.PLAIN && !ReflectionUtils.declaresException(this.method, type)
					&& Exception.class.isAssignableFrom(type) && !RuntimeException.class.isAssignableFrom(type)) {
				throw new MisusedCircuitBreakerException(this.method,
						"its fallback %s throws %s, which the method does not declare".formatted(words(candidate),
								type.getSimpleName()),
						"Declare 'throws %s' on the method, or catch it.".formatted(type.getSimpleName()), null);
			}
		}
	}

	private void requireAnswer(List<FallbackMethod> found, Class<?> type) {
		boolean answered = found.stream()
			.map(FallbackMethod::exceptionType)
			.anyMatch((taken) -> taken == null || taken.isAssignableFrom(type) || type.isAssignableFrom(taken));
		if (!answered) {
			throw new MisusedCircuitBreakerException(this.method,
					"its fallbackOn names %s, and no fallback takes that".formatted(type.getSimpleName()),
					"Add %s, or remove the type.".formatted(this.result.words(this.name, names(type))), null);
		}
	}

	private MisusedCircuitBreakerException noneFits(List<Method> found) {
		String others = found.isEmpty() ? "there is no other method of that name"
				: "there is " + found.stream().map(this::words).collect(Collectors.joining(", "));
		return new MisusedCircuitBreakerException(this.method,
				"its fallback '%s' fits no method; %s".formatted(this.name, others),
				"Declare %s or %s in %s; instead of Throwable it may take any other exception type.".formatted(
						this.result.words(this.name, names(null)), this.result.words(this.name, names(Throwable.class)),
						this.targetClass.getName()),
				null);
	}

	private String names(@Nullable Class<?> exceptionType) {
		return Stream.concat(arguments(this.method).stream(), Stream.ofNullable(exceptionType))
			.map(Class::getSimpleName)
			.collect(Collectors.joining(", "));
	}

	private String words(Method candidate) {
		return FallbackReturn.words(candidate, this.targetClass) + " " + candidate.getName()
				+ arguments(candidate).stream().map(Class::getSimpleName).collect(Collectors.joining(", ", "(", ")"));
	}

}
