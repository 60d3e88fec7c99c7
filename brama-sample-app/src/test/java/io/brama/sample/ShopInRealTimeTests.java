package io.brama.sample;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The short form of the story by the clock on the wall, and what the log says about it.
 * <p>
 * The context is a new one: one that was put aside for another meanwhile has lost its
 * bridge from {@link System.Logger}.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "shop.partners.port=0")
@DirtiesContext(classMode = DirtiesContext.ClassMode.BEFORE_CLASS)
@ExtendWith(OutputCaptureExtension.class)
class ShopInRealTimeTests {

	@Test
	void theCircuitOpensForTwoSecondsAndCloses(CapturedOutput output, @LocalServerPort int port) {
		Customer customer = new Customer(port);
		customer.breaks("payment-api");
		for (int attempt = 1; attempt <= 5; attempt++) {
			assertThat(customer.ordersABook().status()).isEqualTo(502);
		}
		assertThat(customer.ordersABook().status()).isEqualTo(503);
		customer.heals("payment-api");

		await().atMost(Duration.ofSeconds(10))
			.untilAsserted(() -> assertThat(customer.circuit("payment-api").text("state")).isEqualTo("HALF_OPEN"));
		assertThat(customer.ordersABook().status()).isEqualTo(201);

		assertThat(customer.circuit("payment-api").text("state")).isEqualTo("CLOSED");
		await().untilAsserted(() -> assertThat(output)
			.contains("connection 'payment-api': CLOSED -> OPEN, 5 consecutive failures (503 Service Unavailable; "
					+ "cause: org.springframework.web.client.HttpServerErrorException$ServiceUnavailable); trials begin in 2s",
					"The shop notifies the person on call: no calls to payment-api until",
					"connection 'payment-api': OPEN -> HALF_OPEN, expiry reached",
					"connection 'payment-api': HALF_OPEN -> CLOSED, trials succeeded",
					"The shop notifies the person on call: payment-api is well again"));
	}

}
