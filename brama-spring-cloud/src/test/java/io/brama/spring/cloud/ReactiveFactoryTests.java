package io.brama.spring.cloud;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

import io.brama.Brama;
import io.brama.CircuitOpenException;
import io.brama.CircuitState;
import io.brama.ConnectionId;
import io.brama.ConnectionStatus;
import io.brama.test.ManualTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

import org.springframework.cloud.client.circuitbreaker.NoFallbackAvailableException;
import org.springframework.cloud.client.circuitbreaker.ReactiveCircuitBreaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What Spring Cloud's reactive circuit breakers promise, kept by those made of circuits.
 */
class ReactiveFactoryTests {

	private static final IllegalStateException DOWN = new IllegalStateException("down");

	private final ManualTime time = new ManualTime();

	private final Brama brama = Brama.builder()
		.timeSource(this.time)
		.maxAttempts(2)
		.expiry(Duration.ofSeconds(10))
		.build();

	private final ReactiveBramaCircuitBreakerFactory factory = new ReactiveBramaCircuitBreakerFactory(this.brama);

	private final ReactiveCircuitBreaker breaker = this.factory.create("api");

	@AfterEach
	void close() {
		this.brama.close();
	}

	@Test
	void aMonoThatWorksIsAnswered() {
		StepVerifier.create(this.breaker.run(Mono.just("ok"))).expectNext("ok").verifyComplete();
		StepVerifier.create(this.breaker.run(Mono.just("ok"), (error) -> Mono.just("fallback")))
			.expectNext("ok")
			.verifyComplete();
		StepVerifier.create(this.breaker.run(Mono.empty(), (error) -> Mono.just("fallback"))).verifyComplete();
		assertThat(status().calls().success()).isEqualTo(3);
	}

	@Test
	void aFluxThatWorksIsAnswered() {
		StepVerifier.create(this.breaker.run(Flux.just("a", "b"))).expectNext("a", "b").verifyComplete();
		StepVerifier.create(this.breaker.run(Flux.just("a", "b"), (error) -> Flux.just("fallback")))
			.expectNext("a", "b")
			.verifyComplete();
		assertThat(status().calls().success()).isEqualTo(2);
	}

	@Test
	void aFallbackAnswersForAMonoThatFails() {
		StepVerifier.create(this.breaker.run(Mono.error(DOWN), Mono::just)).expectNext(DOWN).verifyComplete();
		assertThat(status().calls().failure()).isEqualTo(1);
	}

	@Test
	void aFallbackAnswersForAFluxThatFailsHalfWay() {
		Flux<Object> half = Flux.concat(Flux.just("a"), Flux.error(DOWN));
		StepVerifier.create(this.breaker.run(half, Flux::just)).expectNext("a", DOWN).verifyComplete();
		assertThat(status().calls().failure()).isEqualTo(1);
	}

	@Test
	void withoutFallbackTheErrorIsTheCauseOfTheOneThatSpringCloudPromises() {
		StepVerifier.create(this.breaker.run(Mono.error(DOWN))).expectErrorSatisfies(this::isNoFallback).verify();
		StepVerifier.create(this.breaker.run(Flux.error(DOWN))).expectErrorSatisfies(this::isNoFallback).verify();
	}

	private void isNoFallback(Throwable error) {
		assertThat(error).isInstanceOf(NoFallbackAvailableException.class);
		assertThat(error.getCause()).isSameAs(DOWN);
	}

	@Test
	void nothingBeginsBeforeItIsSubscribedTo() {
		Mono<String> mono = this.breaker.run(Mono.just("ok"));
		open();
		StepVerifier.create(mono)
			.verifyErrorSatisfies((error) -> assertThat(error.getCause()).isInstanceOf(CircuitOpenException.class));
	}

