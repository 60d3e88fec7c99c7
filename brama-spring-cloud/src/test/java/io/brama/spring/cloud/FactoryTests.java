package io.brama.spring.cloud;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;

import io.brama.Brama;
import io.brama.CircuitOpenException;
import io.brama.CircuitState;
import io.brama.Command;
import io.brama.ConnectionId;
import io.brama.Delivery;
import io.brama.ErrorHandler;
import io.brama.EventFilter;
import io.brama.Outcome;
import io.brama.test.ManualTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.cloud.client.circuitbreaker.CircuitBreaker;
import org.springframework.cloud.client.circuitbreaker.NoFallbackAvailableException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What Spring Cloud's circuit breakers promise, kept by those made of circuits.
 */
@Timeout(60)
class FactoryTests {

	private final ManualTime time = new ManualTime();

	private final Brama brama = Brama.builder()
		.timeSource(this.time)
		.maxAttempts(2)
		.expiry(Duration.ofSeconds(10))
		.scope("payments", (scope) -> scope.maxAttempts(1))
		.connection("named", (connection) -> connection.maxAttempts(7).scope("payments").type("http"))
		.build();

	private final BramaCircuitBreakerFactory factory = new BramaCircuitBreakerFactory(this.brama);

	@AfterEach
	void close() {
		this.brama.close();
	}

	@Test
	void aSupplierThatWorksIsAnswered() {
		assertThat(this.factory.create("api").run(() -> "ok")).isEqualTo("ok");
		assertThat(this.factory.create("api").run(() -> "ok", (error) -> "fallback")).isEqualTo("ok");
		assertThat(this.brama.status("api").orElseThrow().calls().success()).isEqualTo(2);
	}

	@Test
	void aSupplierMayAnswerNull() {
		assertThat(this.factory.create("api").<Object>run(() -> null, (error) -> "fallback")).isNull();
	}

	@Test
	void aFallbackGetsTheVeryExceptionOfTheCall() {
		RuntimeException thrown = new CompletionException(new IllegalStateException("down"));
		assertThat(this.factory.create("api").<Throwable>run(() -> {
			throw thrown;
		}, (error) -> error)).isSameAs(thrown);
	}

	@Test
	void withoutFallbackTheExceptionIsTheCauseOfTheOneThatSpringCloudPromises() {
		IllegalStateException thrown = new IllegalStateException("down");
		assertThatExceptionOfType(NoFallbackAvailableException.class)
			.isThrownBy(() -> this.factory.create("api").run(() -> {
				throw thrown;
			}))
			.havingCause()
			.isSameAs(thrown);
	}

	@Test
	void whatAFallbackThrowsReachesTheCallerAndIsNotCounted() {
		assertThatIllegalStateException().isThrownBy(() -> fail(this.factory.create("api"), (error) -> {
			throw new IllegalStateException("no answer");
		})).withMessage("no answer");
		assertThat(this.brama.status("api").orElseThrow().calls().failure()).isEqualTo(1);
	}

	@Test
	void theSameIdMeansTheSameCircuit() {
		fail(this.factory.create("api"));
		fail(this.factory.create("api"));
		assertThat(this.brama.all()).hasSize(1);
		assertThat(state("api")).isEqualTo(CircuitState.OPEN);
	}

	@Test
	void whileItIsOpenTheSupplierIsNotRunAndTheFallbackIsToldSo() {
		open("api");
		AtomicInteger runs = new AtomicInteger();
		assertThat(this.factory.create("api").<Throwable>run(() -> {
			runs.incrementAndGet();
			return null;
		}, (error) -> error)).isInstanceOf(CircuitOpenException.class).hasNoCause();
		assertThat(runs).hasValue(0);
	}

	@Test
	void aRejectionWithoutFallbackIsTheCause() {
		open("api");
		assertThatExceptionOfType(NoFallbackAvailableException.class)
			.isThrownBy(() -> this.factory.create("api").run(() -> "ok"))
			.withCauseInstanceOf(CircuitOpenException.class);
	}

	@Test
	void aTrialThatSucceedsCloses() {
		open("api");
		this.time.advance(Duration.ofSeconds(10));
		assertThat(state("api")).isEqualTo(CircuitState.HALF_OPEN);
		assertThat(this.factory.create("api").run(() -> "ok")).isEqualTo("ok");
		assertThat(state("api")).isEqualTo(CircuitState.CLOSED);
	}

