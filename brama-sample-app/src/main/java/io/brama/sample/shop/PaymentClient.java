package io.brama.sample.shop;

import java.math.BigDecimal;
import java.util.Objects;

import io.brama.spring.annotation.CircuitBreaker;
import io.brama.spring.web.HttpErrors;

import org.springframework.stereotype.Service;
import org.springframework.web.client.RestClient;

/**
 * The way to the payment provider.
 */
@Service
class PaymentClient {

	private final RestClient partners;

	PaymentClient(RestClient partners) {
		this.partners = partners;
	}

	@CircuitBreaker(identifier = "payment-api", errorHandler = HttpErrors.class)
	String pay(String orderId, BigDecimal amount) {
		return this.partners.post()
			.uri("/payment-api/payments")
			.body(new Payment(orderId, amount))
			.retrieve()
			.requiredBody(Confirmation.class)
			.reference();
	}

	/** What the provider is asked for. */
	record Payment(String orderId, BigDecimal amount) {
	}

	/** What it answers. Without a reference nothing was paid. */
	record Confirmation(String reference) {

		Confirmation {
			Objects.requireNonNull(reference, "reference");
		}

	}

}
