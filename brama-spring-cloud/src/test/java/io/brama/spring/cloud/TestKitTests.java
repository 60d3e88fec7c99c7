package io.brama.spring.cloud;

import java.time.Duration;

import io.brama.Brama;
import io.brama.CircuitConfig;
import io.brama.spring.autoconfigure.BramaAutoConfiguration;
import io.brama.spring.cloud.autoconfigure.BramaCloudAutoConfiguration;
import org.junit.jupiter.api.RepeatedTest;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.cloud.client.circuitbreaker.CircuitBreakerFactory;
import org.springframework.cloud.client.circuitbreaker.Customizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the test kit sets back between tests, and what a factory was told and keeps.
 */
@SpringBootTest(webEnvironment = WebEnvironment.NONE)
class TestKitTests {

	@Autowired
	private Brama brama;

	@Autowired
	private CircuitBreakerFactory<?, ?> factory;

	@RepeatedTest(2)
	void whatTheFactoryWasToldSurvivesTheReset() {
		Thread runner = this.factory.create("api").run(Thread::currentThread);
		assertThat(runner).as("limited").isNotSameAs(Thread.currentThread());
		CircuitConfig config = this.brama.circuit("api").status().config();
		assertThat(config.maxAttempts()).isEqualTo(3);
		assertThat(config.trialCalls()).isEqualTo(4);
		assertThat(config.expiry()).isEqualTo(Duration.ofSeconds(60));
		this.brama.configure("api", (options) -> options.maxAttempts(7).trialCalls(7).expiry(Duration.ofSeconds(7)));
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ BramaAutoConfiguration.class, BramaCloudAutoConfiguration.class })
	static class Application {

		@Bean
		Customizer<BramaCircuitBreakerFactory> limits() {
			return (factory) -> {
				factory.configureDefault(
						(id) -> new BramaConfigBuilder(id).options((options) -> options.trialCalls(4)).build());
				factory.configure(
						(config) -> config.timeout(Duration.ofSeconds(30)).options((options) -> options.maxAttempts(3)),
						"api");
			};
		}

	}

}