	@Test
	void aTrialThatFailsReopens() {
		open("api");
		this.time.advance(Duration.ofSeconds(10));
		fail(this.factory.create("api"));
		assertThat(state("api")).isEqualTo(CircuitState.OPEN);
	}

	@Test
	void ofFiftyCallsAtTheDeadlineAsManyRunAsThereAreTrials() throws Exception {
		this.factory.configure((config) -> config.options((options) -> options.trialCalls(3).successesToClose(3)),
				"api");
		open("api");
		this.time.advance(Duration.ofSeconds(10));
		AtomicInteger runs = new AtomicInteger();
		AtomicInteger rejections = new AtomicInteger();
		CountDownLatch start = new CountDownLatch(1);
		CountDownLatch rejected = new CountDownLatch(47);
		ExecutorService callers = Executors.newFixedThreadPool(50);
		try {
			List<Future<?>> calls = new ArrayList<>();
			for (int i = 0; i < 50; i++) {
				calls.add(callers.submit(() -> {
					start.await();
					return this.factory.create("api").run(() -> {
						runs.incrementAndGet();
						await(rejected);
						return "ok";
					}, (error) -> {
						rejections.incrementAndGet();
						rejected.countDown();
						return "fallback";
					});
				}));
			}
			start.countDown();
			for (Future<?> call : calls) {
				call.get();
			}
		}
		finally {
			callers.shutdownNow();
		}
		assertThat(runs).hasValue(3);
		assertThat(rejections).hasValue(47);
		assertThat(state("api")).isEqualTo(CircuitState.CLOSED);
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void anIdInAGroupIsAConnectionOfThatScope() {
		fail(this.factory.create("api", "payments"));
		ConnectionId id = ConnectionId.of("api").withScope("payments");
		assertThat(this.brama.status(id).orElseThrow().state()).isEqualTo(CircuitState.OPEN);
		assertThat(this.factory.create("api").run(() -> "ok")).as("outside of the group").isEqualTo("ok");
		assertThat(this.factory.create("api", "others").run(() -> "ok")).as("in another group").isEqualTo("ok");
	}

	@Test
	void scopeAndTypeThatAreConfiguredForAnIdCount() {
		this.factory.create("named");
		this.factory.create("named", "others");
		assertThat(this.brama.all()).extracting((circuit) -> circuit.id())
			.containsExactlyInAnyOrder(new ConnectionId("named", "http", "payments"),
					new ConnectionId("named", "http", "others"));
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "", " ", "\t" })
	void anIdMustBeText(String id) {
		assertThatIllegalArgumentException().isThrownBy(() -> this.factory.create(id));
		assertThatIllegalArgumentException().isThrownBy(() -> this.factory.create(id, "payments"));
		assertThatIllegalArgumentException().isThrownBy(() -> this.factory.create("api", id));
		assertThatIllegalArgumentException().isThrownBy(() -> this.factory.configure((config) -> {
		}, id));
		assertThat(this.brama.all()).isEmpty();
	}

	@Test
	void aCircuitIsThereOnceItsBreakerIsMade() {
		this.factory.create("api");
		assertThat(state("api")).isEqualTo(CircuitState.UNKNOWN);
	}

	@Test
	void aDefaultHoldsForEveryId() {
		this.factory.configureDefault((id) -> attempts(id, 5));
		this.factory.create("api");
		assertThat(maxAttempts("api")).isEqualTo(5);
	}

	@Test
	void aDefaultThatComesLaterHoldsForTheCallsAfterIt() {
		CircuitBreaker held = this.factory.create("api");
		this.factory.configureDefault((id) -> attempts(id, 5));
		this.factory.configureDefault((id) -> attempts(id, 1));
		fail(held);
		assertThat(maxAttempts("api")).isEqualTo(1);
		assertThat(state("api")).isEqualTo(CircuitState.OPEN);
	}

	@Test
	void aDefaultIsAskedOnceForEachCircuit() {
		List<String> asked = new ArrayList<>();
		this.factory.configureDefault((id) -> {
			asked.add(id);
			return attempts(id, 5);
		});
		this.factory.create("api").run(() -> "ok");
		this.factory.create("api").run(() -> "ok");
		this.factory.create("other").run(() -> "ok");
		assertThat(asked).containsExactly("api", "other");
	}

