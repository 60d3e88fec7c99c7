package io.brama.migration;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.brama.Brama;
import io.brama.BramaEvent;
import io.brama.BramaEvent.Reconfigured;
import io.brama.BramaEvent.StateChanged;
import io.brama.Circuit;
import io.brama.CircuitState;
import io.brama.Delivery;
import io.brama.EventFilter;
import io.brama.Mode;
import io.brama.spring.annotation.MisusedCircuitBreakerException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.retry.annotation.Retry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static io.brama.Command.because;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * What docs/migrating-from-resilience4j.md says behaves differently does so.
 */
@ExtendWith(OutputCaptureExtension.class)
class DifferenceTests {

	@Test
	void tenFailuresInARowOpenACircuitOfBrama() {
		run(Plain.class, (context) -> {
			Plain plain = context.getBean(Plain.class);
			for (int i = 0; i < 10; i++) {
				assertThatException().isThrownBy(() -> plain.resilience4j(new IllegalStateException()));
				assertThatException().isThrownBy(() -> plain.brama(new IllegalStateException()));
			}
			assertThat(before(context).getState()).isEqualTo(State.CLOSED);
			assertThat(after(context).status().state()).isEqualTo(CircuitState.OPEN);
		});
	}

	@Test
	void withWhatThePageWritesDownBothDoWhatResilience4jDoesByDefault() {
		run(Plain.class, (context) -> {
			call(context, 49, true);
			call(context, 50, false);
			assertThat(before(context).getState()).isEqualTo(State.CLOSED);
			assertThat(after(context).status().state()).isEqualTo(CircuitState.CLOSED);
			call(context, 1, true);
			assertThat(before(context).getState()).isEqualTo(State.OPEN);
			assertThat(after(context).status().state()).isEqualTo(CircuitState.OPEN);
			before(context).transitionToHalfOpenState();
			after(context).halfOpen(because("a test"));
			call(context, 4, false);
			call(context, 5, true);
			assertThat(before(context).getState()).isEqualTo(State.HALF_OPEN);
			assertThat(after(context).status().state()).isEqualTo(CircuitState.HALF_OPEN);
			call(context, 1, true);
			assertThat(before(context).getState()).isEqualTo(State.CLOSED);
			assertThat(after(context).status().state()).isEqualTo(CircuitState.CLOSED);
		}, new Page("migrating-from-resilience4j.md").options("as Resilience4j does unless told otherwise")
			.toArray(String[]::new));
	}

	@Test
	void onlyAFallbackOfResilience4jAnswersForIgnoredExceptions() {
		run(Answered.class, (context) -> {
			Answered answered = context.getBean(Answered.class);
			assertThat(answered.resilience4j()).isEqualTo("answered");
			assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(answered::brama);
		}, "resilience4j.circuitbreaker.instances.x.ignore-exceptions=java.lang.IllegalArgumentException",
				"brama.connections.x.ignore-exceptions=java.lang.IllegalArgumentException");
	}

	@Test
	void whatIsNotRecordedIsASuccessForResilience4jAndIgnoredByBrama() {
		run(Plain.class, (context) -> {
			Plain plain = context.getBean(Plain.class);
			assertThatException().isThrownBy(() -> plain.resilience4j(new IllegalStateException()));
			assertThatException().isThrownBy(() -> plain.brama(new IllegalStateException()));
			assertThat(before(context).getMetrics().getNumberOfSuccessfulCalls()).isOne();
			assertThat(after(context).status().calls().ignored()).isOne();
		}, "resilience4j.circuitbreaker.instances.x.record-exceptions=java.io.IOException",
				"brama.connections.x.record-exceptions=java.io.IOException");
	}

	@Test
	void bramaDecidesAboutTrialsAsSoonAsItCan() {
		run(Plain.class, (context) -> {
			Plain plain = context.getBean(Plain.class);
			before(context).transitionToOpenState();
			before(context).transitionToHalfOpenState();
			after(context).halfOpen(because("a test"));
			for (int i = 0; i < 2; i++) {
				assertThatException().isThrownBy(() -> plain.resilience4j(new IllegalStateException()));
				assertThatException().isThrownBy(() -> plain.brama(new IllegalStateException()));
			}
			assertThat(before(context).getState()).isEqualTo(State.HALF_OPEN);
			assertThat(after(context).status().state()).isEqualTo(CircuitState.OPEN);
		}, "resilience4j.circuitbreaker.instances.x.permitted-number-of-calls-in-half-open-state=3",
				"brama.connections.x.half-open.trial-calls=3", "brama.connections.x.half-open.successes-to-close=2");
	}

	@Test
	void aFallbackThatDoesNotFitIsLeftOutByResilience4jWithAWarningAtEachCall(CapturedOutput output) {
		run(MisfitBefore.class, (context) -> {
			MisfitBefore misfit = context.getBean(MisfitBefore.class);
			for (int call = 1; call <= 2; call++) {
				assertThat(catchThrowable(misfit::call)).isInstanceOf(IllegalStateException.class);
				assertThat(output.getOut().lines().filter(DifferenceTests::isWarningOfAFallback)).hasSize(call);
			}
		});
	}

	@Test
	void aFallbackThatDoesNotFitIsFoundAtStartupByBrama() {
		assertThatExceptionOfType(MisusedCircuitBreakerException.class)
			.isThrownBy(() -> run(MisfitAfter.class, (context) -> {
			}))
			.withMessageContaining("its fallback 'missing' fits no method");
	}

