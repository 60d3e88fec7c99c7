package io.brama.spring.annotation;

import java.util.Objects;

import io.brama.CircuitOpenException;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

import org.springframework.aop.ProxyMethodInvocation;
import org.springframework.aop.interceptor.ExposeInvocationInterceptor;
import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;

/**
 * The guarded call of a method that returns a publisher: each subscription asks for
 * leave, runs the method and reports one outcome, before the subscriber sees the end.
 */
final class ReactiveCall {

	private static final ReactiveAdapterRegistry ADAPTERS = ReactiveAdapterRegistry.getSharedInstance();

	private final MethodInvocation invocation;

	private final Guard guard;

	private final ContextView context;

	private ReactiveCall(MethodInvocation invocation, Guard guard, ContextView context) {
		this.invocation = invocation;
		this.guard = guard;
		this.context = context;
	}

	static Mono<Object> mono(MethodInvocation invocation, Guard guard) {
		return Mono.deferContextual(
				(context) -> Mono.fromDirect(new ReactiveCall(invocation, guard, context).subscribed(true)));
	}

	static Flux<Object> flux(MethodInvocation invocation, Guard guard) {
		return Flux.deferContextual((context) -> new ReactiveCall(invocation, guard, context).subscribed(false));
	}

	/** Return a type of another library, made of one of Reactor's. */
	static Object adapted(MethodInvocation invocation, Guard guard) {
		ReactiveAdapter adapter = Objects.requireNonNull(ADAPTERS.getAdapter(guard.returnType()),
				"an adapter, there at startup");
		return adapter.fromPublisher(adapter.isMultiValue() ? flux(invocation, guard) : mono(invocation, guard));
	}

	/** Begin the call of one subscription. */
	private Publisher<Object> subscribed(boolean single) {
		GuardedCall call;
		try {
			call = GuardedCall.begin(this.guard.connection().circuit(this.invocation), this.guard, enclosing());
		}
		catch (CircuitOpenException ex) {
			return answerOrError(this.guard.fallbackFor(ex), ex);
		}
		catch (RuntimeException ex) {
			return Mono.error(ex); // the circuit cannot be told from the arguments
		}
		try {
			Publisher<Object> publisher = reportingThrown(inContext(proceed(call), call), call);
			return single ? watched(Mono.fromDirect(publisher), call) : watched(Flux.from(publisher), call);
		}
		catch (Throwable ex) {
			return answerOrError(call.failed(ex), ex);
		}
	}

	/** The observed call that encloses this one, if there is one. */
	private @Nullable Object enclosing() {
		return this.context.getOrDefault(this.guard.observer().contextKey(), null);
	}

	/** Let what the publisher calls find this call around it. */
	private Publisher<Object> inContext(Publisher<Object> publisher, GuardedCall call) {
		Object value = call.contextValue();
		return (value != null)
				? Flux.from(publisher).contextWrite((context) -> context.put(this.guard.observer().contextKey(), value))
				: publisher;
	}

	private Mono<Object> watched(Mono<Object> publisher, GuardedCall call) {
		Mono<Object> answered = (this.guard.fallbackForResult() != null)
				? publisher.flatMap((result) -> Mono.from(answerOr(call.returned(result), Mono.just(result))))
					.switchIfEmpty(Mono.defer(() -> Mono.from(answerOr(call.returned(null), Mono.empty()))))
				: publisher.doOnSuccess(call::returned);
		return answered.onErrorResume((error) -> Mono.from(answerOrError(call.failed(error), error)))
			.doOnCancel(call::abandon);
	}

	private Flux<Object> watched(Flux<Object> publisher, GuardedCall call) {
		return publisher.doOnComplete(() -> call.returned(null))
			.onErrorResume((error) -> answerOrError(call.failed(error), error))
			.doOnCancel(call::abandon);
	}

	/**
	 * Run the method; a second subscription runs it again. The proxy has returned by now,
	 * so the invocation is exposed anew for advice further in that asks for it.
	 */
	private Publisher<Object> proceed(GuardedCall call) throws Throwable {
		MethodInvocation once = ((ProxyMethodInvocation) this.invocation).invocableClone();
		Object returned = call.run(once, ExposeInvocationInterceptor.INSTANCE::invoke);
		if (returned == null) {
			throw this.guard.returnedNull();
		}
		return publisher(returned);
	}

	@SuppressWarnings("unchecked")
	private static Publisher<Object> publisher(Object returned) {
		if (returned instanceof Publisher<?> publisher) {
			return (Publisher<Object>) publisher;
		}
		ReactiveAdapter adapter = ADAPTERS.getAdapter(null, returned);
		return (adapter != null) ? adapter.toPublisher(returned) : Mono.just(returned);
	}

	private Publisher<Object> answerOrError(@Nullable FallbackMethod fallback, Throwable error) {
		return (fallback != null) ? answer(fallback, error) : Mono.error(error);
	}

	private Publisher<Object> answerOr(@Nullable FallbackMethod fallback, Publisher<Object> result) {
		return (fallback != null) ? answer(fallback, null) : result;
	}

	private Publisher<Object> answer(FallbackMethod fallback, @Nullable Throwable error) {
		try {
			Object answer = fallback.answer(this.invocation, error);
			return (answer != null) ? publisher(answer) : Mono.empty();
		}
		catch (Throwable ex) {
			return Mono.error(ex);
		}
	}

	/**
	 * Report what Reactor throws at the subscriber instead of signalling it: errors of
	 * the JVM.
	 */
	private static Publisher<Object> reportingThrown(Publisher<Object> publisher, GuardedCall call) {
		return (subscriber) -> {
			try {
				publisher.subscribe(subscriber);
			}
			catch (Throwable ex) {
				call.failed(ex);
				throw ex;
			}
		};
	}

}
