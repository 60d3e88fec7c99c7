package io.brama.spring.annotation;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import io.brama.Brama;
import io.brama.spring.annotation.Guard.Shape;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.core.MethodClassKey;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ReflectionUtils;
import org.springframework.util.StringUtils;

/**
 * Knows which methods are guarded, and by what. The annotation of a method is looked for
 * on the method, the methods it overrides or implements, its class, and the supertypes of
 * that, in this order; each guard is worked out once.
 */
class GuardedMethods {

	private final Map<MethodClassKey, Guard> guards = new ConcurrentHashMap<>();

	private final ConfigurableBeanFactory beanFactory;

	private final ErrorHandlers handlers;

	private final Supplier<Brama> brama;

	/**
	 * Create the knowledge of one application context.
	 * @param beanFactory resolves placeholders
	 * @param handlers provides error handlers
	 * @param brama holds the circuits; asked for with the first guard
	 */
	GuardedMethods(ConfigurableBeanFactory beanFactory, ErrorHandlers handlers, Supplier<Brama> brama) {
		this.beanFactory = beanFactory;
		this.handlers = handlers;
		this.brama = brama;
	}

	/** Find the annotation that counts for a method called on a class. */
	static @Nullable CircuitBreaker annotationOf(Method method, Class<?> targetClass) {
		if (method.getDeclaringClass() == Object.class || ReflectionUtils.isObjectMethod(method)) {
			return null;
		}
		Method specific = AopUtils.getMostSpecificMethod(method, targetClass);
		CircuitBreaker found = AnnotatedElementUtils.findMergedAnnotation(specific, CircuitBreaker.class);
		if (found == null && !specific.equals(method)) {
			found = AnnotatedElementUtils.findMergedAnnotation(method, CircuitBreaker.class);
		}
		if (found == null) {
			found = AnnotatedElementUtils.findMergedAnnotation(specific.getDeclaringClass(), CircuitBreaker.class);
		}
		if (found == null) {
			found = AnnotatedElementUtils.findMergedAnnotation(targetClass, CircuitBreaker.class);
		}
		return found;
	}

	/**
	 * Return the guard of a method, whose circuit is registered with it.
	 * @throws IllegalStateException if its annotation makes no sense
	 */
	Guard guardOf(Method method, Class<?> targetClass) {
		MethodClassKey key = new MethodClassKey(method, targetClass);
		Guard known = this.guards.get(key);
		if (known != null) {
			return known;
		}
		Guard guard = create(method, targetClass);
		Guard earlier = this.guards.putIfAbsent(key, guard);
		return (earlier != null) ? earlier : guard;
	}

	private Guard create(Method method, Class<?> targetClass) {
		CircuitBreaker annotation = annotationOf(method, targetClass);
		if (annotation == null) {
			throw new IllegalStateException("Method " + name(method) + " has no @CircuitBreaker");
		}
		String identifier = resolve(annotation.identifier(), "identifier", method);
		String scope = resolve(annotation.scope(), "scope", method);
		String type = resolve(annotation.type(), "type", method);
		try {
			return new Guard(this.brama.get().register(identifier, (options) -> {
				if (StringUtils.hasText(scope)) {
					options.scope(scope);
				}
				if (StringUtils.hasText(type)) {
					options.type(type);
				}
			}), this.handlers.get(annotation.errorHandler()),
					shapeOf(AopUtils.getMostSpecificMethod(method, targetClass)));
		}
		catch (IllegalArgumentException ex) {
			throw new MisusedCircuitBreakerException(method, ex.getMessage(), "Mend the attributes of the annotation.",
					ex);
		}
	}

	private String resolve(String value, String attribute, Method method) {
		if (value.contains("#{")) {
			throw new MisusedCircuitBreakerException(method,
					"its %s '%s' is an expression, and expressions are not evaluated here".formatted(attribute, value),
					"Write a constant or a ${…} placeholder.", null);
		}
		try {
			String resolved = this.beanFactory.resolveEmbeddedValue(value);
			return (resolved != null) ? resolved : "";
		}
		catch (IllegalArgumentException ex) {
			throw new MisusedCircuitBreakerException(method,
					"its %s '%s' cannot be resolved: %s".formatted(attribute, value, ex.getMessage()),
					"Set the property, or give the placeholder a default.", ex);
		}
	}

	/**
	 * The method that runs tells: one of a generic interface only says {@code Object}.
	 */
	private static Shape shapeOf(Method specific) {
		Class<?> returnType = specific.getReturnType();
		if (returnType == CompletionStage.class || returnType == CompletableFuture.class) {
			return Shape.STAGE;
		}
		return switch (returnType.getName()) {
			case "reactor.core.publisher.Mono" -> Shape.MONO;
			case "reactor.core.publisher.Flux" -> Shape.FLUX;
			default -> Shape.PLAIN;
		};
	}

	static String name(Method method) {
		return method.getDeclaringClass().getName() + "." + method.getName() + "()";
	}

}
