package io.brama.spring.cloud;

import java.time.Duration;

import io.brama.test.ManualTime;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.cloud.client.circuitbreaker.CircuitBreakerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application that knows only Spring Cloud's interfaces, on Brama.
 */
class CloudApplicationTests {

	@Test
	void itOpensShowsItAndHeals() throws Exception {
		try (Backend backend = new Backend();
				Web shop = Web.servlet(Shop.class, "backend=" + backend.url(), "brama.scopes.prices.max-attempts=3",
						"brama.expiry=10s")) {
			assertThat(shop.get("/price")).isEqualTo("200 body");
			assertThat(shop.states()).isEqualTo("price-api CLOSED");
			backend.answers(500);
			for (int i = 0; i < 5; i++) {
				assertThat(shop.get("/price")).isEqualTo("200 no price");
			}
			assertThat(backend.requests()).isEqualTo(4);
			assertThat(shop.states()).isEqualTo("price-api OPEN");
			assertThat(shop.calls("price-api", "prices", "failure")).isEqualTo(3);
			assertThat(shop.calls("price-api", "prices", "rejected")).isEqualTo(2);
			backend.recovers();
			shop.advance(Duration.ofSeconds(10));
			assertThat(shop.get("/price")).isEqualTo("200 body");
			assertThat(shop.states()).isEqualTo("price-api CLOSED");
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Prices.class)
	static class Shop {

		@Bean
		ManualTime time() {
			return new ManualTime();
		}

	}

	@RestController
	static class Prices {

		private final RestClient partner;

		private final CircuitBreakerFactory<?, ?> circuitBreakers;

		Prices(@Value("${backend}") String backend, CircuitBreakerFactory<?, ?> circuitBreakers) {
			this.partner = RestClient.create(backend);
			this.circuitBreakers = circuitBreakers;
		}

		@GetMapping("/price")
		String price() {
			return this.circuitBreakers.create("price-api", "prices")
				.run(() -> this.partner.get().retrieve().body(String.class), (error) -> "no price");
		}

	}

}
