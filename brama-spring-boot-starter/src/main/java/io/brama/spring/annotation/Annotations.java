package io.brama.spring.annotation;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Map;

import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.util.ClassUtils;
import org.springframework.util.ConcurrentReferenceHashMap;

/**
 * The annotations that count for the methods of a class.
 */
final class Annotations {

	/** Several look at the same classes at startup, and at each bean of a prototype. */
	private static final Map<Class<?>, Map<Method, CircuitBreaker>> FOUND = new ConcurrentReferenceHashMap<>();

	private Annotations() {
	}

	/**
	 * Find them.
	 * @param beanType a class, or a proxy of it
	 * @return by method; those that cannot be guarded are left out
	 */
	static Map<Method, CircuitBreaker> of(Class<?> beanType) {
		return FOUND.computeIfAbsent(ClassUtils.getUserClass(beanType), Annotations::search);
	}

	private static Map<Method, CircuitBreaker> search(Class<?> type) {
		return AnnotationUtils.isCandidateClass(type, CircuitBreaker.class) ? MethodIntrospector.selectMethods(type,
				(MethodIntrospector.MetadataLookup<CircuitBreaker>) (method) -> isGuardable(method)
						? GuardedMethods.annotationOf(method, type) : null)
				: Map.of();
	}

	/** Proxies have no say in private and static methods. */
	static boolean isGuardable(Method method) {
		return !Modifier.isPrivate(method.getModifiers()) && !Modifier.isStatic(method.getModifiers());
	}

}
