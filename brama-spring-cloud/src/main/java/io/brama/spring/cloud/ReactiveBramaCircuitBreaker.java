package io.brama.spring.cloud;

import java.util.function.Function;

import io.brama.ConnectionId;
import io.brama.ErrorHandler;
import io.brama.Permit;
import io.brama.spring.cloud.FactoryCircuits.Guard;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.cloud.client.circuitbreaker.ReactiveCircuitBreaker;

/**
 * A reactive circuit breaker of Spring Cloud that is a circuit. Each subscription is a
 * call; to cancel it is ignored. The outcome is recorded before the subscriber or the
 * fallback sees the end.
 */
final class ReactiveBramaCircuitBreaker implements ReactiveCircuitBreaker {

	private final FactoryCircuits circuits;

	private final ConnectionId id;

	ReactiveBramaCircuitBreaker(FactoryCircuits circuits, ConnectionId id) {
		this.circuits = circuits;
		this.id = id;
	}

	@Override
	public <T> Mono<T> run(Mono<T> toRun, Function<Throwable, Mono<T>> fallback) {
		return Mono.defer(() -> {
			Guard guard = this.circuits.guard(this.id);
			Call call = Call.begin(guard);
			Mono<T> reporting = Mono.fromDirect(call.reportingThrown(toRun));
			return (guard.isLimited() ? reporting.timeout(guard.timeout()) : reporting).doOnSuccess(call::returned)
				.doOnError(call::failed)
				.doOnCancel(call::abandoned);
		}).onErrorResume(fallback);
	}

	@Override
	public <T> Flux<T> run(Flux<T> toRun, Function<Throwable, Flux<T>> fallback) {
		return Flux.defer(() -> {
			Guard guard = this.circuits.guard(this.id);
			Call call = Call.begin(guard);
			Flux<T> reporting = Flux.from(call.reportingThrown(toRun));
			return (guard.isLimited() ? reporting.timeout(guard.timeout()) : reporting)
				.doOnComplete(() -> call.returned(null))
				.doOnError(call::failed)
				.doOnCancel(call::abandoned);
		}).onErrorResume(fallback);
	}

	@Override
	public String toString() {
		return "reactive circuit breaker of " + this.id;
	}

	/**
	 * The call of one subscription.
	 *
	 * @param permit takes its outcome
	 * @param errorHandler says what it is
	 */
	private record Call(Permit permit, ErrorHandler errorHandler) {

		static Call begin(Guard guard) {
			return new Call(guard.circuit().acquire(), guard.errorHandler());
		}

		void returned(@Nullable Object result) {
			this.permit.settle(this.permit.classify(result, null, this.errorHandler));
		}

		void failed(Throwable error) {
			this.permit.settle(this.permit.classify(null, error, this.errorHandler));
		}

		void abandoned() {
			this.permit.close();
		}

		/**
		 * Report what Reactor throws at the subscriber instead of signalling it: errors
		 * of the JVM.
		 */
		<T> Publisher<T> reportingThrown(Publisher<T> publisher) {
			return (subscriber) -> {
				try {
					publisher.subscribe(subscriber);
				}
				catch (Throwable ex) {
					failed(ex);
					throw ex;
				}
			};
		}

	}

}
