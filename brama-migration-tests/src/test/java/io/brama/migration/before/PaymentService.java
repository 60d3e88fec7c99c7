package io.brama.migration.before;

import io.brama.migration.Bank;
import io.brama.migration.Payments;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.annotation.CircuitBreaker;

import org.springframework.stereotype.Service;

/**
 * Payments guarded by Resilience4j.
 */
@Service
public class PaymentService implements Payments {

	private final Bank bank;

	public PaymentService(Bank bank) {
		this.bank = bank;
	}

	@Override
	@CircuitBreaker(name = "payment-api", fallbackMethod = "queueForLater")
	public String pay(String order) {
		return this.bank.pay(order);
	}

	public String queueForLater(String order, CallNotPermittedException open) {
		return "queued " + order + ", the circuit is open";
	}

	public String queueForLater(String order, IllegalStateException problem) {
		return "queued " + order + ", " + problem.getMessage();
	}

}