	@Test
	void errorsAreFailuresOfBramaOnly() {
		run(Plain.class, (context) -> {
			Plain plain = context.getBean(Plain.class);
			assertThat(catchThrowable(() -> plain.resilience4j(new StackOverflowError()))).isNotNull();
			assertThat(catchThrowable(() -> plain.brama(new StackOverflowError()))).isNotNull();
			assertThat(before(context).getMetrics().getNumberOfFailedCalls()).isZero();
			assertThat(after(context).status().calls().failure()).isOne();
		});
	}

	@Test
	void aTrialThatEndsWithAnErrorNeverGivesItsPlaceBackToResilience4j() {
		run(Plain.class, (context) -> {
			Plain plain = context.getBean(Plain.class);
			before(context).transitionToOpenState();
			before(context).transitionToHalfOpenState();
			after(context).halfOpen(because("a test"));
			assertThat(catchThrowable(() -> plain.resilience4j(new StackOverflowError()))).isNotNull();
			assertThat(catchThrowable(() -> plain.brama(new StackOverflowError()))).isNotNull();
			assertThat(before(context).getState()).isEqualTo(State.HALF_OPEN);
			assertThat(before(context).tryAcquirePermission()).isFalse();
			assertThat(after(context).status().state()).isEqualTo(CircuitState.OPEN);
		}, "resilience4j.circuitbreaker.instances.x.permitted-number-of-calls-in-half-open-state=1");
	}

	@Test
	void theGateIsOutsideOfTheRetryOfResilience4jUnlessItIsMoved() {
		String attempts = "resilience4j.retry.instances.x.max-attempts=3";
		String pause = "resilience4j.retry.instances.x.wait-duration=1ms";
		run(Retried.class, (context) -> assertThat(failuresOf(context)).isEqualTo(1), attempts, pause);
		run(Retried.class, (context) -> assertThat(failuresOf(context)).isEqualTo(3), attempts, pause,
				"brama.aop.order=2147483643");
	}

	@Test
	void aModeIsPublishedAsAChangeOfAnOptionAndANewPeriod() {
		List<BramaEvent> events = new ArrayList<>();
		Brama brama = Brama.builder().delivery(Delivery.DIRECT).build();
		Circuit circuit = brama.circuit("x");
		brama.subscribe(EventFilter.all(), events::add);
		circuit.mode(Mode.OFF, because("a test"));
		assertThat(events).hasExactlyElementsOfTypes(Reconfigured.class, StateChanged.class);
	}

	private static void call(ConfigurableApplicationContext context, int times, boolean succeeds) {
		for (int i = 0; i < times; i++) {
			Runnable call = () -> {
				if (!succeeds) {
					throw new IllegalStateException();
				}
			};
			assertThat(catchThrowable(() -> before(context).executeRunnable(call)) == null).isEqualTo(succeeds);
			assertThat(catchThrowable(() -> after(context).run(call)) == null).isEqualTo(succeeds);
		}
	}

	private static boolean isWarningOfAFallback(String line) {
		return line.contains("WARN") && line.contains("FallbackExecutor");
	}

	private static long failuresOf(ConfigurableApplicationContext context) {
		assertThatException().isThrownBy(context.getBean(Retried.class)::call);
		return after(context).status().calls().failure();
	}

	private static io.github.resilience4j.circuitbreaker.CircuitBreaker before(ConfigurableApplicationContext context) {
		return context.getBean(CircuitBreakerRegistry.class).circuitBreaker("x");
	}

	private static Circuit after(ConfigurableApplicationContext context) {
		return context.getBean(Brama.class).circuit("x");
	}

	private static void run(Class<?> service, Consumer<ConfigurableApplicationContext> test, String... properties) {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class, service)
			.web(WebApplicationType.NONE)
			.properties("spring.config.name=none")
			.properties(properties)
			.run()) {
			test.accept(context);
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

	static class Plain {

		@io.github.resilience4j.circuitbreaker.annotation.CircuitBreaker(name = "x")
		public void resilience4j(Throwable problem) throws Throwable {
			throw problem;
		}

		@io.brama.spring.annotation.CircuitBreaker(identifier = "x")
		public void brama(Throwable problem) throws Throwable {
			throw problem;
		}

	}

	static class Answered {

		@io.github.resilience4j.circuitbreaker.annotation.CircuitBreaker(name = "x", fallbackMethod = "answer")
		public String resilience4j() {
			throw new IllegalArgumentException();
		}

		@io.brama.spring.annotation.CircuitBreaker(identifier = "x", fallback = "answer")
		public String brama() {
			throw new IllegalArgumentException();
		}

		public String answer(Throwable problem) {
			return "answered";
		}

	}

	static class MisfitBefore {

		@io.github.resilience4j.circuitbreaker.annotation.CircuitBreaker(name = "x", fallbackMethod = "missing")
		public String call() {
			throw new IllegalStateException();
		}

	}

	static class MisfitAfter {

		@io.brama.spring.annotation.CircuitBreaker(identifier = "x", fallback = "missing")
		public String call() {
			throw new IllegalStateException();
		}

	}

	static class Retried {

		@Retry(name = "x")
		@io.brama.spring.annotation.CircuitBreaker(identifier = "x")
		public void call() {
			throw new IllegalStateException();
		}

	}

}
