package io.brama.migration.after;

import io.brama.CircuitOpenException;
import io.brama.migration.Bank;
import io.brama.migration.Payments;
import io.brama.spring.annotation.CircuitBreaker;

import org.springframework.stereotype.Service;

/**
 * Payments guarded by Brama.
 */
@Service
public class PaymentService implements Payments {

	private final Bank bank;

	public PaymentService(Bank bank) {
		this.bank = bank;
	}

	@Override
	@CircuitBreaker(identifier = "payment-api", fallback = "queueForLater")
	public String pay(String order) {
		return this.bank.pay(order);
	}

	public String queueForLater(String order, CircuitOpenException open) {
		return "queued " + order + ", the circuit is open";
	}

	public String queueForLater(String order, IllegalStateException problem) {
		return "queued " + order + ", " + problem.getMessage();
	}

}
