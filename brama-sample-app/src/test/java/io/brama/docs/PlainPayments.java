package io.brama.docs;

import java.time.Duration;

import io.brama.Brama;
import io.brama.Circuit;
import io.brama.CircuitOpenException;

/**
 * The second example of the README: Brama without Spring.
 */
final class PlainPayments {

	private final PaymentApi api;

	PlainPayments(PaymentApi api) {
		this.api = api;
	}

	private final Brama brama = Brama.builder().maxAttempts(5).expiry(Duration.ofSeconds(30)).build();

	private final Circuit payments = this.brama.register("payment-api");

	String pay(String order) throws Exception {
		try {
			return this.payments.call(() -> this.api.pay(order));
		}
		catch (CircuitOpenException open) {
			return "Please try again later. " + open.getMessage();
		}
	}

	/** Something that can fail. */
	interface PaymentApi {

		String pay(String order) throws Exception;

	}

}