	@Test
	void aDefaultThatIsNullIsRefused() {
		this.factory.configureDefault((id) -> null);
		assertThatIllegalArgumentException().isThrownBy(() -> this.factory.create("api"))
			.withMessage("default configuration of circuit breaker 'api' must not be null");
	}

	@Test
	void whatIsSaidOfAnIdBeatsTheDefaultWhicheverComesFirst() {
		this.factory.configure((config) -> config.options((options) -> options.maxAttempts(3)), "early");
		this.factory.configureDefault(
				(id) -> new BramaConfigBuilder(id).options((options) -> options.maxAttempts(5).trialCalls(4)).build());
		this.factory.configure((config) -> config.options((options) -> options.maxAttempts(4)), "late");
		this.factory.create("early");
		this.factory.create("late");
		assertThat(maxAttempts("early")).isEqualTo(3);
		assertThat(maxAttempts("late")).isEqualTo(4);
		assertThat(this.brama.status("late").orElseThrow().config().trialCalls()).isEqualTo(4);
	}

	@Test
	void whatIsSaidOfAnIdLaterHoldsForTheCallsAfterIt() {
		CircuitBreaker held = this.factory.create("api");
		fail(held);
		this.factory.configure((config) -> config.options((options) -> options.maxAttempts(3)), "api", "other");
		fail(held);
		assertThat(state("api")).isNotEqualTo(CircuitState.OPEN);
		fail(held);
		assertThat(state("api")).isEqualTo(CircuitState.OPEN);
		this.factory.create("other");
		assertThat(maxAttempts("other")).isEqualTo(3);
	}

	@Test
	void whatTheFactoryWasToldLiesOverWhatIsConfigured() {
		this.factory.configureDefault((id) -> attempts(id, 5));
		this.factory.configure((config) -> config.options((options) -> options.trialCalls(4)), "named");
		this.factory.create("api", "payments");
		this.factory.create("named");
		assertThat(this.brama.status(ConnectionId.of("api").withScope("payments")).orElseThrow().config().maxAttempts())
			.as("the default beats the scope")
			.isEqualTo(5);
		assertThat(maxAttempts("named")).as("a connection by its name beats the default").isEqualTo(7);
		assertThat(this.brama.status("named").orElseThrow().config().trialCalls()).isEqualTo(4);
	}

	@Test
	void aLaterConfigurationOfAnIdLiesOverTheOneBefore() {
		this.factory.configure((config) -> config.timeout(Duration.ofSeconds(30)), "api");
		this.factory.configure((config) -> config.options((options) -> options.maxAttempts(3)), "api");
		this.factory.configure((config) -> config.options((options) -> options.trialCalls(4)), "api");
		Thread runner = this.factory.create("api").run(Thread::currentThread);
		assertThat(runner).as("limited").isNotSameAs(Thread.currentThread());
		assertThat(maxAttempts("api")).isEqualTo(3);
		assertThat(this.brama.status("api").orElseThrow().config().trialCalls()).isEqualTo(4);
	}

