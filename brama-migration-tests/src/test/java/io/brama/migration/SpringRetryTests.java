package io.brama.migration;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.retry.ExhaustedRetryException;
import org.springframework.retry.annotation.CircuitBreaker;
import org.springframework.retry.annotation.EnableRetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What docs/migrating-from-spring-retry.md says about both libraries is so.
 */
class SpringRetryTests {

	private final Page page = new Page("migrating-from-spring-retry.md");

	@Test
	void theMigratedServiceDoesWhatItDidBefore() {
		List<Class<?>> services = List.of(io.brama.migration.before.RetriedPaymentService.class,
				io.brama.migration.after.RetriedPaymentService.class);
		for (Class<?> service : services) {
			run(service, (context) -> {
				Payments payments = context.getBean(Payments.class);
				Bank bank = context.getBean(Bank.class);
				assertThat(payments.pay("a")).isEqualTo("paid a");
				bank.isUp(false);
				for (int i = 0; i < 5; i++) {
					assertThat(payments.pay("b")).isEqualTo("queued b");
				}
				assertThat(bank.calls()).isEqualTo(4);
			}, "brama.connections.payment-api.max-attempts=3", "brama.connections.payment-api.expiry=30s");
		}
	}

	@Test
	void springRetryWrapsWhatTheCallerSees() {
		run(Both.class, (context) -> {
			Both both = context.getBean(Both.class);
			assertThatExceptionOfType(ExhaustedRetryException.class)
				.isThrownBy(() -> both.springRetry(new IllegalStateException()));
			assertThatExceptionOfType(IllegalStateException.class)
				.isThrownBy(() -> both.brama(new IllegalStateException()));
		});
	}

	@Test
	void aSuccessStartsTheCountAgainInBramaOnly() {
		run(Both.class, (context) -> {
			Both both = context.getBean(Both.class);
			RuntimeException problem = new IllegalStateException();
			assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> both.springRetry(problem));
			assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> both.brama(problem));
			both.springRetry(null);
			both.brama(null);
			assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> both.springRetry(problem));
			assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> both.brama(problem));
			assertThatExceptionOfType(ExhaustedRetryException.class).isThrownBy(() -> both.springRetry(null));
			both.brama(null);
		}, "brama.max-attempts=2");
	}

	@Test
	void anExceptionThatIsNotToBeRetriedOpensTheCircuitOfSpringRetry() {
		run(Both.class, (context) -> {
			Both both = context.getBean(Both.class);
			RuntimeException problem = new IllegalArgumentException();
			assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> both.springRetry(problem));
			assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> both.brama(problem));
			assertThatExceptionOfType(ExhaustedRetryException.class).isThrownBy(() -> both.springRetry(null));
			both.brama(null);
		}, "brama.max-attempts=2", "brama.ignore-exceptions=java.lang.IllegalArgumentException");
	}

	@Test
	void everyAttributeOfTheAnnotationIsInTheTable() {
		assertThat(this.page.names("Annotation", 1))
			.containsExactlyInAnyOrderElementsOf(attributes(CircuitBreaker.class));
	}

	@Test
	void whatTheTableNamesOfBramaExists() {
		Set<String> known = Page.keysOfBrama();
		Set<String> attributes = attributes(io.brama.spring.annotation.CircuitBreaker.class);
		assertThat(this.page.names("Annotation", 3)).isNotEmpty()
			.allSatisfy((name) -> assertThat(attributes.contains(name) || known.contains("brama." + name)).as(name)
				.isTrue());
	}

	private static Set<String> attributes(Class<?> annotation) {
		return Arrays.stream(annotation.getDeclaredMethods()).map(Method::getName).collect(Collectors.toSet());
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
	@EnableRetry
	static class Application {

		@Bean
		Bank bank() {
			return new Bank();
		}

	}

	static class Both {

		@CircuitBreaker(maxAttempts = 2, openTimeout = 60_000, noRetryFor = IllegalArgumentException.class)
		public void springRetry(RuntimeException problem) {
			fail(problem);
		}

		@io.brama.spring.annotation.CircuitBreaker(identifier = "x")
		public void brama(RuntimeException problem) {
			fail(problem);
		}

		private static void fail(RuntimeException problem) {
			if (problem != null) {
				throw problem;
			}
		}

	}

}
