package io.brama.spring.annotation;

import java.lang.reflect.Method;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import org.springframework.core.KotlinDetector;
import org.springframework.core.MethodParameter;
import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

/**
 * What kind of call a method is, by its return type: when it begins and when it is done.
 * <p>
 * Maintainers: other libraries' types appear by name only, so that nothing is loaded that
 * is not there.
 */
enum Shape {

	/** Done when the method returns. */
	PLAIN("result"),

	/** Done when the stage completes. */
	STAGE("CompletionStage"),

	/** Done when the future is, which shows when somebody asks it. */
	FUTURE("Future"),

	/** Done when the {@code Mono} completes; begun by each subscription. */
	MONO("publisher"),

	/** Done when the {@code Flux} completes; begun by each subscription. */
	FLUX("publisher"),

	/** As one of these two, of another library that Spring's adapters know. */
	ADAPTED("publisher");

	private static final ClassLoader LOADER = Shape.class.getClassLoader();

	private static final boolean REACTOR = ClassUtils.isPresent("reactor.core.publisher.Flux", LOADER);

	private static final boolean COROUTINES = REACTOR
			&& ClassUtils.isPresent("kotlinx.coroutines.reactor.MonoKt", LOADER);

	/** Where calls of which nobody can tell the end are done later. */
	private static final List<Class<?>> ASYNCHRONOUS = Stream
		.of("java.util.concurrent.Future", "java.util.concurrent.CompletionStage",
				"java.util.concurrent.Flow$Publisher", "org.reactivestreams.Publisher",
				"io.reactivex.rxjava3.core.Observable", "io.reactivex.rxjava3.core.Single",
				"io.reactivex.rxjava3.core.Maybe", "io.reactivex.rxjava3.core.Completable",
				"kotlinx.coroutines.flow.Flow", "kotlinx.coroutines.Deferred")
		.filter((name) -> ClassUtils.isPresent(name, LOADER))
		.<Class<?>>map((name) -> ClassUtils.resolveClassName(name, LOADER))
		.toList();

	private final String promise;

	Shape(String promise) {
		this.promise = promise;
	}

	/**
	 * The method that runs tells: one of a generic interface only says {@code Object}.
	 */
	static Shape of(Method specific, Class<?> targetClass) {
		if (KotlinDetector.isSuspendingFunction(specific)) {
			return suspending(specific);
		}
		Class<?> type = ResolvableType.forMethodReturnType(specific, targetClass).toClass();
		if (type == CompletionStage.class || type == CompletableFuture.class) {
			return STAGE;
		}
		if (type == Future.class) {
			return FUTURE;
		}
		return switch (type.getName()) {
			case "reactor.core.publisher.Mono" -> MONO;
			case "reactor.core.publisher.Flux" -> FLUX;
			default -> isAdapted(type) ? ADAPTED : PLAIN;
		};
	}

	/** Spring hands a suspending function to its advice as what Reactor makes of it. */
	private static Shape suspending(Method specific) {
		if (!COROUTINES) {
			return PLAIN;
		}
		boolean flow = new MethodParameter(specific, -1).getParameterType()
			.getName()
			.equals("kotlinx.coroutines.flow.Flow");
		return flow ? FLUX : MONO;
	}

	private static boolean isAdapted(Class<?> type) {
		if (!REACTOR || Future.class.isAssignableFrom(type)) {
			return false;
		}
		ReactiveAdapter adapter = ReactiveAdapterRegistry.getSharedInstance().getAdapter(type);
		return adapter != null && type.isAssignableFrom(adapter.getReactiveType());
	}

	/** Whether a method is done later than it returns, and nobody can tell when. */
	boolean isBlind(Method specific, Class<?> targetClass) {
		return this == PLAIN && (KotlinDetector.isSuspendingFunction(specific)
				|| isAsynchronous(ResolvableType.forMethodReturnType(specific, targetClass).toClass()));
	}

	private static boolean isAsynchronous(Class<?> type) {
		return ASYNCHRONOUS.stream().anyMatch((kind) -> kind.isAssignableFrom(type));
	}

	/** Whether each subscription begins the call. */
	boolean isPublisher() {
		return this == MONO || this == FLUX || this == ADAPTED;
	}

	/** What a method of this shape must return. */
	String promise() {
		return this.promise;
	}

}
