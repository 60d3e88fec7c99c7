package io.brama.spring.annotation;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.aop.support.AopUtils;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.util.ClassUtils;
import org.springframework.util.ConcurrentReferenceHashMap;
import org.springframework.util.ReflectionUtils;

/**
 * The search for the annotation that counts for a method of a bean, in this order: on the
 * method and those it overrides; on the interface methods it implements, even for a class
 * that does not know them; on the class of the bean, then the one that declares it, each
 * before its superclasses; on the interfaces that declare it.
 */
final class AnnotationSearch {

	/** The interfaces of a class that have the annotation somewhere; few classes do. */
	private static final Map<Class<?>, List<Class<?>>> INTERFACES = new ConcurrentReferenceHashMap<>();

	private final Method specific;

	private final Class<?> targetClass;

	private AnnotationSearch(Method specific, Class<?> targetClass) {
		this.specific = specific;
		this.targetClass = targetClass;
	}

	/**
	 * Find the annotation that counts for a method called on a class, if there is one.
	 */
	static @Nullable CircuitBreaker find(Method method, Class<?> targetClass) {
		if (method.getDeclaringClass() == Object.class || ReflectionUtils.isObjectMethod(method)) {
			return null;
		}
		Method specific = mostSpecific(method, targetClass);
		CircuitBreaker found = on(specific);
		if (found == null && !specific.equals(method)) {
			found = on(method);
		}
		return (found != null) ? found : new AnnotationSearch(specific, targetClass).further();
	}

	/**
	 * The method that runs. The methods of a JDK proxy say less than those of its
	 * interfaces.
	 */
	static Method mostSpecific(Method method, Class<?> targetClass) {
		return Proxy.isProxyClass(targetClass) ? method : AopUtils.getMostSpecificMethod(method, targetClass);
	}

	private @Nullable CircuitBreaker further() {
		CircuitBreaker found = onInterfaceMethods();
		if (found == null) {
			found = onClass(this.targetClass);
		}
		if (found == null) {
			found = onClass(this.specific.getDeclaringClass());
		}
		return (found != null) ? found : first(annotatedInterfaces(), this::onInterface);
	}

	private @Nullable CircuitBreaker onInterfaceMethods() {
		return first(annotatedInterfaces(),
				(type) -> first(Stream.of(type.getMethods()).filter(this::isImplemented).toList(),
						AnnotationSearch::on));
	}

	/** Search an interface if it has the method, and before its parents. */
	private @Nullable CircuitBreaker onInterface(Class<?> type) {
		if (Stream.of(type.getMethods()).noneMatch(this::isImplemented)) {
			return null;
		}
		CircuitBreaker found = onClass(type);
		if (found == null) {
			found = first(Arrays.asList(type.getInterfaces()), this::onInterface);
		}
		boolean declared = Stream.of(type.getDeclaredMethods()).anyMatch(this::isImplemented);
		return (found == null && declared) ? AnnotatedElementUtils.findMergedAnnotation(type, CircuitBreaker.class)
				: found;
	}

	/** Whether the method that runs implements this one of an interface. */
	private boolean isImplemented(Method method) {
		if (!method.getName().equals(this.specific.getName())
				|| method.getParameterCount() != this.specific.getParameterCount()) {
			return false;
		}
		return Arrays.equals(method.getParameterTypes(), this.specific.getParameterTypes())
				|| mostSpecific(method, this.targetClass).equals(this.specific);
	}

	private List<Class<?>> annotatedInterfaces() {
		return INTERFACES.computeIfAbsent(this.targetClass, AnnotationSearch::annotatedInterfacesOf);
	}

	private static List<Class<?>> annotatedInterfacesOf(Class<?> type) {
		return ClassUtils.getAllInterfacesForClassAsSet(type).stream().filter(AnnotationSearch::isAnnotated).toList();
	}

	private static boolean isAnnotated(Class<?> type) {
		return AnnotatedElementUtils.hasAnnotation(type, CircuitBreaker.class)
				|| Stream.of(type.getMethods()).anyMatch((method) -> on(method) != null);
	}

	private static @Nullable CircuitBreaker on(Method method) {
		return AnnotatedElementUtils.findMergedAnnotation(method, CircuitBreaker.class);
	}

	private static @Nullable CircuitBreaker onClass(Class<?> type) {
		return MergedAnnotations.from(type, SearchStrategy.SUPERCLASS)
			.get(CircuitBreaker.class)
			.synthesize(MergedAnnotation::isPresent)
			.orElse(null);
	}

	private static <T> @Nullable CircuitBreaker first(List<T> places, Function<T, @Nullable CircuitBreaker> search) {
		return places.stream().map(search).filter(Objects::nonNull).findFirst().orElse(null);
	}

}
