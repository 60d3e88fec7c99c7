package io.brama.docs;

import io.brama.Brama;
import io.brama.Circuit;
import io.brama.CircuitOpenException;

/**
 * What the examples of the page about testing test.
 */
final class Checkout {

	private final Circuit payments;

	Checkout(Brama brama) {
		this.payments = brama.circuit("payment-api");
	}

	String order(String item) {
		try {
			return this.payments.call(() -> "paid: " + item);
		}
		catch (CircuitOpenException open) {
			return "to be paid later: " + item;
		}
		catch (Exception ex) {
			return "please try again";
		}
	}

}
