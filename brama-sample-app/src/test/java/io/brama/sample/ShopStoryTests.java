package io.brama.sample;

import java.time.Duration;

import io.brama.test.ManualTime;
import io.brama.test.spring.AutoConfigureBrama;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The story that the shop tells, over HTTP, with time passing on demand.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "shop.partners.port=0")
@AutoConfigureBrama
class ShopStoryTests {

	@LocalServerPort
	private int port;

	@Autowired
	private ManualTime time;

	private Customer customer;

	@BeforeEach
	void enterTheShop() {
		this.customer = new Customer(this.port);
	}

	@Test
	void fiveFailedPaymentsOpenTheCircuitAndTheEndpointSaysWhy() {
		failPayments(5);
		this.time.advance(Duration.ofMillis(500));

		Answer circuit = this.customer.circuit("payment-api");

		assertThat(circuit.text("state")).isEqualTo("OPEN");
		assertThat(circuit.text("reason")).isEqualTo("503 Service Unavailable");
		assertThat(circuit.number("failureCount")).isEqualTo(5);
		assertThat(circuit.duration("remainingOpenTime")).isEqualTo(Duration.ofMillis(1500));
	}

	@Test
	void whileTheCircuitIsOpenOrdersAreTurnedAwayAndThePartnerIsLeftAlone() {
		int before = this.customer.requestsTo("payment-api");
		failPayments(5);
		this.time.advance(Duration.ofMillis(500));

		Answer answer = this.customer.ordersABook();

		assertThat(answer.status()).isEqualTo(503);
		assertThat(answer.headers().getFirst(HttpHeaders.RETRY_AFTER)).isEqualTo("2");
		assertThat(answer.headers().getContentType()).hasToString("application/problem+json");
		assertThat(answer.text("detail")).contains("payment-api").doesNotContain("503");
		assertThat(this.customer.requestsTo("payment-api")).isEqualTo(before + 5);
	}

	@Test
	void theFirstCallAfterTheExpiryClosesTheCircuitOfAHealedPartner() {
		failPayments(5);
		this.customer.heals("payment-api");
		assertThat(this.customer.ordersABook().status()).isEqualTo(503);
		this.time.advance(Duration.ofSeconds(2));

		assertThat(this.customer.ordersABook().status()).isEqualTo(201);

		assertThat(this.customer.circuit("payment-api").text("state")).isEqualTo("CLOSED");
	}

	@Test
	void aPartnerThatFailsAgainAndAgainIsLeftAloneForLongerAndLonger() {
		failPayments(5);
		assertThat(remainingOpenTime()).isEqualTo(Duration.ofSeconds(2));
		failTheTrialAfter(Duration.ofSeconds(2));
		assertThat(remainingOpenTime()).isEqualTo(Duration.ofSeconds(4));
		failTheTrialAfter(Duration.ofSeconds(4));
		assertThat(remainingOpenTime()).isEqualTo(Duration.ofSeconds(8));
	}

	@Test
	void afterARecoveryTheExpiryBeginsAtTwoSecondsAgain() {
		failPayments(5);
		failTheTrialAfter(Duration.ofSeconds(2));
		this.customer.heals("payment-api");
		this.time.advance(Duration.ofSeconds(4));
		assertThat(this.customer.ordersABook().status()).isEqualTo(201);
		failPayments(5);
		assertThat(remainingOpenTime()).isEqualTo(Duration.ofSeconds(2));
	}

	@Test
	void aPartnerThatSaysWhenToComeBackIsLeftAloneAtOnceAndUntilThen() {
		this.customer.lets("payment-api", "{\"failureRate\": 1, \"retryAfterSeconds\": 120}");
		assertThat(this.customer.ordersABook().status()).isEqualTo(502);
		assertThat(remainingOpenTime()).isEqualTo(Duration.ofMinutes(2));
	}

	private void failPayments(int count) {
		this.customer.breaks("payment-api");
		for (int attempt = 1; attempt <= count; attempt++) {
			assertThat(this.customer.ordersABook().status()).isEqualTo(502);
		}
	}

	private void failTheTrialAfter(Duration expiry) {
		this.time.advance(expiry);
		assertThat(this.customer.ordersABook().status()).isEqualTo(502);
	}

	private Duration remainingOpenTime() {
		return this.customer.circuit("payment-api").duration("remainingOpenTime");
	}

}
