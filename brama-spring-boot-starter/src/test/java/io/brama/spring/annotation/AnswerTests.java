package io.brama.spring.annotation;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;

import io.brama.Brama;
import io.brama.Circuit;
import io.brama.CircuitOpenException;
import io.brama.ConnectionStatus;
import io.brama.ErrorHandler;
import io.brama.Outcome;
import io.brama.spring.autoconfigure.BramaAutoConfiguration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static io.brama.Command.because;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Fallbacks of methods that return futures and publishers: they return the same, or the
 * value alone.
 */
class AnswerTests {

	private static final IllegalStateException PROBLEM = new IllegalStateException("no answer");

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(BramaAutoConfiguration.class))
		.withBean(Partner.class);

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void aFailedOrRejectedStageIsAnswered(boolean rejected) {
		with((partner, circuit) -> {
			prepare(circuit, rejected);
			partner.stage().completeExceptionally(PROBLEM);
			assertThat(partner.stageByStage()).isCompletedWithValue("stage for " + problem(rejected));
			assertThat(partner.stageByValue()).isCompletedWithValue("value");
			assertThat(circuit.status().calls().failure() + circuit.status().calls().rejected()).isEqualTo(2);
		});
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void aFailedOrRejectedFutureIsAnswered(boolean rejected) {
		with((partner, circuit) -> {
			prepare(circuit, rejected);
			assertThat(partner.futureByFuture()).succeedsWithin(Duration.ofSeconds(1))
				.isEqualTo("future for " + problem(rejected));
			Future<String> byValue = partner.futureByValue();
			assertThat(byValue.isDone()).isTrue();
			assertThat(byValue).succeedsWithin(Duration.ofSeconds(1)).isEqualTo("value");
			assertThat(circuit.status().calls().failure() + circuit.status().calls().rejected()).isEqualTo(2);
		});
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void aFailedOrRejectedPublisherIsAnswered(boolean rejected) {
		with((partner, circuit) -> {
			prepare(circuit, rejected);
			StepVerifier.create(partner.monoByMono()).expectNext("mono for " + problem(rejected)).verifyComplete();
			StepVerifier.create(partner.monoByValue()).expectNext("value").verifyComplete();
			StepVerifier.create(partner.monoByStage()).expectNext("stage").verifyComplete();
			String first = rejected ? "" : "first";
			StepVerifier.create(partner.fluxByFlux().collectList())
				.assertNext((elements) -> assertThat(String.join(" ", elements)).isEqualTo((first + " one two").trim()))
				.verifyComplete();
			StepVerifier.create(partner.fluxByValue().takeLast(1)).expectNext("value").verifyComplete();
			assertThat(circuit.status().calls().failure() + circuit.status().calls().rejected()).isEqualTo(5);
		});
	}

	@Test
	void whatIsThrownBeforeThereIsAFutureOrPublisherIsAnsweredToo() {
		with((partner, circuit) -> {
			assertThat(partner.throwingStage()).isCompletedWithValue("value");
			StepVerifier.create(partner.throwingMono()).expectNext("value").verifyComplete();
			assertThat(circuit.status().calls().failure()).isEqualTo(2);
		});
	}

	@Test
	@Tag("T64")
	void aFallbackThatReturnsNullInsteadOfAFutureOrPublisherIsAClearFailure() {
		this.runner.withBean(Careless.class).run((context) -> {
			Careless careless = context.getBean(Careless.class);
			assertThatExceptionOfType(CompletionException.class).isThrownBy(careless.stage()::join)
				.havingCause()
				.withMessage("Fallback " + Careless.class.getName()
						+ ".noStage() returned null instead of a CompletionStage");
			assertThatExceptionOfType(ExecutionException.class).isThrownBy(careless.future()::get)
				.havingCause()
				.withMessageEndingWith("noFuture() returned null instead of a Future");
			StepVerifier.create(careless.mono())
				.verifyErrorSatisfies((error) -> assertThat(error).isInstanceOf(IllegalStateException.class)
					.hasMessageEndingWith("noMono() returned null instead of a Mono"));
			assertThat(careless.value()).isCompletedWithValue(null);
		});
	}

	@Test
	void theFailureOfAFallbackReachesTheCallerAndIsNoFurtherCall() {
		with((partner, circuit) -> {
			partner.stage().completeExceptionally(PROBLEM);
			assertThatExceptionOfType(CompletionException.class).isThrownBy(partner.stageInVain()::join)
				.havingCause()
				.withMessage("nor this way");
			StepVerifier.create(partner.monoInVain()).verifyErrorMessage("nor this way");
			StepVerifier.create(partner.fluxInVain()).verifyErrorMessage("nor this way");
			assertThatExceptionOfType(ExecutionException.class).isThrownBy(partner.futureInVain()::get)
				.havingCause()
				.withMessage("nor this way");
			assertThat(circuit.status().calls()).isEqualTo(new ConnectionStatus.Calls(0, 4, 0, 0, 0, 0));
		});
	}

	@Test
	@Tag("T59")
	void cancellationIsNotAnswered() {
		with((partner, circuit) -> {
			CompletableFuture<String> future = partner.stageByValue();
			future.cancel(true);
			assertThat(future).isCancelled();
			partner.monoOf(Mono.never()).subscribe().dispose();
			assertThat(partner.answered()).isZero();
			assertThat(circuit.status().calls().ignored()).isEqualTo(2);
		});
	}

	@Test
	void toCancelTheFutureCancelsTheOneOfTheFallback() {
		with((partner, circuit) -> {
			partner.stage().completeExceptionally(PROBLEM);
			CompletableFuture<String> future = partner.stageByPendingStage();
			assertThat(future.cancel(true)).isTrue();
			assertThat(partner.pending()).isCancelled();
		});
	}

	@Test
	void resultsThatAreFailuresAreAnswered() {
		with((partner, circuit) -> {
			assertThat(partner.refusedStage()).isCompletedWithValue("value");
			StepVerifier.create(partner.refusedMono(Mono.just("refused"))).expectNext("value").verifyComplete();
			StepVerifier.create(partner.refusedMono(Mono.empty())).expectNext("value").verifyComplete();
			StepVerifier.create(partner.refusedMono(Mono.just("fine"))).expectNext("fine").verifyComplete();
			assertThat(circuit.status().calls()).isEqualTo(new ConnectionStatus.Calls(1, 3, 0, 0, 0, 0));
			assertThat(partner.answered()).isEqualTo(3);
		});
	}

	@Test
	void theHandlerIsAskedOnceThoughTheAnswerIsEmptyOrFails() {
		AtomicInteger asked = new AtomicInteger();
		this.runner.withBean("counting", ErrorHandler.class, () -> (result, error) -> {
			asked.incrementAndGet();
			return Outcome.failure("refused");
		}).withBean(Counted.class).run((context) -> {
			StepVerifier.create(context.getBean(Counted.class).byNothing()).verifyComplete();
			assertThat(asked).hasValue(1);
			StepVerifier.create(context.getBean(Counted.class).inVain()).verifyErrorMessage("nor this way");
			assertThat(asked).hasValue(2);
		});
	}

	@Test
	void aLateEndAfterCancellationIsNotAnswered() {
		with((partner, circuit) -> {
			Sinks.One<String> sink = Sinks.one();
			partner.monoOf(sink.asMono()).subscribe().dispose();
			sink.tryEmitError(PROBLEM);
			assertThat(partner.answered()).isZero();
		});
	}

	private static void prepare(Circuit circuit, boolean rejected) {
		if (rejected) {
			circuit.open(because("maintenance"));
		}
	}

	private static String problem(boolean rejected) {
		return rejected ? CircuitOpenException.class.getSimpleName() : PROBLEM.getClass().getSimpleName();
	}

	private void with(Check test) {
		this.runner.run(
				(context) -> test.run(context.getBean(Partner.class), context.getBean(Brama.class).circuit("partner")));
	}

	private interface Check {

		void run(Partner partner, Circuit circuit) throws Exception;

	}

	public static class Partner {

		private final CompletableFuture<String> stage = new CompletableFuture<>();

		private final CompletableFuture<String> pending = new CompletableFuture<>();

		private int answered;

		@CircuitBreaker(identifier = "partner", fallback = "stageFor")
		public CompletableFuture<String> stageByStage() {
			return this.stage;
		}

		CompletableFuture<String> stageFor(Exception ex) {
			return CompletableFuture.completedFuture("stage for " + ex.getClass().getSimpleName());
		}

		@CircuitBreaker(identifier = "partner", fallback = "value")
		public CompletableFuture<String> stageByValue() {
			return this.stage;
		}

		@CircuitBreaker(identifier = "partner", fallback = "pending")
		public CompletableFuture<String> stageByPendingStage() {
			return this.stage;
		}

		public CompletableFuture<String> pending() {
			return this.pending;
		}

		@CircuitBreaker(identifier = "partner", fallback = "value")
		public CompletableFuture<String> throwingStage() {
			throw PROBLEM;
		}

		@CircuitBreaker(identifier = "partner", fallback = "inVain")
		public CompletableFuture<String> stageInVain() {
			return this.stage;
		}

		@CircuitBreaker(identifier = "partner", fallback = "value", errorHandler = Picky.class)
		public CompletableFuture<String> refusedStage() {
			return CompletableFuture.completedFuture("refused");
		}

		@CircuitBreaker(identifier = "partner", fallback = "futureFor")
		public Future<String> futureByFuture() {
			return failed();
		}

		Future<String> futureFor(Exception ex) {
			FutureTask<String> task = new FutureTask<>(() -> "future for " + ex.getClass().getSimpleName());
			task.run();
			return task;
		}

		@CircuitBreaker(identifier = "partner", fallback = "value")
		public Future<String> futureByValue() {
			return failed();
		}

		@CircuitBreaker(identifier = "partner", fallback = "inVain")
		public Future<String> futureInVain() {
			return failed();
		}

		private static Future<String> failed() {
			FutureTask<String> task = new FutureTask<>(() -> {
				throw PROBLEM;
			});
			task.run();
			return task;
		}

		@CircuitBreaker(identifier = "partner", fallback = "monoFor")
		public Mono<String> monoByMono() {
			return Mono.error(PROBLEM);
		}

		Mono<String> monoFor(Exception ex) {
			return Mono.just("mono for " + ex.getClass().getSimpleName());
		}

		@CircuitBreaker(identifier = "partner", fallback = "value")
		public Mono<String> monoByValue() {
			return Mono.error(PROBLEM);
		}

		@CircuitBreaker(identifier = "partner", fallback = "completed")
		public Mono<String> monoByStage() {
			return Mono.error(PROBLEM);
		}

		CompletableFuture<String> completed() {
			return CompletableFuture.completedFuture("stage");
		}

		@CircuitBreaker(identifier = "partner", fallback = "value")
		public Mono<String> throwingMono() {
			throw PROBLEM;
		}

		@CircuitBreaker(identifier = "partner", fallback = "inVain")
		public Mono<String> monoInVain() {
			return Mono.error(PROBLEM);
		}

		@CircuitBreaker(identifier = "partner", fallback = "count")
		public Mono<String> monoOf(Mono<String> mono) {
			return mono;
		}

		String count(Mono<String> mono) {
			return value();
		}

		@CircuitBreaker(identifier = "partner", fallback = "count", errorHandler = Picky.class)
		public Mono<String> refusedMono(Mono<String> mono) {
			return mono;
		}

		@CircuitBreaker(identifier = "partner", fallback = "elements")
		public Flux<String> fluxByFlux() {
			return Flux.just("first").concatWith(Mono.error(PROBLEM));
		}

		Flux<String> elements() {
			return Flux.just("one", "two");
		}

		@CircuitBreaker(identifier = "partner", fallback = "value")
		public Flux<String> fluxByValue() {
			return Flux.error(PROBLEM);
		}

		@CircuitBreaker(identifier = "partner", fallback = "inVain")
		public Flux<String> fluxInVain() {
			return Flux.error(PROBLEM);
		}

		String value() {
			this.answered++;
			return "value";
		}

		String inVain() {
			throw new IllegalStateException("nor this way");
		}

		public CompletableFuture<String> stage() {
			return this.stage;
		}

		public int answered() {
			return this.answered;
		}

	}

	public static class Counted {

		@CircuitBreaker(identifier = "counted", fallback = "nothing", errorHandlerBean = "counting")
		public Mono<String> byNothing() {
			return Mono.just("refused");
		}

		Mono<String> nothing() {
			return Mono.empty();
		}

		@CircuitBreaker(identifier = "counted", fallback = "failing", errorHandlerBean = "counting")
		public Mono<String> inVain() {
			return Mono.just("refused");
		}

		Mono<String> failing() {
			return Mono.error(new IllegalStateException("nor this way"));
		}

	}

	static class Picky implements ErrorHandler {

		@Override
		public Outcome classify(Object result, Throwable error) {
			return (error == null && "fine".equals(result)) ? Outcome.success() : Outcome.failure("refused");
		}

	}

	/** Its fallbacks return nothing. */
	public static class Careless {

		@CircuitBreaker(identifier = "partner", fallback = "noStage")
		public CompletableFuture<String> stage() {
			return CompletableFuture.failedFuture(PROBLEM);
		}

		CompletionStage<String> noStage() {
			return null;
		}

		@CircuitBreaker(identifier = "partner", fallback = "noFuture")
		public Future<String> future() {
			return CompletableFuture.failedFuture(PROBLEM);
		}

		Future<String> noFuture() {
			return null;
		}

		@CircuitBreaker(identifier = "partner", fallback = "noMono")
		public Mono<String> mono() {
			return Mono.error(PROBLEM);
		}

		Mono<String> noMono() {
			return null;
		}

		@CircuitBreaker(identifier = "partner", fallback = "nothing")
		public CompletableFuture<String> value() {
			return CompletableFuture.failedFuture(PROBLEM);
		}

		String nothing() {
			return null;
		}

	}

}