	@Test
	@Tag("T64")
	void whileItIsOpenNothingIsSubscribedToAndTheFallbackIsToldSo() {
		open();
		TestPublisher<Object> publisher = TestPublisher.create();
		StepVerifier.create(this.breaker.run(publisher.mono(), Mono::just))
			.expectNextMatches(CircuitOpenException.class::isInstance)
			.verifyComplete();
		StepVerifier.create(this.breaker.run(publisher.flux(), Flux::just))
			.expectNextMatches(CircuitOpenException.class::isInstance)
			.verifyComplete();
		publisher.assertWasNotSubscribed();
	}

	@Test
	void theRejectionHasNothingOfTheCallBefore() {
		open();
		this.breaker.run(Mono.never(), (error) -> {
			assertThat(error).hasNoCause().hasNoSuppressedExceptions();
			return Mono.empty();
		}).block();
	}

	@Test
	void eachSubscriptionIsACall() {
		Mono<Object> failing = this.breaker.run(Mono.error(DOWN), (error) -> Mono.empty());
		failing.block();
		failing.block();
		assertThat(status().state()).isEqualTo(CircuitState.OPEN);
	}

	@Test
	void aTrialThatSucceedsCloses() {
		open();
		this.time.advance(Duration.ofSeconds(10));
		this.breaker.run(Flux.just("a")).blockLast();
		assertThat(status().state()).isEqualTo(CircuitState.CLOSED);
	}

	@Test
	void aTrialThatFailsReopens() {
		open();
		this.time.advance(Duration.ofSeconds(10));
		this.breaker.run(Mono.error(DOWN), (error) -> Mono.empty()).block();
		assertThat(status().state()).isEqualTo(CircuitState.OPEN);
	}

	@Test
	void aTrialThatIsCancelledGivesItsPlaceBack() {
		open();
		this.time.advance(Duration.ofSeconds(10));
		this.breaker.run(Mono.never()).subscribe().dispose();
		this.breaker.run(Flux.just("a", "b")).take(1).blockLast();
		assertThat(status().state()).isEqualTo(CircuitState.HALF_OPEN);
		this.breaker.run(Mono.just("ok")).block();
		assertThat(status().state()).isEqualTo(CircuitState.CLOSED);
	}

	@Test
	void theOutcomeIsRecordedBeforeTheEndIsSeen() {
		StepVerifier.create(this.breaker.run(Mono.just("ok")).map((result) -> status().calls().success()))
			.expectNext(1L)
			.verifyComplete();
		StepVerifier.create(this.breaker.run(Mono.<Long>error(DOWN), (error) -> Mono.just(status().calls().failure())))
			.expectNext(1L)
			.verifyComplete();
	}

	@Test
	void anErrorOfTheJvmIsAFailure() {
		Mono<Object> broken = Mono.fromSupplier(() -> {
			throw new StackOverflowError();
		});
		try {
			this.breaker.run(broken, (error) -> Mono.empty()).block();
		}
		catch (StackOverflowError ex) {
			// Reactor throws these at the subscriber
		}
		assertThat(status().calls().failure()).isEqualTo(1);
	}

	@Test
	void slowPublishersAreAnsweredInVirtualTime() {
		StepVerifier
			.withVirtualTime(() -> this.breaker.run(Mono.delay(Duration.ofMinutes(3)), (error) -> Mono.just(-1L)))
			.expectSubscription()
			.expectNoEvent(Duration.ofMinutes(3))
			.expectNext(0L)
			.verifyComplete();
		StepVerifier
			.withVirtualTime(
					() -> this.breaker.run(Flux.interval(Duration.ofMinutes(3)).take(2), (error) -> Flux.just(-1L)))
			.expectSubscription()
			.expectNoEvent(Duration.ofMinutes(3))
			.expectNext(0L)
			.thenAwait(Duration.ofMinutes(3))
			.expectNext(1L)
			.verifyComplete();
	}

	@Test
	void aMonoThatTakesTooLongFails() {
		this.factory.configure((config) -> config.timeout(Duration.ofSeconds(2)), "api");
		StepVerifier
			.withVirtualTime(
					() -> this.breaker.<Object>run(Mono.delay(Duration.ofSeconds(3)).cast(Object.class), Mono::just))
			.expectSubscription()
			.expectNoEvent(Duration.ofSeconds(2))
			.expectNextMatches(TimeoutException.class::isInstance)
			.verifyComplete();
		assertThat(status().calls().failure()).isEqualTo(1);
	}

