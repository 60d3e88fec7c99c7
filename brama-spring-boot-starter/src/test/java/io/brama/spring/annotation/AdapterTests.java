package io.brama.spring.annotation;

import java.util.List;
import java.util.concurrent.Flow;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.brama.Brama;
import io.brama.Circuit;
import io.brama.CircuitOpenException;
import io.brama.ConnectionStatus;
import io.brama.spring.autoconfigure.BramaAutoConfiguration;
import io.reactivex.rxjava3.core.BackpressureStrategy;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Observable;
import io.reactivex.rxjava3.core.Single;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactivestreams.FlowAdapters;
import org.reactivestreams.Publisher;
import reactor.adapter.JdkFlowAdapter;
import reactor.core.publisher.ConnectableFlux;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static io.brama.Command.because;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Guarded methods that return the publishers of other libraries.
 */
@ExtendWith(OutputCaptureExtension.class)
class AdapterTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(BramaAutoConfiguration.class))
		.withBean(Partner.class);

	@ParameterizedTest
	@MethodSource("kinds")
	void theOutcomeIsTheOneOfThePublisher(Kind kind) {
		with(kind, (partner, circuit, publisher) -> {
			StepVerifier.create(publisher).expectNextSequence(kind.elements()).verifyComplete();
			partner.fails(new IllegalStateException("no answer"));
			StepVerifier.create(publisher).verifyErrorMessage("no answer");
			assertThat(circuit.status().calls()).isEqualTo(new ConnectionStatus.Calls(1, 1, 0, 0, 0, 0));
		});
	}

	@ParameterizedTest
	@MethodSource("kinds")
	@Tag("T64")
	void anOpenCircuitGivesAnErrorAndRunsNothing(Kind kind) {
		with(kind, (partner, circuit, publisher) -> {
			circuit.open(because("maintenance"));
			StepVerifier.create(publisher).verifyError(CircuitOpenException.class);
			assertThat(partner.begun()).isZero();
		});
	}

	@ParameterizedTest
	@MethodSource("kinds")
	@Tag("T12")
	void eachSubscriptionIsACall(Kind kind) {
		with(kind, (partner, circuit, publisher) -> {
			assertThat(partner.begun()).isZero();
			StepVerifier.create(publisher).expectNextSequence(kind.elements()).verifyComplete();
			StepVerifier.create(publisher).expectNextSequence(kind.elements()).verifyComplete();
			assertThat(partner.begun()).isEqualTo(2);
			assertThat(circuit.status().calls().success()).isEqualTo(2);
		});
	}

	@ParameterizedTest
	@MethodSource("kinds")
	void cancellationGivesThePlaceOfATrialBack(Kind kind) {
		with(kind, (partner, circuit, publisher) -> {
			partner.hangs();
			circuit.halfOpen(because("try"));
			StepVerifier.create(publisher)
				.expectSubscription()
				.then(() -> assertThat(circuit.isAvailable()).isFalse())
				.thenCancel()
				.verify();
			assertThat(circuit.isAvailable()).isTrue();
		});
	}

	static Stream<Arguments> kinds() {
		return Stream
			.of(new Kind("Single", List.of(1), (partner) -> partner.single().toFlowable()),
					new Kind("Maybe", List.of(1), (partner) -> partner.maybe().toFlowable()),
					new Kind("Completable", List.of(), (partner) -> partner.completable().toFlowable()),
					new Kind("Flowable", List.of(1, 2), Partner::flowable),
					new Kind("Observable", List.of(1, 2),
							(partner) -> partner.observable().toFlowable(BackpressureStrategy.BUFFER)),
					new Kind("Publisher", List.of(1, 2), Partner::publisher),
					new Kind("Flow.Publisher", List.of(1, 2), (partner) -> FlowAdapters.toPublisher(partner.flow())),
					new Kind("Uni", List.of(1),
							(partner) -> FlowAdapters.toPublisher(partner.uni().convert().toPublisher())),
					new Kind("Multi", List.of(1, 2), (partner) -> FlowAdapters.toPublisher(partner.multi())))
			.map(Arguments::of);
	}

	@Test
	@Tag("T64")
	void nullInsteadOfAPublisherIsAClearFailure() {
		this.runner.run((context) -> {
			context.getBean(Partner.class)
				.nothing()
				.test()
				.assertError((error) -> error.getMessage()
					.endsWith("Partner.nothing() returned null instead of a publisher"));
			assertThat(context.getBean(Brama.class).circuit("partner").status().calls().failure()).isEqualTo(1);
		});
	}

	@Test
	void aFallbackMayReturnThePublisherOrTheValue() {
		this.runner.run((context) -> {
			Partner partner = context.getBean(Partner.class);
			context.getBean(Brama.class).open("partner", because("maintenance"));
			partner.singleByValue().test().assertValue(7);
			partner.singleBySingle().test().assertValue(8);
			partner.observableByMono().test().assertValue(9);
			assertThat(partner.uniByValue().await().indefinitely()).isEqualTo(7);
			assertThat(partner.multiByUni().collect().asList().await().indefinitely()).containsExactly(10);
		});
	}

	@Test
	void aPublisherOfAnotherKindCannotBeObservedAndIsWarnedAbout(CapturedOutput output) {
		this.runner.withBean(OwnKind.class).run((context) -> {
			assertThat(context.getBean(OwnKind.class).flux()).isInstanceOf(ConnectableFlux.class);
			assertThat(context.getBean(Brama.class).status("own").orElseThrow().calls().success()).isEqualTo(1);
		});
		assertThat(output).containsOnlyOnce("OwnKind.flux() counts each call as done when the method returns");
	}

	private void with(Kind kind, Check check) {
		this.runner.run((context) -> {
			Partner partner = context.getBean(Partner.class);
			check.run(partner, context.getBean(Brama.class).circuit("partner"), kind.call().apply(partner));
		});
	}

	private interface Check {

		void run(Partner partner, Circuit circuit, Publisher<Integer> publisher);

	}

	record Kind(String name, List<Integer> elements, Function<Partner, Publisher<Integer>> call) {

		@Override
		public String toString() {
			return this.name;
		}

	}

	public static class Partner {

		private Supplier<Flux<Integer>> source = () -> Flux.just(1, 2);

		private int begun;

		@CircuitBreaker(identifier = "partner")
		public Single<Integer> single() {
			return Single.fromPublisher(begin().take(1));
		}

		@CircuitBreaker(identifier = "partner")
		public Maybe<Integer> maybe() {
			return Maybe.fromPublisher(begin().take(1));
		}

		@CircuitBreaker(identifier = "partner")
		public Completable completable() {
			return Completable.fromPublisher(begin());
		}

		@CircuitBreaker(identifier = "partner")
		public Flowable<Integer> flowable() {
			return Flowable.fromPublisher(begin());
		}

		@CircuitBreaker(identifier = "partner")
		public Observable<Integer> observable() {
			return Observable.fromPublisher(begin());
		}

		@CircuitBreaker(identifier = "partner")
		public Publisher<Integer> publisher() {
			return begin();
		}

		@CircuitBreaker(identifier = "partner")
		public Flow.Publisher<Integer> flow() {
			return JdkFlowAdapter.publisherToFlowPublisher(begin());
		}

		@CircuitBreaker(identifier = "partner")
		public Uni<Integer> uni() {
			return Uni.createFrom().publisher(flow());
		}

		@CircuitBreaker(identifier = "partner")
		public Multi<Integer> multi() {
			return Multi.createFrom().publisher(flow());
		}

		@CircuitBreaker(identifier = "partner", fallback = "seven")
		public Uni<Integer> uniByValue() {
			return uni();
		}

		@CircuitBreaker(identifier = "partner", fallback = "ten")
		public Multi<Integer> multiByUni() {
			return multi();
		}

		Uni<Integer> ten() {
			return Uni.createFrom().item(10);
		}

		@CircuitBreaker(identifier = "partner")
		public Single<Integer> nothing() {
			return null;
		}

		@CircuitBreaker(identifier = "partner", fallback = "seven")
		public Single<Integer> singleByValue() {
			return single();
		}

		int seven() {
			return 7;
		}

		@CircuitBreaker(identifier = "partner", fallback = "eight")
		public Single<Integer> singleBySingle() {
			return single();
		}

		Single<Integer> eight() {
			return Single.just(8);
		}

		@CircuitBreaker(identifier = "partner", fallback = "nine")
		public Observable<Integer> observableByMono() {
			return observable();
		}

		Mono<Integer> nine() {
			return Mono.just(9);
		}

		private Flux<Integer> begin() {
			this.begun++;
			return this.source.get();
		}

		public void fails(Throwable error) {
			this.source = () -> Flux.error(error);
		}

		public void hangs() {
			this.source = Flux::never;
		}

		public int begun() {
			return this.begun;
		}

	}

	public static class OwnKind {

		@CircuitBreaker(identifier = "own")
		public ConnectableFlux<Integer> flux() {
			return Flux.just(1).publish();
		}

	}

}
