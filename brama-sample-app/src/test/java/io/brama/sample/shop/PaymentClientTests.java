package io.brama.sample.shop;

import java.math.BigDecimal;
import java.time.Duration;

import io.brama.CircuitOpenException;
import io.brama.test.Circuits;
import io.brama.test.Faults;
import io.brama.test.ManualTime;
import io.brama.test.spring.BramaTest;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.web.client.HttpServerErrorException;
import org.springframework.web.client.RestClient;

import static io.brama.test.BramaAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The way to the payment provider, without a shop around it. A snippet of
 * docs/testing.md.
 */
@BramaTest(PaymentClient.class)
class PaymentClientTests {

	@MockitoBean
	private RestClient partners;

	@Autowired
	private PaymentClient payments;

	@Autowired
	private Circuits circuits;

	@Test
	void nothingIsPaidWhileTheCircuitIsOpen() {
		this.circuits.open("payment-api");
		assertThatExceptionOfType(CircuitOpenException.class).isThrownBy(() -> pay("order"));
	}

	@Test
	void fiveFailuresOpenTheCircuitForTwoSeconds(@Autowired Faults faults, @Autowired ManualTime time) {
		faults.on("payment-api").fail(new HttpServerErrorException(HttpStatus.SERVICE_UNAVAILABLE));
		for (int attempt = 1; attempt <= 5; attempt++) {
			assertThatException().isThrownBy(() -> pay("order"));
		}
		assertThat(this.circuits.get("payment-api")).isOpen()
			.hasReason("503 Service Unavailable")
			.reopensWithin(Duration.ofSeconds(2));
		time.advance(Duration.ofSeconds(2));
		assertThat(this.circuits.get("payment-api")).isHalfOpen();
	}

	private void pay(String orderId) {
		this.payments.pay(orderId, BigDecimal.TEN);
	}

}