	@Test
	void aFluxThatFallsSilentForTooLongFails() {
		this.factory.configure((config) -> config.timeout(Duration.ofSeconds(2)), "api");
		StepVerifier
			.withVirtualTime(() -> this.breaker
				.<Object>run(Flux.concat(Flux.interval(Duration.ofSeconds(1)).take(4), Flux.never()), Flux::just))
			.expectSubscription()
			.thenAwait(Duration.ofSeconds(4))
			.expectNext(0L, 1L, 2L, 3L)
			.expectNoEvent(Duration.ofSeconds(2))
			.expectNextMatches(TimeoutException.class::isInstance)
			.verifyComplete();
		assertThat(status().calls().failure()).isEqualTo(1);
	}

	@Test
	void aSlowCallDoesNotSpoilLaterGoodOnes() {
		this.factory.configure((config) -> config.timeout(Duration.ofSeconds(2)), "api");
		AtomicInteger calls = new AtomicInteger();
		Mono<String> slowFirst = Mono.defer(() -> (calls.incrementAndGet() == 1)
				? Mono.delay(Duration.ofSeconds(3)).thenReturn("slow") : Mono.just("ok"));
		Mono<String> guarded = this.breaker.run(slowFirst, (error) -> Mono.just("fallback"));
		StepVerifier.withVirtualTime(() -> Flux.concat(guarded, guarded, Mono.delay(Duration.ofSeconds(9)), guarded))
			.thenAwait(Duration.ofSeconds(20))
			.expectNext("fallback", "ok", 0L, "ok")
			.verifyComplete();
		assertThat(status().calls().late()).isZero();
		assertThat(status().failureCount()).isZero();
	}

	@Test
	void aGroupIsAScope() {
		this.factory.create("api", "payments").run(Mono.error(DOWN), (error) -> Mono.empty()).block();
		assertThat(this.brama.status(ConnectionId.of("api").withScope("payments")).orElseThrow().failureCount())
			.isEqualTo(1);
		assertThat(status().failureCount()).isZero();
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "", " " })
	void anIdMustBeText(String id) {
		assertThatIllegalArgumentException().isThrownBy(() -> this.factory.create(id));
		assertThatIllegalArgumentException().isThrownBy(() -> this.factory.create("api", id));
	}

	@Test
	void whatTheFactoryIsToldHolds() {
		this.factory
			.configureDefault((id) -> new BramaConfigBuilder(id).options((options) -> options.maxAttempts(5)).build());
		this.factory.configure((config) -> config.options((options) -> options.maxAttempts(1)), "api");
		this.factory.create("other");
		assertThat(this.brama.status("other").orElseThrow().config().maxAttempts()).isEqualTo(5);
		this.breaker.run(Mono.error(DOWN), (error) -> Mono.empty()).block();
		assertThat(status().state()).isEqualTo(CircuitState.OPEN);
	}

	@Test
	void aCustomizerMeetsTheCircuit() {
		AtomicInteger met = new AtomicInteger();
		this.factory.addCircuitCustomizer((circuit) -> met.incrementAndGet(), "api");
		this.factory.create("api");
		this.breaker.run(Mono.just("ok")).block();
		assertThat(met).hasValue(1);
	}

	@Test
	void bothFactoriesShareTheCircuit() {
		open();
		assertThat(
				new BramaCircuitBreakerFactory(this.brama).create("api").<Throwable>run(() -> null, (error) -> error))
			.isInstanceOf(CircuitOpenException.class);
	}

	private void open() {
		for (int i = 0; i < 2; i++) {
			this.factory.create("api").run(Mono.error(DOWN), (error) -> Mono.empty()).block();
		}
		assertThat(status().state()).isEqualTo(CircuitState.OPEN);
	}

	private ConnectionStatus status() {
		return this.brama.status(ConnectionId.of("api")).orElseThrow();
	}

}