	@Test
	void whatMakesNoSenseIsRefusedAndChangesNothing() {
		this.factory.configure((config) -> config.timeout(Duration.ofSeconds(30)), "api");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.factory.configure(
					(config) -> config.timeout(Duration.ZERO).options((options) -> options.maxAttempts(0)), "api"))
			.withMessageContaining("max-attempts of connection 'api' must be between 1 and 1000000, was 0");
		Thread runner = this.factory.create("api").run(Thread::currentThread);
		assertThat(runner).as("limited").isNotSameAs(Thread.currentThread());
	}

	@Test
	void aDefaultLeavesAloneWhatWasRegisteredWithOptions() {
		this.brama.register("api", (options) -> options.maxAttempts(3));
		this.factory.configureDefault((id) -> attempts(id, 5));
		this.factory.create("api");
		assertThat(maxAttempts("api")).isEqualTo(3);
	}

	@Test
	void aDefaultHoldsAgainForACircuitThatWasGone() {
		try (Brama direct = Brama.builder().delivery(Delivery.DIRECT).build()) {
			BramaCircuitBreakerFactory factory = new BramaCircuitBreakerFactory(direct);
			factory.configureDefault((id) -> attempts(id, 5));
			CircuitBreaker held = factory.create("api");
			direct.unregister("api");
			held.run(() -> "ok");
			assertThat(direct.status("api").orElseThrow().config().maxAttempts()).isEqualTo(5);
		}
	}

	@Test
	void aDefaultHoldsOnceThereIsRoomForTheCircuit() {
		try (Brama small = Brama.builder().maxConnections(1).delivery(Delivery.DIRECT).build()) {
			BramaCircuitBreakerFactory factory = new BramaCircuitBreakerFactory(small);
			factory.configureDefault((id) -> attempts(id, 5));
			small.circuit("first").open(Command.because("the only room").untilToldOtherwise());
			CircuitBreaker held = factory.create("api");
			assertThat(held.run(() -> "unguarded")).isEqualTo("unguarded");
			small.unregister("first");
			held.run(() -> "ok");
			assertThat(small.status("api").orElseThrow().config().maxAttempts()).isEqualTo(5);
		}
	}

	@Test
	void aDefaultHoldsAgainBeforeAnybodyIsToldThatTheCircuitWasGone() {
		CountDownLatch told = new CountDownLatch(1);
		this.brama.subscribe(EventFilter.all(), (event) -> await(told));
		this.factory.configureDefault((id) -> attempts(id, 5));
		CircuitBreaker held = this.factory.create("api");
		this.brama.unregister("api");
		held.run(() -> "ok");
		told.countDown();
		assertThat(maxAttempts("api")).isEqualTo(5);
	}

	@Test
	void aCustomizerMeetsEachCircuitOfAnIdOnce() {
		List<ConnectionId> met = new ArrayList<>();
		this.factory.addCircuitCustomizer((circuit) -> met.add(circuit.id()), "api", "other");
		this.factory.create("api").run(() -> "ok");
		this.factory.create("api").run(() -> "ok");
		this.factory.create("api", "payments");
		this.factory.create("third");
		assertThat(met).containsExactly(ConnectionId.of("api"), ConnectionId.of("api").withScope("payments"));
	}

	@Test
	void anErrorHandlerSaysWhatIsAFailure() {
		this.factory
			.configureDefault((id) -> new BramaConfigBuilder(id).errorHandler((result, error) -> "busy".equals(result)
					? Outcome.failure("busy").tripNow() : ErrorHandler.DEFAULT.classify(result, error))
				.build());
		assertThat(this.factory.create("api").run(() -> "busy")).isEqualTo("busy");
		assertThat(state("api")).isEqualTo(CircuitState.OPEN);
	}

	@Test
	void anErrorIsAFailureToo() {
		StackOverflowError error = new StackOverflowError();
		assertThat(this.factory.create("api").<Throwable>run(() -> {
			throw error;
		}, (thrown) -> thrown)).isSameAs(error);
		assertThat(this.brama.status("api").orElseThrow().failureCount()).isEqualTo(1);
	}

	@Test
	void aDecoratorIsPutAroundEachBreaker() {
		this.factory.addDecorator(Shouting::new);
		assertThat(this.factory.create("api").run(() -> "ok")).isEqualTo("ok!");
	}

	@Test
	void thereIsNoLimitOfTimeUnlessOneIsSet() {
		Thread caller = Thread.currentThread();
		assertThat(this.factory.create("api").run(Thread::currentThread)).isSameAs(caller);
	}

	@Test
	void aCallThatTakesTooLongFails() {
		this.factory.configure((config) -> config.timeout(Duration.ofMillis(20)), "api");
		CountDownLatch interrupted = new CountDownLatch(1);
		Throwable error = this.factory.create("api").run(() -> {
			sleepUntilInterrupted(interrupted);
			return null;
		}, Function.identity());
		assertThat(error).isInstanceOf(TimeoutException.class).hasMessage("no answer within PT0.02S");
		await(interrupted);
		assertThat(this.brama.status("api").orElseThrow().calls().failure()).isEqualTo(1);
	}

	@Test
	void aSlowCallDoesNotSpoilLaterGoodOnes() {
		this.factory.configure((config) -> config.timeout(Duration.ofMillis(20)), "api");
		CountDownLatch interrupted = new CountDownLatch(1);
		this.factory.create("api").run(() -> {
			sleepUntilInterrupted(interrupted);
			return "late";
		}, (error) -> "fallback");
		await(interrupted);
		this.factory.configure((config) -> config.timeout(Duration.ofSeconds(30)), "api");
		for (int i = 0; i < 5; i++) {
			assertThat(this.factory.create("api").run(() -> "ok")).isEqualTo("ok");
		}
		assertThat(this.brama.status("api").orElseThrow().calls().success()).isEqualTo(5);
		assertThat(state("api")).isEqualTo(CircuitState.CLOSED);
	}

	@Test
	void anExceptionOfACallWithALimitIsTheVeryOne() {
		this.factory.configureDefault((id) -> new BramaConfigBuilder(id).timeout(Duration.ofSeconds(30)).build());
		RuntimeException thrown = new CompletionException(new IllegalStateException("down"));
		assertThat(this.factory.create("api").<Throwable>run(() -> {
			throw thrown;
		}, (error) -> error)).isSameAs(thrown);
	}

	@Test
	void aCallerWhoIsInterruptedWhileItWaitsSaysNothingOfTheConnection() {
		this.factory.configure((config) -> config.timeout(Duration.ofSeconds(30)), "api");
		Thread.currentThread().interrupt();
		Throwable error = this.factory.create("api").run(() -> {
			sleepUntilInterrupted(new CountDownLatch(1));
			return null;
		}, Function.identity());
		assertThat(Thread.interrupted()).isTrue();
		assertThat(error).isInstanceOf(InterruptedException.class);
		assertThat(this.brama.status("api").orElseThrow().calls().ignored()).isEqualTo(1);
	}

	@Test
	void theNearestTimeoutCounts() {
		Timeouts timeouts = new Timeouts(Duration.ofSeconds(1),
				Map.of("file", Duration.ofSeconds(2), "both", Duration.ofSeconds(2)));
		FactoryCircuits circuits = new FactoryCircuits(this.brama, timeouts,
				Map.of("both", new BramaConfigBuilder("both").timeout(Duration.ofSeconds(4)).build()));
		assertThat(timeout(circuits, "any")).hasSeconds(1);
		circuits.configureDefault((id) -> new BramaConfigBuilder(id).timeout(Duration.ZERO).build());
		assertThat(timeout(circuits, "any")).isZero();
		assertThat(timeout(circuits, "file")).hasSeconds(2);
		assertThat(timeout(circuits, "both")).hasSeconds(4);
	}

	private static Duration timeout(FactoryCircuits circuits, String id) {
		return circuits.guard(ConnectionId.of(id)).timeout();
	}

	@Test
	void aNegativeTimeoutIsRefused() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new BramaConfigBuilder("api").timeout(Duration.ofSeconds(-1)))
			.withMessage("timeout of circuit breaker 'api' must be 0 for no limit, or longer, was PT-1S");
	}

	private static void sleepUntilInterrupted(CountDownLatch interrupted) {
		try {
			new CountDownLatch(1).await();
		}
		catch (InterruptedException ex) {
			interrupted.countDown();
		}
	}

	private static BramaConfig attempts(String id, int attempts) {
		return new BramaConfigBuilder(id).options((options) -> options.maxAttempts(attempts)).build();
	}

	private int maxAttempts(String id) {
		return this.brama.status(id).orElseThrow().config().maxAttempts();
	}

	private void open(String id) {
		fail(this.factory.create(id));
		fail(this.factory.create(id));
		assertThat(state(id)).isEqualTo(CircuitState.OPEN);
	}

	private CircuitState state(String id) {
		return this.brama.status(id).orElseThrow().state();
	}

	private static void fail(CircuitBreaker breaker) {
		fail(breaker, (error) -> null);
	}

	private static void fail(CircuitBreaker breaker, Function<Throwable, Object> fallback) {
		breaker.run(() -> {
			throw new IllegalStateException("down");
		}, fallback);
	}

	/** Adds to every answer. */
	private record Shouting(CircuitBreaker delegate) implements CircuitBreaker {

		@Override
		@SuppressWarnings("unchecked")
		public <T> T run(Supplier<T> toRun, Function<Throwable, T> fallback) {
			return (T) (this.delegate.run(toRun, fallback) + "!");
		}

	}

}
