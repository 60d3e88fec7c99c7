package io.brama.spring.annotation;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;

import io.brama.Brama;
import io.brama.Circuit;
import io.brama.CircuitOpenException;
import io.brama.CircuitState;
import io.brama.ConnectionStatus;
import io.brama.spring.autoconfigure.BramaAutoConfiguration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static io.brama.Command.because;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Guarded methods that return a plain future, which tells nobody when it is done.
 */
@ExtendWith(OutputCaptureExtension.class)
class FutureTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(BramaAutoConfiguration.class))
		.withBean(Partner.class);

	@Test
	void theOutcomeIsRecordedByWhoeverSeesThatItIsDone() throws Exception {
		withPartner((partner, circuit) -> {
			Future<String> future = partner.future();
			assertThat(future.isDone()).isFalse();
			assertThat(circuit.status().calls().total()).isZero();
			partner.task().run();
			assertThat(future.isDone()).isTrue();
			assertThat(circuit.status().calls()).isEqualTo(new ConnectionStatus.Calls(1, 0, 0, 0, 0, 0));
			assertThat(future).succeedsWithin(1, TimeUnit.SECONDS).isEqualTo("42");
			assertThat(circuit.status().calls().total()).isEqualTo(1);
		});
	}

	@Test
	void aFailureIsRecordedOnceAndReachesTheCallerAsItIs() {
		withPartner((partner, circuit) -> {
			IllegalStateException problem = new IllegalStateException("no answer");
			partner.answers(() -> {
				throw problem;
			});
			Future<String> future = partner.future();
			partner.task().run();
			for (int i = 0; i < 2; i++) {
				assertThatExceptionOfType(ExecutionException.class).isThrownBy(future::get)
					.havingCause()
					.isSameAs(problem);
			}
			assertThat(circuit.status().calls()).isEqualTo(new ConnectionStatus.Calls(0, 1, 0, 0, 0, 0));
			assertThat(circuit.status().lastFailureReason()).isEqualTo("no answer");
		});
	}

	@Test
	@Tag("T11")
	void toStopWaitingReportsNothing() {
		withPartner((partner, circuit) -> {
			Future<String> future = partner.future();
			assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> future.get(1, TimeUnit.MILLISECONDS));
			assertThat(circuit.status().calls().total()).isZero();
			partner.task().run();
			assertThat(future).succeedsWithin(1, TimeUnit.SECONDS);
			assertThat(circuit.status().calls()).isEqualTo(new ConnectionStatus.Calls(1, 0, 0, 0, 0, 0));
		});
	}

	@Test
	void whoAsksWithATimeoutDoesNotWaitLongerForAFallbackThatAnotherThreadRuns() throws Exception {
		this.runner.withBean(SlowlyAnswered.class).run((context) -> {
			SlowlyAnswered partner = context.getBean(SlowlyAnswered.class);
			Future<String> future = partner.future();
			CompletableFuture<String> other = CompletableFuture.supplyAsync(() -> resultOf(future));
			partner.asked().await();
			assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> future.get(1, TimeUnit.MILLISECONDS));
			partner.goOn().countDown();
			assertThat(other).succeedsWithin(1, TimeUnit.SECONDS).isEqualTo("at last");
			assertThat(future.get(0, TimeUnit.MILLISECONDS)).isEqualTo("at last");
		});
	}

	@Test
	void whoRunsTheFallbackGetsItsAnswerEvenAfterTheTimeout() {
		this.runner.withBean(SlowlyAnswered.class).run((context) -> {
			SlowlyAnswered partner = context.getBean(SlowlyAnswered.class);
			partner.goOn().countDown();
			assertThat(partner.future().get(0, TimeUnit.MILLISECONDS)).isEqualTo("at last");
		});
	}

	private static String resultOf(Future<String> future) {
		try {
			return future.get();
		}
		catch (InterruptedException | ExecutionException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	@Tag("T11")
	void cancellationGivesThePlaceOfATrialBack() {
		withPartner((partner, circuit) -> {
			circuit.halfOpen(because("try"));
			Future<String> future = partner.future();
			assertThat(circuit.isAvailable()).isFalse();
			assertThat(future.cancel(true)).isTrue();
			assertThat(circuit.isAvailable()).isTrue();
			assertThat(future.isCancelled()).isTrue();
			assertThat(partner.task()).isCancelled();
			assertThat(circuit.status().calls()).isEqualTo(new ConnectionStatus.Calls(0, 0, 1, 0, 0, 0));
		});
	}

	@Test
	@Tag("T64")
	void anOpenCircuitGivesAFailedFutureAndRunsNothing() {
		withPartner((partner, circuit) -> {
			circuit.open(because("maintenance"));
			assertThatExceptionOfType(ExecutionException.class).isThrownBy(partner.future()::get)
				.withCauseExactlyInstanceOf(CircuitOpenException.class);
			assertThat(partner.task()).isNull();
		});
	}

	@Test
	@Tag("T64")
	void nullInsteadOfAFutureIsAClearFailureAndFreesTheTrial() {
		withPartner((partner, circuit) -> {
			circuit.halfOpen(because("try"));
			assertThatIllegalStateException().isThrownBy(partner::nothing)
				.withMessageContaining("Partner.nothing() returned null instead of a Future");
			assertThat(circuit.status().state()).isEqualTo(CircuitState.OPEN);
		});
	}

	@Test
	void aFutureThatIsAStageTellsByItself() {
		withPartner((partner, circuit) -> {
			Future<String> future = partner.stageAsFuture();
			partner.stage().complete("42");
			assertThat(circuit.status().calls().success()).isEqualTo(1);
			assertThat(future).succeedsWithin(1, TimeUnit.SECONDS).isEqualTo("42");
		});
	}

	@Test
	void anInterruptedThreadThatAsksRecordsNothingAndStaysInterrupted() {
		withPartner((partner, circuit) -> {
			Future<String> future = partner.future();
			partner.task().run();
			Thread.currentThread().interrupt();
			boolean done = future.isDone();
			assertThat(Thread.interrupted()).isTrue();
			assertThat(done).isFalse();
			assertThat(circuit.status().calls().total()).isZero();
			assertThat(future.isDone()).isTrue();
			assertThat(circuit.status().calls()).isEqualTo(new ConnectionStatus.Calls(1, 0, 0, 0, 0, 0));
		});
	}

	@Test
	void aFutureOfAnotherKindCannotBeObservedAndIsWarnedAbout(CapturedOutput output) {
		this.runner.withBean(OwnKind.class).run((context) -> {
			assertThat(context.getBean(OwnKind.class).future().isDone()).isFalse();
			assertThat(context.getBean(Brama.class).status("own").orElseThrow().calls().success()).isEqualTo(1);
		});
		assertThat(output).containsOnlyOnce("OwnKind.future() counts each call as done when the method returns")
			.contains("nobody tells when a FutureTask is done. Return a CompletableFuture");
	}

	private void withPartner(BiConsumer<Partner, Circuit> test) {
		this.runner.run((context) -> test.accept(context.getBean(Partner.class),
				context.getBean(Brama.class).circuit("partner")));
	}

	public static class Partner {

		private final CompletableFuture<String> stage = new CompletableFuture<>();

		private Callable<String> answer = () -> "42";

		private FutureTask<String> task;

		@CircuitBreaker(identifier = "partner")
		public Future<String> future() {
			this.task = new StrictTask(this.answer);
			return this.task;
		}

		@CircuitBreaker(identifier = "partner")
		public Future<String> stageAsFuture() {
			return this.stage;
		}

		@CircuitBreaker(identifier = "partner")
		public Future<String> nothing() {
			return null;
		}

		public void answers(Callable<String> answer) {
			this.answer = answer;
		}

		public FutureTask<String> task() {
			return this.task;
		}

		public CompletableFuture<String> stage() {
			return this.stage;
		}

	}

	/** Does not answer interrupted threads, as some futures do. */
	static final class StrictTask extends FutureTask<String> {

		StrictTask(Callable<String> answer) {
			super(answer);
		}

		@Override
		public String get() throws InterruptedException, ExecutionException {
			if (Thread.interrupted()) {
				throw new InterruptedException();
			}
			return super.get();
		}

	}

	public static class OwnKind {

		@CircuitBreaker(identifier = "own")
		public FutureTask<String> future() {
			return new FutureTask<>(() -> "42");
		}

	}

	/** Its fallback answers when it is told to. */
	public static class SlowlyAnswered {

		private final CountDownLatch asked = new CountDownLatch(1);

		private final CountDownLatch goOn = new CountDownLatch(1);

		@CircuitBreaker(identifier = "partner", fallback = "later")
		public Future<String> future() {
			FutureTask<String> task = new FutureTask<>(() -> {
				throw new IllegalStateException("no answer");
			});
			task.run();
			return task;
		}

		String later() throws InterruptedException {
			this.asked.countDown();
			this.goOn.await();
			return "at last";
		}

		public CountDownLatch asked() {
			return this.asked;
		}

		public CountDownLatch goOn() {
			return this.goOn;
		}

	}

}
