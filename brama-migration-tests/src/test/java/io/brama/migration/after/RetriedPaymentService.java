package io.brama.migration.after;

import io.brama.migration.Bank;
import io.brama.migration.Payments;
import io.brama.spring.annotation.CircuitBreaker;

import org.springframework.stereotype.Service;

/**
 * Payments that were guarded by Spring Retry and now are by Brama.
 */
@Service
public class RetriedPaymentService implements Payments {

	private final Bank bank;

	public RetriedPaymentService(Bank bank) {
		this.bank = bank;
	}

	@Override
	@CircuitBreaker(identifier = "payment-api", fallback = "queueForLater")
	public String pay(String order) {
		return this.bank.pay(order);
	}

	public String queueForLater(String order, RuntimeException problem) {
		return "queued " + order;
	}

}
