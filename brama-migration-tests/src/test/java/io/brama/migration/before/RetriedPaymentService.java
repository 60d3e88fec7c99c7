package io.brama.migration.before;

import io.brama.migration.Bank;
import io.brama.migration.Payments;

import org.springframework.retry.annotation.CircuitBreaker;
import org.springframework.retry.annotation.Recover;
import org.springframework.stereotype.Service;

/**
 * Payments guarded by Spring Retry.
 */
@Service
public class RetriedPaymentService implements Payments {

	private final Bank bank;

	public RetriedPaymentService(Bank bank) {
		this.bank = bank;
	}

	@Override
	@CircuitBreaker(maxAttempts = 3, openTimeout = 10_000, resetTimeout = 30_000, label = "payment-api")
	public String pay(String order) {
		return this.bank.pay(order);
	}

	@Recover
	public String queueForLater(RuntimeException problem, String order) {
		return "queued " + order;
	}

}
