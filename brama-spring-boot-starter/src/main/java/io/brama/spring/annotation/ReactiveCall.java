package io.brama.spring.annotation;

import io.brama.CircuitOpenException;
import io.brama.Permit;
import org.aopalliance.intercept.MethodInvocation;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.aop.ProxyMethodInvocation;
import org.springframework.aop.interceptor.ExposeInvocationInterceptor;

/**
 * The guarded call of a method that returns a Reactor type: each subscription asks for
 * leave, runs the method and reports one outcome, before the subscriber sees the end.
 */
final class ReactiveCall {

	private ReactiveCall() {
	}

	static Mono<Object> mono(MethodInvocation invocation, Guard guard) {
		return Mono
			.defer(() -> ReactiveCall.<Mono<Object>>begun(invocation, guard, Mono::error, (permit, publisher) -> {
				Mono<Object> call = Mono.fromDirect(reportingThrown(publisher, permit, guard));
				return call.doOnSuccess((result) -> permit.settle(result, null, guard.handler()))
					.doOnError((error) -> permit.settle(null, error, guard.handler()))
					.doOnCancel(permit::close);
			}));
	}

	static Flux<Object> flux(MethodInvocation invocation, Guard guard) {
		return Flux
			.defer(() -> ReactiveCall.<Flux<Object>>begun(invocation, guard, Flux::error, (permit, publisher) -> {
				Flux<Object> call = Flux.from(reportingThrown(publisher, permit, guard));
				return call.doOnComplete(() -> permit.settle(null, null, guard.handler()))
					.doOnError((error) -> permit.settle(null, error, guard.handler()))
					.doOnCancel(permit::close);
			}));
	}

	/** Begin one call: with leave, and with a publisher the method has returned. */
	private static <P extends Publisher<Object>> P begun(MethodInvocation invocation, Guard guard, Failed<P> failed,
			Watched<P> watched) {
		Permit permit;
		try {
			permit = guard.circuit().acquire();
		}
		catch (CircuitOpenException ex) {
			return failed.with(ex);
		}
		try {
			return watched.by(permit, proceed(invocation));
		}
		catch (Throwable ex) {
			permit.settle(null, ex, guard.handler());
			return failed.with(ex);
		}
	}

	/**
	 * Run the method; a second subscription runs it again. The proxy has returned by now,
	 * so the invocation is exposed anew for advice further in that asks for it.
	 */
	@SuppressWarnings("unchecked")
	private static Publisher<Object> proceed(MethodInvocation invocation) throws Throwable {
		MethodInvocation once = ((ProxyMethodInvocation) invocation).invocableClone();
		Publisher<Object> publisher = (Publisher<Object>) ExposeInvocationInterceptor.INSTANCE.invoke(once);
		if (publisher == null) {
			throw new IllegalStateException(
					"Method " + GuardedMethods.name(invocation.getMethod()) + " returned null instead of a publisher");
		}
		return publisher;
	}

	/**
	 * Report what Reactor throws at the subscriber instead of signalling it: errors of
	 * the JVM.
	 */
	private static Publisher<Object> reportingThrown(Publisher<Object> publisher, Permit permit, Guard guard) {
		return (subscriber) -> {
			try {
				publisher.subscribe(subscriber);
			}
			catch (Throwable ex) {
				permit.settle(null, ex, guard.handler());
				throw ex;
			}
		};
	}

	/** Makes a publisher that fails. */
	private interface Failed<P> {

		P with(Throwable error);

	}

	/** Makes a publisher that reports its end. */
	private interface Watched<P> {

		P by(Permit permit, Publisher<Object> publisher);

	}

}
