package io.brama.spring.observation;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;

import io.brama.Brama;
import io.brama.CircuitOpenException;
import io.brama.spring.annotation.CallObserver;
import io.brama.spring.annotation.CircuitBreaker;
import io.brama.spring.autoconfigure.BramaAutoConfiguration;
import io.brama.spring.autoconfigure.BramaObservationAutoConfiguration;
import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.test.simple.SimpleSpan;
import io.micrometer.tracing.test.simple.SimpleTracer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static io.brama.Command.because;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Guarded calls as a registry of observations, and a tracer, see them.
 */
@ExtendWith(OutputCaptureExtension.class)
class CallObservationTests {

	private final TestObservationRegistry registry = TestObservationRegistry.create();

	private final List<CallContext> calls = new CopyOnWriteArrayList<>();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(BramaAutoConfiguration.class, BramaObservationAutoConfiguration.class))
		.withPropertyValues("brama.ignore-exceptions=java.lang.IllegalArgumentException")
		.withBean(Partner.class);

	private final ApplicationContextRunner observed = this.runner
		.withBean(ObservationRegistry.class, () -> this.registry)
		.withPropertyValues("brama.observations.enabled=true");

	CallObservationTests() {
		this.registry.observationConfig().observationHandler(new ObservationHandler<CallContext>() {

			@Override
			public void onStop(CallContext context) {
				CallObservationTests.this.calls.add(context);
			}

			@Override
			public boolean supportsContext(Observation.Context context) {
				return context instanceof CallContext;
			}

		});
	}

	@Test
	void aCallCarriesItsConnectionTheStateAndItsOutcome() {
		run((partner, brama) -> partner.call(() -> {
		}));
		TestObservationRegistryAssert.assertThat(this.registry)
			.hasSingleObservationThat()
			.hasNameEqualTo("brama.call")
			.hasContextualNameEqualTo("call partner")
			.hasBeenStarted()
			.hasBeenStopped();
		assertThat(keyValues()).isEqualTo(Map.of("identifier", "partner", "scope", "shop", "type", "http", "state",
				"closed", "outcome", "success", "fallback", "false"));
		assertThat(call().getHighCardinalityKeyValues()).isEmpty();
	}

	@Test
	void aFailureCarriesItsException() {
		IllegalStateException problem = new IllegalStateException("no answer");
		run((partner, brama) -> assertThatExceptionOfType(IllegalStateException.class)
			.isThrownBy(() -> partner.call(() -> {
				throw problem;
			})));
		assertThat(keyValues()).containsEntry("outcome", "failure");
		assertThat(call().getError()).isSameAs(problem);
	}

	@Test
	void aRejectionIsObservedToo() {
		run((partner, brama) -> {
			brama.open("partner", because("maintenance"));
			assertThatExceptionOfType(CircuitOpenException.class).isThrownBy(() -> partner.call(() -> {
			}));
		});
		assertThat(keyValues()).containsEntry("outcome", "rejected").containsEntry("state", "open");
		assertThat(call().getError()).isInstanceOf(CircuitOpenException.class);
	}

	@Test
	void anOutcomeThatIsIgnoredSaysSo() {
		run((partner, brama) -> assertThatExceptionOfType(IllegalArgumentException.class)
			.isThrownBy(() -> partner.call(() -> {
				throw new IllegalArgumentException("no such order");
			})));
		assertThat(keyValues()).containsEntry("outcome", "ignored");
	}

	@Test
	void aTrialSaysThatTheCircuitWasHalfOpen() {
		run((partner, brama) -> {
			brama.find("partner").orElseThrow().halfOpen(because("try it"));
			partner.call(() -> {
			});
		});
		assertThat(keyValues()).containsEntry("state", "half-open").containsEntry("outcome", "success");
	}

	@Test
	void anOutcomeThatComesTooLateSaysSo() {
		run((partner, brama) -> partner.call(() -> brama.open("partner", because("maintenance"))));
		assertThat(keyValues()).containsEntry("state", "closed").containsEntry("outcome", "late");
	}

	@Test
	void aFallbackIsToldOfForFailuresAndRejections() {
		run((partner, brama) -> {
			assertThat(partner.answered()).isEqualTo("by hand");
			brama.open("answered", because("maintenance"));
			assertThat(partner.answered()).isEqualTo("by hand");
		});
		assertThat(this.calls).extracting(CallObservationTests::keyValues)
			.allSatisfy((call) -> assertThat(call).containsEntry("fallback", "true"))
			.extracting((call) -> call.get("outcome"))
			.containsExactly("failure", "rejected");
	}

	@Test
	void anIdentifierMayDependOnTheCall() {
		run((partner, brama) -> partner.computed("7"));
		assertThat(keyValues()).containsEntry("identifier", "bank-7").containsEntry("scope", "none");
	}

	@Test
	void whatTheMethodDoesIsInsideOfTheCallAndTheFallbackIsNot() {
		Observation request = Observation.start("request", this.registry);
		run((partner, brama) -> request.scoped(() -> {
			partner.call(() -> assertThat(current()).isInstanceOf(CallContext.class));
			assertThat(current().getName()).isEqualTo("request");
			assertThat(partner.answeredByObservation()).isEqualTo("request");
		}));
		request.stop();
		assertThat(this.calls).hasSize(2)
			.allSatisfy(
					(call) -> assertThat(call.getParentObservation().getContextView().getName()).isEqualTo("request"));
	}

	@Test
	void aFutureIsObservedUntilItCompletes() {
		run((partner, brama) -> {
			CompletableFuture<String> answer = new CompletableFuture<>();
			CompletableFuture<String> seen = partner.stage(answer);
			assertThat(this.calls).isEmpty();
			answer.completeExceptionally(new IllegalStateException("no answer"));
			assertThat(seen).isCompletedExceptionally();
		});
		assertThat(keyValues()).containsEntry("outcome", "failure");
		assertThat(call().getError()).isExactlyInstanceOf(IllegalStateException.class);
	}

	@Test
	void aFutureThatIsCancelledIsIgnored() {
		run((partner, brama) -> partner.stage(new CompletableFuture<>()).cancel(true));
		assertThat(keyValues()).containsEntry("outcome", "ignored");
	}

	@Test
	void aFutureThatNobodyAsksIsLeftAloneWithAnUnknownOutcome() {
		run((partner, brama) -> {
			Future<String> answer = partner.future();
			assertThat(keyValues()).containsEntry("outcome", "unknown");
			assertThat(answer.get()).isEqualTo("called");
			assertThat(brama.status("partner").orElseThrow().calls().success()).isOne();
		});
		assertThat(this.calls).hasSize(1);
	}

	@Test
	void eachSubscriptionIsACallOfItsOwn() {
		run((partner, brama) -> {
			Mono<String> call = partner.mono(Mono.just("called"));
			assertThat(this.calls).isEmpty();
			StepVerifier.create(call).expectNext("called").verifyComplete();
			StepVerifier.create(call).expectNext("called").verifyComplete();
		});
		assertThat(this.calls).hasSize(2)
			.allSatisfy((call) -> assertThat(keyValues(call)).containsEntry("outcome", "success"));
	}

	@Test
	void aPublisherCarriesFailuresAndRejections() {
		run((partner, brama) -> {
			StepVerifier.create(partner.flux(Flux.error(new IllegalStateException("no answer")))).verifyError();
			brama.open("partner", because("maintenance"));
			StepVerifier.create(partner.flux(Flux.just("never"))).verifyError(CircuitOpenException.class);
		});
		assertThat(this.calls).extracting((call) -> keyValues(call).get("outcome"))
			.containsExactly("failure", "rejected");
	}

	@Test
	void aSubscriptionThatIsCancelledIsIgnored() {
		run((partner, brama) -> {
			Disposable subscription = partner.flux(Flux.never()).subscribe();
			subscription.dispose();
		});
		assertThat(keyValues()).containsEntry("outcome", "ignored");
	}

	@Test
	void publishersFindTheCallAroundThemInTheirContext() {
		Observation request = Observation.start("request", this.registry);
		run((partner, brama) -> StepVerifier
			.create(partner.mono(Mono.deferContextual((context) -> partner.flux(Flux.just("called")).next()))
				.contextWrite((context) -> context.put("micrometer.observation", request)))
			.expectNext("called")
			.verifyComplete());
		request.stop();
		assertThat(this.calls).hasSize(2);
		CallContext inner = this.calls.get(0);
		CallContext outer = this.calls.get(1);
		assertThat(inner.getParentObservation().getContextView()).isSameAs(outer);
		assertThat(outer.getParentObservation()).isSameAs(request);
	}

	@Test
	void theSpanOfATracerSaysTheSame() {
		SimpleTracer tracer = new SimpleTracer();
		this.registry.observationConfig().observationHandler(new DefaultTracingObservationHandler(tracer));
		run((partner, brama) -> assertThatExceptionOfType(IllegalStateException.class)
			.isThrownBy(() -> partner.call(() -> {
				throw new IllegalStateException("no answer");
			})));
		SimpleSpan span = tracer.onlySpan();
		assertThat(span.getName()).isEqualTo("call partner");
		assertThat(span.getTags()).containsEntry("identifier", "partner")
			.containsEntry("state", "closed")
			.containsEntry("outcome", "failure");
		assertThat(span.getError()).isInstanceOf(IllegalStateException.class);
	}

	@Test
	void anApplicationMayNameThingsItself() {
		this.observed.withBean(CallConvention.class, () -> new DefaultCallConvention() {

			@Override
			public String getName() {
				return "partner.call";
			}

		}).run((context) -> context.getBean(Partner.class).call(() -> {
		}));
		TestObservationRegistryAssert.assertThat(this.registry)
			.hasSingleObservationThat()
			.hasNameEqualTo("partner.call");
	}

	@Test
	void whatHandlersThrowCostsNoCallAndIsSaidOnce(CapturedOutput output) {
		this.registry.observationConfig().observationHandler(new Broken());
		run((partner, brama) -> {
			partner.call(() -> {
			});
			partner.call(() -> {
			});
			assertThat(brama.status("partner").orElseThrow().calls().success()).isEqualTo(2);
		});
		assertThat(output.getOut().split("could not be observed", -1)).hasSize(2);
	}

	@Test
	void nothingIsObservedUnlessSomebodyWantsIt() {
		this.runner.withBean(ObservationRegistry.class, () -> this.registry).run((context) -> {
			context.getBean(Partner.class).call(() -> {
			});
			assertThat(context).doesNotHaveBean(CallObserver.class);
		});
		TestObservationRegistryAssert.assertThat(this.registry).doesNotHaveAnyObservation();
	}

	@Test
	void whereThereIsNoRegistryAWarningSaysSo(CapturedOutput output) {
		this.runner.withPropertyValues("brama.observations.enabled=true").run((context) -> {
			context.getBean(Partner.class).call(() -> {
			});
			assertThat(context.getBean(Brama.class).status("partner").orElseThrow().calls().success()).isOne();
		});
		assertThat(output).contains("brama.observations.enabled is true, but nothing is observed");
	}

	private void run(Scene scene) {
		this.observed.run((AssertableApplicationContext context) -> scene.play(context.getBean(Partner.class),
				context.getBean(Brama.class)));
	}

	private CallContext call() {
		assertThat(this.calls).hasSize(1);
		return this.calls.get(0);
	}

	private Map<String, String> keyValues() {
		return keyValues(call());
	}

	private static Map<String, String> keyValues(CallContext call) {
		return call.getLowCardinalityKeyValues()
			.stream()
			.collect(Collectors.toMap(KeyValue::getKey, KeyValue::getValue));
	}

	private Observation.ContextView current() {
		return this.registry.getCurrentObservation().getContextView();
	}

	@FunctionalInterface
	interface Scene {

		void play(Partner partner, Brama brama) throws Exception;

	}

	static final class Broken implements ObservationHandler<CallContext> {

		@Override
		public void onStart(CallContext context) {
			throw new IllegalStateException("broken at the start");
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return context instanceof CallContext;
		}

	}

	public static class Partner {

		private final ObservationRegistry registry;

		public Partner(ObjectProvider<ObservationRegistry> registry) {
			this.registry = registry.getIfAvailable(() -> ObservationRegistry.NOOP);
		}

		@CircuitBreaker(identifier = "partner", scope = "shop", type = "http")
		public void call(Runnable body) {
			body.run();
		}

		@CircuitBreaker(identifier = "answered", fallback = "byHand")
		public String answered() {
			throw new IllegalStateException("no answer");
		}

		String byHand() {
			return "by hand";
		}

		@CircuitBreaker(identifier = "answered", fallback = "nameOfCurrent")
		public String answeredByObservation() {
			throw new IllegalStateException("no answer");
		}

		String nameOfCurrent() {
			return this.registry.getCurrentObservation().getContextView().getName();
		}

		@CircuitBreaker(identifier = "bank-#{#p0}")
		public void computed(String bank) {
		}

		@CircuitBreaker(identifier = "partner", scope = "shop", type = "http")
		public CompletableFuture<String> stage(CompletableFuture<String> answer) {
			return answer;
		}

		@CircuitBreaker(identifier = "partner", scope = "shop", type = "http")
		public Future<String> future() {
			FutureTask<String> task = new FutureTask<>(() -> "called");
			task.run();
			return task;
		}

		@CircuitBreaker(identifier = "partner", scope = "shop", type = "http")
		public Mono<String> mono(Mono<String> answer) {
			return answer;
		}

		@CircuitBreaker(identifier = "partner", scope = "shop", type = "http")
		public Flux<String> flux(Flux<String> answers) {
			return answers;
		}

	}

}
