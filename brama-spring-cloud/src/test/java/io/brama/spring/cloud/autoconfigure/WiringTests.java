package io.brama.spring.cloud.autoconfigure;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import io.brama.Brama;
import io.brama.CircuitState;
import io.brama.spring.autoconfigure.BramaAutoConfiguration;
import io.brama.spring.cloud.BramaCircuitBreakerFactory;
import io.brama.spring.cloud.ReactiveBramaCircuitBreakerFactory;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cloud.client.circuitbreaker.CircuitBreakerFactory;
import org.springframework.cloud.client.circuitbreaker.Customizer;
import org.springframework.cloud.client.circuitbreaker.ReactiveCircuitBreakerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * What is there, depending on what else is.
 */
@ExtendWith(OutputCaptureExtension.class)
class WiringTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner().withConfiguration(AutoConfigurations
		.of(TaskExecutionAutoConfiguration.class, BramaAutoConfiguration.class, BramaCloudAutoConfiguration.class));

	@Test
	void bothFactoriesAreThereAndNothingIsSaidOfOthers(CapturedOutput output) {
		this.runner.run((context) -> {
			assertThat(context).getBean(CircuitBreakerFactory.class).isInstanceOf(BramaCircuitBreakerFactory.class);
			assertThat(context).getBean(ReactiveCircuitBreakerFactory.class)
				.isInstanceOf(ReactiveBramaCircuitBreakerFactory.class);
		});
		assertThat(output).doesNotContain("Resilience4j");
	}

	@Test
	void eachBacksOffWhereTheApplicationHasItsOwn() {
		this.runner.withBean(CircuitBreakerFactory.class, () -> mock(CircuitBreakerFactory.class))
			.run((context) -> assertThat(context).doesNotHaveBean(BramaCircuitBreakerFactory.class)
				.hasSingleBean(ReactiveBramaCircuitBreakerFactory.class));
		this.runner.withBean(ReactiveCircuitBreakerFactory.class, () -> mock(ReactiveCircuitBreakerFactory.class))
			.run((context) -> assertThat(context).doesNotHaveBean(ReactiveBramaCircuitBreakerFactory.class)
				.hasSingleBean(BramaCircuitBreakerFactory.class));
	}

	@Test
	void aKeySwitchesThemOff() {
		this.runner.withPropertyValues("spring.cloud.circuitbreaker.brama.enabled=false")
			.run((context) -> assertThat(context).hasSingleBean(Brama.class)
				.doesNotHaveBean(CircuitBreakerFactory.class)
				.doesNotHaveBean(ReactiveCircuitBreakerFactory.class));
	}

	@Test
	void withoutReactorThereIsTheBlockingOne() {
		this.runner.withClassLoader(new FilteredClassLoader("reactor"))
			.run((context) -> assertThat(context).hasSingleBean(BramaCircuitBreakerFactory.class)
				.doesNotHaveBean(ReactiveBramaCircuitBreakerFactory.class));
	}

	@Test
	void withoutAnythingOptionalThereIsTheBlockingOne() {
		this.runner
			.withConfiguration(AutoConfigurations.of(BramaGatewayAutoConfiguration.class,
					BramaServletGatewayAutoConfiguration.class))
			.withClassLoader(new FilteredClassLoader("reactor", "io.micrometer", "feign", "jakarta.servlet",
					"org.springframework.cloud.gateway", "org.springframework.cloud.openfeign",
					"org.springframework.web", "org.springframework.boot.actuate"))
			.run((context) -> assertThat(run(context.getBean(CircuitBreakerFactory.class))).isEqualTo("ok"));
	}

	@Test
	void withoutSpringBootsExecutorsTimeoutsWorkAsWell() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(BramaAutoConfiguration.class, BramaCloudAutoConfiguration.class))
			.withPropertyValues("spring.cloud.circuitbreaker.brama.timeout=30s")
			.run((context) -> assertThat(run(context.getBean(CircuitBreakerFactory.class))).isEqualTo("ok"));
	}

	@Test
	void withoutObservationCallsAreNotObserved() {
		this.runner.withClassLoader(new FilteredClassLoader("io.micrometer"))
			.run((context) -> assertThat(run(context.getBean(CircuitBreakerFactory.class))).isEqualTo("ok"));
	}

	@Test
	void withTheMainSwitchOffEveryCallPasses() {
		this.runner.withPropertyValues("brama.enabled=false", "brama.max-attempts=1").run((context) -> {
			CircuitBreakerFactory<?, ?> factory = context.getBean(CircuitBreakerFactory.class);
			fail(factory);
			fail(factory);
			assertThat(run(factory)).isEqualTo("ok");
		});
	}

	@Test
	void customizersAreAppliedOnce() {
		this.runner.withUserConfiguration(Customized.class).run((context) -> {
			fail(context.getBean(CircuitBreakerFactory.class));
			assertThat(context.getBean(Brama.class).status("api").orElseThrow().state()).isEqualTo(CircuitState.OPEN);
			context.getBean(ReactiveCircuitBreakerFactory.class);
			assertThat(context.getBean(AtomicInteger.class)).hasValue(2);
		});
	}

	@Test
	void timeoutsMayBeConfigured() {
		this.runner
			.withPropertyValues("spring.cloud.circuitbreaker.brama.timeout=30s",
					"spring.cloud.circuitbreaker.brama.timeouts.api=0")
			.run((context) -> {
				CircuitBreakerFactory<?, ?> factory = context.getBean(CircuitBreakerFactory.class);
				Thread caller = Thread.currentThread();
				assertThat(factory.create("api").run(Thread::currentThread)).isSameAs(caller);
				Thread other = factory.create("other").run(Thread::currentThread);
				assertThat(other.getName()).startsWith("brama-call-");
				assertThat(other.isDaemon()).isTrue();
			});
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void theLimitOfOtherTasksIsNotThatOfCalls(boolean reject) {
		this.runner
			.withPropertyValues("spring.cloud.circuitbreaker.brama.timeout=5s",
					"spring.task.execution.simple.concurrency-limit=1",
					"spring.task.execution.simple.reject-tasks-when-limit-reached=" + reject)
			.run((context) -> {
				CircuitBreakerFactory<?, ?> factory = context.getBean(CircuitBreakerFactory.class);
				assertThat(factory.create("outer").run(() -> run(factory), (error) -> "late")).isEqualTo("ok");
			});
	}

	@Test
	void anUnknownKeyIsRefused() {
		this.runner.withPropertyValues("spring.cloud.circuitbreaker.brama.timout=1s")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("spring.cloud.circuitbreaker.brama.timout"));
	}

	@Test
	void aNegativeTimeoutIsRefused() {
		this.runner.withPropertyValues("spring.cloud.circuitbreaker.brama.timeouts.api=-1s")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessage("timeout of circuit breaker 'api' must be 0 for no limit, or longer, was PT-1S"));
	}

	@Test
	void callsAndFallbacksAreObserved() {
		TestObservationRegistry registry = TestObservationRegistry.create();
		this.runner.withBean(ObservationRegistry.class, () -> registry).run((context) -> {
			CircuitBreakerFactory<?, ?> factory = context.getBean(CircuitBreakerFactory.class);
			assertThat(run(factory)).isEqualTo("ok");
			fail(factory);
		});
		TestObservationRegistryAssert.assertThat(registry)
			.hasNumberOfObservationsWithNameEqualTo("spring.cloud.circuitbreaker", 3);
		TestObservationRegistryAssert.assertThat(registry)
			.hasAnObservation((observation) -> observation.hasContextualNameEqualTo("circuit-breaker").hasError())
			.hasAnObservation((observation) -> observation.hasContextualNameEqualTo("circuit-breaker fallback")
				.doesNotHaveError());
	}

	private static String run(CircuitBreakerFactory<?, ?> factory) {
		return factory.create("api").run(() -> "ok", (error) -> "fallback");
	}

	private static void fail(CircuitBreakerFactory<?, ?> factory) {
		Function<Throwable, String> fallback = (error) -> "fallback";
		assertThat(factory.create("api").run(() -> {
			throw new IllegalStateException("down");
		}, fallback)).isEqualTo("fallback");
	}

	@Configuration(proxyBeanMethods = false)
	static class Customized {

		@Bean
		AtomicInteger customized() {
			return new AtomicInteger();
		}

		@Bean
		Customizer<BramaCircuitBreakerFactory> blocking(AtomicInteger customized) {
			return (factory) -> {
				customized.incrementAndGet();
				factory.configure((config) -> config.options((options) -> options.maxAttempts(1)), "api");
			};
		}

		@Bean
		Customizer<ReactiveBramaCircuitBreakerFactory> reactive(AtomicInteger customized) {
			return (factory) -> customized.incrementAndGet();
		}

	}

}
