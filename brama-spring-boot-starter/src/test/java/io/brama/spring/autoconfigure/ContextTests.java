package io.brama.spring.autoconfigure;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.brama.Brama;
import io.brama.CircuitOpenException;
import io.brama.CircuitState;
import io.brama.spring.annotation.CircuitBreaker;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static io.brama.Command.because;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Application contexts beside and after each other in one JVM.
 */
@Tag("T66")
class ContextTests {

	@Test
	void twoContextsGuardTheSameNameWithoutKnowingEachOther() {
		try (ConfigurableApplicationContext one = start("--brama.max-attempts=1");
				ConfigurableApplicationContext other = start("--brama.max-attempts=2")) {
			one.getBean(Brama.class).open("partner", because("maintenance"));
			assertThatExceptionOfType(CircuitOpenException.class).isThrownBy(one.getBean(Partner.class)::call);
			assertThat(other.getBean(Partner.class).call()).isEqualTo("called");
			assertThat(maxAttempts(one)).isEqualTo(1);
			assertThat(maxAttempts(other)).isEqualTo(2);
		}
	}

	@Test
	void closingOneContextLeavesTheTimerOfTheOtherRunning() {
		try (ConfigurableApplicationContext one = start("--brama.expiry=50ms")) {
			ConfigurableApplicationContext other = start("--brama.expiry=50ms");
			other.getBean(Brama.class).open("partner", because("maintenance"));
			other.close();
			Brama brama = one.getBean(Brama.class);
			brama.open("partner", because("maintenance").forDuration(Duration.ofMillis(50)));
			Awaitility.await().until(() -> brama.status("partner").orElseThrow().state() == CircuitState.HALF_OPEN);
		}
	}

	@Test
	void aContextThatFailsToStartLeavesNoThreadBehind() {
		Set<Thread> before = bramaThreads();
		assertThatException()
			.isThrownBy(() -> new SpringApplicationBuilder(BramaAutoConfiguration.class, Failing.class)
				.web(WebApplicationType.NONE)
				.run())
			.havingRootCause()
			.withMessage("this bean is broken");
		Awaitility.await().untilAsserted(() -> assertThat(before).containsAll(bramaThreads()));
	}

	private static int maxAttempts(ConfigurableApplicationContext context) {
		return context.getBean(Brama.class).status("partner").orElseThrow().config().maxAttempts();
	}

	private static ConfigurableApplicationContext start(String... arguments) {
		return new SpringApplicationBuilder(BramaAutoConfiguration.class, Partner.class).web(WebApplicationType.NONE)
			.properties(Map.of("spring.main.banner-mode", "off"))
			.run(arguments);
	}

	private static Set<Thread> bramaThreads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().startsWith("brama-"))
			.collect(Collectors.toSet());
	}

	public static class Partner {

		@CircuitBreaker(identifier = "partner")
		public String call() {
			return "called";
		}

	}

	public static class Failing {

		Failing(Brama brama) {
			brama.register("partner").open(because("maintenance").forDuration(Duration.ofHours(1)));
			throw new IllegalStateException("this bean is broken");
		}

	}

}
