package io.brama.spring.annotation;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.brama.Brama;
import io.brama.Circuit;
import io.brama.ConnectionId;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.expression.BeanFactoryResolver;
import org.springframework.core.KotlinDetector;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

/**
 * Knows which methods are guarded, and works out by what.
 */
class GuardedMethods {

	private static final Log logger = LogFactory.getLog(GuardedMethods.class);

	private final ConfigurableListableBeanFactory beanFactory;

	private final ErrorHandlers handlers;

	private final Supplier<Brama> brama;

	/** The methods whose calls all pass the same circuit, by their connection. */
	private final Map<ConnectionId, Set<String>> names = new ConcurrentHashMap<>();

	private final Supplier<CallObserver> observer;

	/**
	 * Create the knowledge of one application context.
	 * @param beanFactory resolves placeholders, and knows the beans of expressions
	 * @param handlers provides error handlers
	 * @param brama holds the circuits; asked for with the first guard
	 * @param observer is told of calls; asked for likewise
	 */
	GuardedMethods(ConfigurableListableBeanFactory beanFactory, ErrorHandlers handlers, Supplier<Brama> brama,
			Supplier<CallObserver> observer) {
		this.beanFactory = beanFactory;
		this.handlers = handlers;
		this.brama = brama;
		this.observer = observer;
	}

	/** Find the annotation that counts for a method called on a class. */
	static @Nullable CircuitBreaker annotationOf(Method method, Class<?> targetClass) {
		return AnnotationSearch.find(method, targetClass);
	}

	/** Register the circuit of a method, if it is the same for all calls. */
	void announce(Method method, Class<?> targetClass) {
		try {
			connection(required(method, targetClass), AnnotationSearch.mostSpecific(method, targetClass));
		}
		catch (IllegalArgumentException ex) {
			throw misused(method, ex);
		}
	}

	private static CircuitBreaker required(Method method, Class<?> targetClass) {
		CircuitBreaker annotation = annotationOf(method, targetClass);
		if (annotation == null) {
			throw new IllegalStateException("Method " + name(method) + " has no @CircuitBreaker");
		}
		return annotation;
	}

	/**
	 * Work out the guard of a method. A circuit that is the same for all calls is
	 * registered with it.
	 * @throws IllegalStateException if its annotation makes no sense
	 */
	Guard guard(Method method, Class<?> rawClass) {
		Class<?> targetClass = ClassUtils.getUserClass(rawClass);
		CircuitBreaker annotation = required(method, targetClass);
		Method specific = AnnotationSearch.mostSpecific(method, targetClass);
		Shape shape = Shape.of(specific, targetClass);
		if (shape.isBlind(specific, targetClass)) {
			warnOfBlindness(specific);
		}
		Fallback fallback = FallbackSearch.find(annotation, specific, targetClass, shape);
		try {
			return Guard
				.of(method, specific, rawClass, ResolvableType.forMethodReturnType(specific, targetClass).toClass(),
						connection(annotation, specific), this.handlers.get(annotation), shape, fallback)
				.observedBy(this.observer.get());
		}
		catch (IllegalArgumentException ex) {
			throw misused(method, ex);
		}
	}

	private static MisusedCircuitBreakerException misused(Method method, IllegalArgumentException problem) {
		return new MisusedCircuitBreakerException(method, problem.getMessage(),
				"Mend the attributes of the annotation.", problem);
	}

	private Connection connection(CircuitBreaker annotation, Method method) {
		String identifier = resolve(annotation.identifier(), "identifier", method);
		String scope = resolve(annotation.scope(), "scope", method);
		String type = resolve(annotation.type(), "type", method);
		if (Template.isTemplate(identifier) || Template.isTemplate(scope) || Template.isTemplate(type)) {
			return new Connection.Computed(this.brama.get(), template(identifier, "identifier", method),
					StringUtils.hasText(scope) ? template(scope, "scope", method) : null,
					StringUtils.hasText(type) ? template(type, "type", method) : null);
		}
		Circuit circuit = this.brama.get().register(identifier, (options) -> {
			if (StringUtils.hasText(scope)) {
				options.scope(scope);
			}
			if (StringUtils.hasText(type)) {
				options.type(type);
			}
		});
		this.names.computeIfAbsent(circuit.id(), (id) -> new ConcurrentSkipListSet<>()).add(signature(method));
		return new Connection.Constant(circuit);
	}

	/** The methods seen so far that always call a connection, sorted. */
	List<String> callersOf(ConnectionId id) {
		return List.copyOf(this.names.getOrDefault(id, Set.of()));
	}

	private static String signature(Method method) {
		return Arrays.stream(method.getParameterTypes())
			.map(Class::getSimpleName)
			.collect(
					Collectors.joining(", ", method.getDeclaringClass().getName() + "." + method.getName() + "(", ")"));
	}

	private Template template(String source, String attribute, Method method) {
		return Template.of(method, attribute, source, new BeanFactoryResolver(this.beanFactory));
	}

	private String resolve(String value, String attribute, Method method) {
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

	private static void warnOfBlindness(Method method) {
		logger.warn("@CircuitBreaker on method " + name(method) + " counts each call as done when the method returns: "
				+ (KotlinDetector.isSuspendingFunction(method)
						? "without kotlinx-coroutines-reactor and kotlin-reflect nobody tells when a suspending function is done. Add these libraries, or use the io.brama.Circuit in its body."
						: "nobody tells when a " + method.getReturnType().getSimpleName()
								+ " is done. Return a CompletableFuture or, with Reactor on the class path, a publisher such as Flux."));
	}

	static String name(Method method) {
		return method.getDeclaringClass().getName() + "." + method.getName() + "()";
	}

}
