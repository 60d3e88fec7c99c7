package io.brama.spring.annotation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

import io.brama.Brama;
import io.brama.Circuit;
import io.brama.CircuitOpenException;
import io.brama.CircuitState;
import io.brama.ConnectionStatus;
import io.brama.ErrorHandler;
import io.brama.Outcome;
import io.brama.spring.autoconfigure.BramaAutoConfiguration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static io.brama.Command.because;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

/**
 * Guarded methods that return a publisher: each subscription is a call of its own.
 */
class ReactiveTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(BramaAutoConfiguration.class))
		.withBean(Partner.class);

	@Test
	void theOutcomeIsTheOneOfThePublisher() {
		withPartner((partner, circuit) -> {
			partner.answers(() -> Mono.just("42"), () -> Flux.just(1, 2, 3));
			StepVerifier.create(partner.mono()).expectNext("42").verifyComplete();
			StepVerifier.create(partner.flux()).expectNext(1, 2, 3).verifyComplete();
			partner.answers(Mono::empty, Flux::empty);
			StepVerifier.create(partner.mono()).verifyComplete();
			StepVerifier.create(partner.flux()).verifyComplete();
			assertThat(circuit.status().calls()).isEqualTo(new ConnectionStatus.Calls(4, 0, 0, 0, 0, 0));
		});
	}

	@Test
	void anErrorIsAFailureAndReachesTheSubscriberAsItIs() {
		withPartner((partner, circuit) -> {
			IllegalStateException problem = new IllegalStateException("no answer");
			partner.answers(() -> Mono.error(problem), () -> Flux.just(1).concatWith(Flux.error(problem)));
			StepVerifier.create(partner.mono()).verifyErrorSatisfies((error) -> assertThat(error).isSameAs(problem));
			StepVerifier.create(partner.flux())
				.expectNext(1)
				.verifyErrorSatisfies((error) -> assertThat(error).isSameAs(problem));
			assertThat(circuit.status().calls()).isEqualTo(new ConnectionStatus.Calls(0, 2, 0, 0, 0, 0));
			assertThat(circuit.status().lastFailureReason()).isEqualTo("no answer");
		});
	}

	@Test
	@Tag("T64")
	void anOpenCircuitGivesAnErrorAndRunsNothing() {
		withPartner((partner, circuit) -> {
			circuit.open(because("maintenance"));
			StepVerifier.create(partner.mono()).verifyError(CircuitOpenException.class);
			StepVerifier.create(partner.flux()).verifyError(CircuitOpenException.class);
			assertThat(partner.begun()).isZero();
			assertThat(circuit.status().calls().rejected()).isEqualTo(2);
		});
	}

	@Test
	@Tag("T12")
	void whatIsNeverSubscribedIsNoCall() {
		withPartner((partner, circuit) -> {
			circuit.halfOpen(because("try"));
			assertThat(partner.mono()).isNotNull();
			assertThat(partner.flux()).isNotNull();
			assertThat(partner.begun()).isZero();
			assertThat(circuit.isAvailable()).isTrue();
			assertThat(circuit.status().calls().total()).isZero();
		});
	}

	@Test
	void whetherTheCircuitIsOpenIsAskedAtSubscription() {
		withPartner((partner, circuit) -> {
			Mono<String> mono = partner.mono();
			circuit.open(because("maintenance"));
			StepVerifier.create(mono).verifyError(CircuitOpenException.class);
			circuit.close(because("mended"));
			StepVerifier.create(mono).expectNext("42").verifyComplete();
			assertThat(partner.begun()).isEqualTo(1);
		});
	}

	@Test
	@Tag("T12")
	void twoSubscriptionsAreTwoCalls() {
		withPartner((partner, circuit) -> {
			Mono<String> mono = partner.mono();
			StepVerifier.create(mono).expectNext("42").verifyComplete();
			StepVerifier.create(mono.repeat(1)).expectNext("42", "42").verifyComplete();
			Flux<Integer> flux = partner.flux();
			StepVerifier.create(flux.mergeWith(flux)).expectNextCount(6).verifyComplete();
			assertThat(partner.begun()).isEqualTo(5);
			assertThat(circuit.status().calls().success()).isEqualTo(5);
		});
	}

	@Test
	void aRetryOfThePublisherPassesTheGateAgain() {
		withPartner((partner, circuit) -> {
			AtomicInteger attempts = new AtomicInteger();
			partner.answers(() -> (attempts.incrementAndGet() < 3) ? Mono.error(new IllegalStateException("no answer"))
					: Mono.just("at last"), Flux::empty);
			StepVerifier.create(partner.mono().retry(2)).expectNext("at last").verifyComplete();
			assertThat(circuit.status().calls()).isEqualTo(new ConnectionStatus.Calls(1, 2, 0, 0, 0, 0));
		});
	}

	@Test
	void cancellationGivesThePlaceOfATrialBack() {
		withPartner((partner, circuit) -> {
			partner.answers(Mono::never, Flux::never);
			for (Publisher<?> publisher : List.of(partner.mono(), partner.flux())) {
				circuit.halfOpen(because("try"));
				StepVerifier.create(publisher)
					.expectSubscription()
					.then(() -> assertThat(circuit.isAvailable()).isFalse())
					.thenCancel()
					.verify();
				assertThat(circuit.isAvailable()).isTrue();
			}
			assertThat(circuit.status().calls()).isEqualTo(new ConnectionStatus.Calls(0, 0, 2, 0, 0, 0));
		});
	}

	@Test
	@Tag("T12")
	void toCancelAfterTheFirstElementGivesThePlaceBack() {
		withPartner((partner, circuit) -> {
			circuit.halfOpen(because("try"));
			StepVerifier.create(partner.flux().next()).expectNext(1).verifyComplete();
			assertThat(circuit.isAvailable()).isTrue();
			StepVerifier.create(partner.flux().take(1)).expectNext(1).verifyComplete();
			assertThat(circuit.isAvailable()).isTrue();
			assertThat(circuit.status().calls()).isEqualTo(new ConnectionStatus.Calls(0, 0, 2, 0, 0, 0));
		});
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void anExceptionBeforeThereIsAPublisherIsTheErrorOfTheCall(boolean single) {
		withPartner((partner, circuit) -> {
			IllegalStateException problem = new IllegalStateException("cannot be put together");
			partner.answers(() -> {
				throw problem;
			}, () -> {
				throw problem;
			});
			circuit.halfOpen(because("try"));
			StepVerifier.create(one(partner, single))
				.verifyErrorSatisfies((error) -> assertThat(error).isSameAs(problem));
			assertThat(circuit.status().state()).isEqualTo(CircuitState.OPEN);
			assertThat(circuit.status().calls().failure()).isEqualTo(1);
		});
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	@Tag("T64")
	void nullInsteadOfAPublisherIsAClearFailure(boolean single) {
		withPartner((partner, circuit) -> {
			partner.answers(() -> null, () -> null);
			circuit.halfOpen(because("try"));
			StepVerifier.create(one(partner, single))
				.verifyErrorSatisfies((error) -> assertThat(error).isInstanceOf(IllegalStateException.class)
					.hasMessageContaining(Partner.class.getName())
					.hasMessageContaining("returned null instead of a publisher"));
			assertThat(circuit.status().state()).isEqualTo(CircuitState.OPEN);
		});
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	@Tag("T12")
	void aPublisherThatThrowsWhenSubscribedIsAFailure(boolean single) {
		withPartner((partner, circuit) -> {
			partner.answers(ThrowingMono::new, ThrowingFlux::new);
			circuit.halfOpen(because("try"));
			StepVerifier.create(one(partner, single)).verifyErrorMessage("cannot be subscribed");
			assertThat(circuit.status().state()).isEqualTo(CircuitState.OPEN);
			assertThat(circuit.status().calls().failure()).isEqualTo(1);
		});
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	@Tag("T9")
	void anErrorThatReactorDoesNotSignalIsAFailureToo(boolean single) {
		withPartner((partner, circuit) -> {
			NoClassDefFoundError problem = new NoClassDefFoundError("not there");
			partner.answers(() -> Mono.fromCallable(() -> {
				throw problem;
			}), () -> Flux.generate((sink) -> {
				throw problem;
			}));
			circuit.halfOpen(because("try"));
			assertThat(catchThrowable(() -> Flux.from(one(partner, single)).blockLast())).isSameAs(problem);
			assertThat(circuit.status().state()).isEqualTo(CircuitState.OPEN);
			assertThat(circuit.status().calls().failure()).isEqualTo(1);
		});
	}

	@Test
	@Tag("T9")
	void anErrorThatReactorThrowsOnAnotherThreadReachesNobodySoTheTrialTimesOut() {
		this.runner.withPropertyValues("brama.connections.partner.half-open.trial-timeout=20ms").run((context) -> {
			Circuit circuit = context.getBean(Brama.class).circuit("partner");
			Partner partner = context.getBean(Partner.class);
			partner.answers(ReactiveTests::brokenElsewhere, Flux::empty);
			circuit.halfOpen(because("try"));
			AtomicInteger ends = new AtomicInteger();
			partner.mono().subscribe((answer) -> ends.incrementAndGet(), (error) -> ends.incrementAndGet());
			await().untilAsserted(() -> assertThat(circuit.status().state()).isEqualTo(CircuitState.OPEN));
			assertThat(ends).hasValue(0);
		});
	}

	@Test
	@Tag("T9")
	void aTimeoutInTheMethodMakesAFailureOfAnErrorOnAnotherThread() {
		withPartner((partner, circuit) -> {
			partner.answers(() -> brokenElsewhere().timeout(Duration.ofMillis(20)), Flux::empty);
			StepVerifier.create(partner.mono()).verifyError(TimeoutException.class);
			assertThat(circuit.status().calls().failure()).isEqualTo(1);
		});
	}

	private static Mono<String> brokenElsewhere() {
		return Mono.<String>fromCallable(() -> {
			throw new NoClassDefFoundError("not there");
		}).subscribeOn(Schedulers.boundedElastic());
	}

	@Test
	void theOutcomeIsRecordedBeforeTheSubscriberSeesTheEnd() {
		withPartner((partner, circuit) -> {
			List<CircuitState> seen = new ArrayList<>();
			circuit.halfOpen(because("try"));
			partner.mono().doOnSuccess((answer) -> seen.add(circuit.status().state())).block();
			circuit.halfOpen(because("try"));
			partner.flux().doOnComplete(() -> seen.add(circuit.status().state())).blockLast();
			partner.answers(() -> Mono.error(new IllegalStateException("no answer")),
					() -> Flux.error(new IllegalStateException("no answer")));
			circuit.halfOpen(because("try"));
			partner.mono().onErrorComplete().block();
			seen.add(circuit.status().state());
			circuit.halfOpen(because("try"));
			partner.flux().doOnError((error) -> seen.add(circuit.status().state())).onErrorComplete().blockLast();
			assertThat(seen).containsExactly(CircuitState.CLOSED, CircuitState.CLOSED, CircuitState.OPEN,
					CircuitState.OPEN);
		});
	}

	@Test
	void theElementsOfAFluxArriveBeforeItsOutcomeIsKnown() {
		withPartner((partner, circuit) -> {
			TestPublisher<Integer> source = TestPublisher.create();
			partner.answers(Mono::empty, source::flux);
			StepVerifier.create(partner.flux())
				.then(() -> source.next(1))
				.expectNext(1)
				.then(() -> assertThat(circuit.status().calls().total()).isZero())
				.then(source::complete)
				.verifyComplete();
			assertThat(circuit.status().calls().success()).isEqualTo(1);
		});
	}

	@Test
	void operatorsThatTakeElementsAtTheirOwnPaceAreCountedOnce() {
		withPartner((partner, circuit) -> {
			partner.answers(Mono::empty, () -> Flux.range(1, 3));
			StepVerifier.create(partner.flux().publishOn(Schedulers.immediate())).expectNextCount(3).verifyComplete();
			partner.answers(Mono::empty, () -> Flux.range(1, 3).map((number) -> number / (number - 2)));
			StepVerifier.create(partner.flux().publishOn(Schedulers.immediate()))
				.expectNextCount(1)
				.verifyError(ArithmeticException.class);
			assertThat(circuit.status().calls()).isEqualTo(new ConnectionStatus.Calls(1, 1, 0, 0, 0, 0));
		});
	}

	@Test
	void aHandlerSeesTheValueOfAMono() {
		withPartner((partner, circuit) -> {
			StepVerifier.create(partner.refused()).expectNext("refused").verifyComplete();
			assertThat(circuit.status().lastFailureReason()).isEqualTo("refused");
		});
	}

	@Test
	void theContextOfTheSubscriberReachesTheMethodsPublisher() {
		withPartner((partner, circuit) -> {
			partner.answers(() -> Mono.deferContextual((context) -> Mono.just(context.get("user"))), Flux::empty);
			StepVerifier.create(partner.mono().contextWrite((context) -> context.put("user", "ada")))
				.expectNext("ada")
				.verifyComplete();
		});
	}

	@Test
	void aLateEndAfterCancellationChangesNothing() {
		withPartner((partner, circuit) -> {
			Sinks.One<String> sink = Sinks.one();
			partner.answers(sink::asMono, Flux::empty);
			partner.mono().subscribe().dispose();
			sink.tryEmitValue("too late");
			assertThat(circuit.status().calls()).isEqualTo(new ConnectionStatus.Calls(0, 0, 1, 0, 0, 0));
		});
	}

	@Test
	void theImplementationSaysWhatIsReturned() {
		this.runner.withBean(MonoClient.class)
			.withPropertyValues("spring.aop.proxy-target-class=false")
			.run((context) -> {
				@SuppressWarnings("unchecked")
				Client<Mono<String>> client = context.getBean(Client.class);
				StepVerifier.create(client.send()).verifyErrorMessage("no answer");
				assertThat(context.getBean(Brama.class).status("client").orElseThrow().calls())
					.isEqualTo(new ConnectionStatus.Calls(0, 1, 0, 0, 0, 0));
			});
	}

	private static Publisher<?> one(Partner partner, boolean single) {
		return single ? partner.mono() : partner.flux();
	}

	private void withPartner(BiConsumer<Partner, Circuit> test) {
		this.runner.run((context) -> test.accept(context.getBean(Partner.class),
				context.getBean(Brama.class).circuit("partner")));
	}

	public static class Partner {

		private final AtomicInteger begun = new AtomicInteger();

		private Supplier<Mono<String>> mono = () -> Mono.just("42");

		private Supplier<Flux<Integer>> flux = () -> Flux.just(1, 2, 3);

		@CircuitBreaker(identifier = "partner")
		public Mono<String> mono() {
			this.begun.incrementAndGet();
			return this.mono.get();
		}

		@CircuitBreaker(identifier = "partner")
		public Flux<Integer> flux() {
			this.begun.incrementAndGet();
			return this.flux.get();
		}

		@CircuitBreaker(identifier = "partner", errorHandler = Picky.class)
		public Mono<String> refused() {
			return Mono.just("refused");
		}

		public void answers(Supplier<Mono<String>> mono, Supplier<Flux<Integer>> flux) {
			this.mono = mono;
			this.flux = flux;
		}

		public int begun() {
			return this.begun.get();
		}

	}

	static class Picky implements ErrorHandler {

		@Override
		public Outcome classify(Object result, Throwable error) {
			return "refused".equals(result) ? Outcome.failure("refused") : Outcome.success();
		}

	}

	static class ThrowingMono extends Mono<String> {

		@Override
		public void subscribe(CoreSubscriber<? super String> subscriber) {
			throw new IllegalStateException("cannot be subscribed");
		}

	}

	static class ThrowingFlux extends Flux<Integer> {

		@Override
		public void subscribe(CoreSubscriber<? super Integer> subscriber) {
			throw new IllegalStateException("cannot be subscribed");
		}

	}

	public interface Client<T> {

		T send();

	}

	public static class MonoClient implements Client<Mono<String>> {

		@Override
		@CircuitBreaker(identifier = "client")
		public Mono<String> send() {
			return Mono.error(new IllegalStateException("no answer"));
		}

	}

}
