package io.brama.spring.annotation;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;

import io.brama.Brama;
import io.brama.Circuit;
import io.brama.CircuitOpenException;
import io.brama.CircuitState;
import io.brama.ConnectionStatus;
import io.brama.spring.autoconfigure.BramaAutoConfiguration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static io.brama.Command.because;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Guarded methods that return a future.
 */
class AsyncTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(BramaAutoConfiguration.class))
		.withBean(Partner.class);

	@Test
	void theOutcomeIsTheOneOfTheFuture() {
		this.runner.run((context) -> {
			Partner partner = context.getBean(Partner.class);
			Circuit circuit = circuit(context.getBean(Brama.class));
			CompletableFuture<String> answer = partner.future();
			assertThat(circuit.status().calls().total()).isZero();
			partner.answer().complete("42");
			assertThat(answer).isCompletedWithValue("42");
			assertThat(circuit.status().calls()).isEqualTo(new ConnectionStatus.Calls(1, 0, 0, 0, 0, 0));
		});
	}

	@Test
	void aFailedFutureIsAFailureAndTheCallerSeesItsException() {
		this.runner.run((context) -> {
			Partner partner = context.getBean(Partner.class);
			IllegalStateException problem = new IllegalStateException("no answer");
			CompletableFuture<String> answer = partner.stage().toCompletableFuture();
			partner.answer().completeExceptionally(problem);
			assertThatExceptionOfType(CompletionException.class).isThrownBy(answer::join)
				.havingCause()
				.isSameAs(problem);
			assertThat(circuit(context.getBean(Brama.class)).status().lastFailureReason()).isEqualTo("no answer");
		});
	}

	@Test
	@Tag("T64")
	void anOpenCircuitGivesAFailedFutureAndRunsNothing() {
		this.runner.run((context) -> {
			Partner partner = context.getBean(Partner.class);
			context.getBean(Brama.class).open("partner", because("maintenance"));
			assertThatExceptionOfType(CompletionException.class).isThrownBy(partner.future()::join)
				.withCauseExactlyInstanceOf(CircuitOpenException.class);
			assertThatExceptionOfType(CompletionException.class).isThrownBy(partner.stage().toCompletableFuture()::join)
				.withCauseExactlyInstanceOf(CircuitOpenException.class);
			assertThat(partner.begun()).isZero();
		});
	}

	@Test
	void whatIsThrownInsteadOfAFutureIsThrownAndCounted() {
		this.runner.run((context) -> {
			Partner partner = context.getBean(Partner.class);
			IllegalStateException problem = new IllegalStateException("not even begun");
			assertThat(catchThrowable(() -> partner.throwing(problem))).isSameAs(problem);
			NoClassDefFoundError error = new NoClassDefFoundError("not even loaded");
			assertThat(catchThrowable(() -> partner.throwing(error))).isSameAs(error);
			assertThat(circuit(context.getBean(Brama.class)).status().calls().failure()).isEqualTo(2);
		});
	}

	@Test
	@Tag("T64")
	void nullInsteadOfAFutureIsAClearFailureAndFreesTheTrial() {
		this.runner.run((context) -> {
			Circuit circuit = circuit(context.getBean(Brama.class));
			circuit.halfOpen(because("try"));
			assertThatIllegalStateException().isThrownBy(context.getBean(Partner.class)::nothing)
				.withMessageContaining("Partner.nothing() returned null instead of a CompletionStage");
			assertThat(circuit.status().state()).isEqualTo(CircuitState.OPEN);
			assertThat(circuit.status().calls().failure()).isEqualTo(1);
		});
	}

	@Test
	void cancellationGivesThePlaceOfATrialBack() {
		this.runner.run((context) -> {
			Partner partner = context.getBean(Partner.class);
			Circuit circuit = circuit(context.getBean(Brama.class));
			circuit.halfOpen(because("try"));
			CompletableFuture<String> answer = partner.future();
			assertThat(circuit.isAvailable()).isFalse();
			assertThat(answer.cancel(true)).isTrue();
			assertThat(circuit.isAvailable()).isTrue();
			assertThat(circuit.status().calls().ignored()).isEqualTo(1);
			assertThat(partner.answer()).isCancelled();
			assertThatExceptionOfType(CancellationException.class).isThrownBy(answer::join);
		});
	}

	@Test
	void theOutcomeIsRecordedBeforeTheFutureCompletes() {
		this.runner.run((context) -> {
			Partner partner = context.getBean(Partner.class);
			Circuit circuit = circuit(context.getBean(Brama.class));
			circuit.halfOpen(because("try"));
			AtomicReference<CircuitState> seen = new AtomicReference<>();
			CompletableFuture<Void> done = partner.future().thenAccept((answer) -> seen.set(circuit.status().state()));
			partner.answer().complete("42");
			assertThat(done).isCompleted();
			assertThat(seen).hasValue(CircuitState.CLOSED);
		});
	}

	@Test
	void theImplementationSaysWhatIsReturned() {
		for (boolean classProxies : new boolean[] { true, false }) {
			this.runner.withBean(FutureClient.class)
				.withPropertyValues("spring.aop.proxy-target-class=" + classProxies)
				.run((context) -> {
					@SuppressWarnings("unchecked")
					Client<CompletableFuture<String>> client = context.getBean(Client.class);
					CompletableFuture<String> answer = client.send();
					assertThat(answer).isCompletedExceptionally();
					assertThat(context.getBean(Brama.class).status("client").orElseThrow().calls())
						.isEqualTo(new ConnectionStatus.Calls(0, 1, 0, 0, 0, 0));
				});
		}
	}

	private static Circuit circuit(Brama brama) {
		return brama.circuit("partner");
	}

	public static class Partner {

		private final CompletableFuture<String> answer = new CompletableFuture<>();

		private int begun;

		@CircuitBreaker(identifier = "partner")
		public CompletableFuture<String> future() {
			this.begun++;
			return this.answer;
		}

		@CircuitBreaker(identifier = "partner")
		public CompletionStage<String> stage() {
			this.begun++;
			return this.answer;
		}

		@CircuitBreaker(identifier = "partner")
		public CompletionStage<String> throwing(Throwable problem) {
			if (problem instanceof Error error) {
				throw error;
			}
			throw (RuntimeException) problem;
		}

		@CircuitBreaker(identifier = "partner")
		public CompletableFuture<String> nothing() {
			return null;
		}

		public CompletableFuture<String> answer() {
			return this.answer;
		}

		public int begun() {
			return this.begun;
		}

	}

	/** Says nothing about what it returns. */
	public interface Client<T> {

		T send();

	}

	public static class FutureClient implements Client<CompletableFuture<String>> {

		@Override
		@CircuitBreaker(identifier = "client")
		public CompletableFuture<String> send() {
			return CompletableFuture.failedFuture(new IllegalStateException("no answer"));
		}

	}

}
