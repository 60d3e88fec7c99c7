package io.brama.spring.annotation;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.util.ClassUtils;
import org.springframework.util.ConcurrentReferenceHashMap;
import org.springframework.util.ReflectionUtils;

/**
 * The annotations that count for the methods of a class.
 * <p>
 * Maintainers: every class of an application comes by at startup, several times, and few
 * have the annotation anywhere. To see that takes a look at what is declared, which is
 * much quicker than to search for what counts, and is done once; in plain loops, because
 * nothing is compiled yet. With what {@link Shape} looks up once, and with unknown
 * variables, that takes 30 ms off the start of an application with 500 beans.
 */
final class Annotations {

	/** Several look at the same classes at startup, and at each bean of a prototype. */
	private static final Map<Class<?>, Map<Method, CircuitBreaker>> FOUND = new ConcurrentReferenceHashMap<>();

	/** Whether a class has the annotation somewhere. */
	private static final Map<Class<?>, Boolean> PRESENT = new ConcurrentReferenceHashMap<>();

	/** Whether an annotation carries it. */
	private static final Map<Class<?>, Boolean> MEANT = new ConcurrentReferenceHashMap<>();

	private Annotations() {
	}

	/**
	 * Find them.
	 * @param beanType a class, or a proxy of it
	 * @return by method; those that cannot be guarded are left out
	 */
	static Map<Method, CircuitBreaker> of(Class<?> beanType) {
		Class<?> type = ClassUtils.getUserClass(beanType);
		return areIn(type) ? FOUND.computeIfAbsent(type, Annotations::search) : Map.of();
	}

	private static Map<Method, CircuitBreaker> search(Class<?> type) {
		return MethodIntrospector.selectMethods(type,
				(MethodIntrospector.MetadataLookup<CircuitBreaker>) (method) -> isGuardable(method)
						? GuardedMethods.annotationOf(method, type) : null);
	}

	/**
	 * Tell whether the annotation stands anywhere in a class, its superclasses and
	 * interfaces, even where it has no effect.
	 * @param type the class
	 */
	static boolean areIn(@Nullable Class<?> type) {
		if (type == null || type == Object.class) {
			return false;
		}
		Boolean known = PRESENT.get(type);
		if (known == null) {
			known = mayBeDeclaredIn(type) || areIn(type.getSuperclass()) || areInAny(type.getInterfaces());
			PRESENT.put(type, known);
		}
		return known;
	}

	private static boolean areInAny(Class<?>[] types) {
		for (Class<?> type : types) {
			if (areIn(type)) {
				return true;
			}
		}
		return false;
	}

	/** What cannot be read is left to the search, which says so or passes over it. */
	private static boolean mayBeDeclaredIn(Class<?> type) {
		try {
			return AnnotationUtils.isCandidateClass(type, CircuitBreaker.class)
					&& (isOn(type) || isOnAny(ReflectionUtils.getDeclaredMethods(type)));
		}
		catch (Throwable ex) {
			return true;
		}
	}

	private static boolean isOnAny(Method[] methods) {
		for (Method method : methods) {
			if (isOn(method)) {
				return true;
			}
		}
		return false;
	}

	private static boolean isOn(AnnotatedElement element) {
		for (Annotation annotation : element.getDeclaredAnnotations()) {
			if (means(annotation.annotationType())) {
				return true;
			}
		}
		return false;
	}

	/** Whether an annotation is the one, or carries it. */
	private static boolean means(Class<? extends Annotation> type) {
		return type == CircuitBreaker.class
				|| MEANT.computeIfAbsent(type, (key) -> AnnotatedElementUtils.isAnnotated(type, CircuitBreaker.class));
	}

	/** Proxies have no say in private and static methods. */
	static boolean isGuardable(Method method) {
		return !Modifier.isPrivate(method.getModifiers()) && !Modifier.isStatic(method.getModifiers());
	}

}
