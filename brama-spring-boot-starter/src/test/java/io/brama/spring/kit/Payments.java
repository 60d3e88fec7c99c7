package io.brama.spring.kit;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

import io.brama.CircuitOpenException;
import io.brama.spring.annotation.CircuitBreaker;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Service;

/**
 * Guarded methods of every shape. None fails by itself.
 */
@Service
class Payments {

	private final PaymentErrors errors;

	Payments(PaymentErrors errors) {
		this.errors = errors;
	}

	@CircuitBreaker(identifier = "payment-api", errorHandler = PaymentErrors.class)
	String pay(String order) throws IOException {
		this.errors.reached("pay");
		return "paid " + order;
	}

	@CircuitBreaker(identifier = "payment-api", fallback = "later")
	String payOrQueue(String order) {
		this.errors.reached("payOrQueue");
		return "paid " + order;
	}

	String later(String order, CircuitOpenException open) {
		return "rejected " + order;
	}

	String later(String order, IOException failure) {
		return "queued " + order + ": " + failure.getMessage();
	}

	@CircuitBreaker(identifier = "payment-api", fallback = "laterAsync")
	CompletableFuture<String> payAsync(String order) {
		this.errors.reached("payAsync");
		return CompletableFuture.completedFuture("paid " + order);
	}

	CompletableFuture<String> laterAsync(String order, Exception failure) {
		return CompletableFuture.completedFuture("queued " + order);
	}

	@CircuitBreaker(identifier = "payment-api", fallback = "laterAsync")
	Future<String> payInFuture(String order) {
		this.errors.reached("payInFuture");
		return CompletableFuture.completedFuture("paid " + order);
	}

	@CircuitBreaker(identifier = "payment-api")
	Mono<String> payReactively(String order) {
		this.errors.reached("payReactively");
		return Mono.just("paid " + order);
	}

	@CircuitBreaker(identifier = "payment-api")
	Flux<String> payAll(String order) {
		this.errors.reached("payAll");
		return Flux.just("paid " + order);
	}

	@CircuitBreaker(identifier = "bank-#{#bank}")
	String transfer(String bank) {
		return "via " + bank;
	}

}
