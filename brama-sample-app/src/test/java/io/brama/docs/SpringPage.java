package io.brama.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import io.brama.CircuitOpenException;
import io.brama.ErrorHandler;
import io.brama.Outcome;
import io.brama.spring.annotation.CircuitBreaker;
import io.brama.spring.web.HttpErrors;
import reactor.core.publisher.Mono;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.AliasFor;
import org.springframework.resilience.annotation.Retryable;
import org.springframework.stereotype.Service;
import org.springframework.web.service.annotation.GetExchange;

/**
 * The examples of the page about Spring.
 */
final class SpringPage {

	private SpringPage() {
	}

	@Service
	static class Prices {

		@CircuitBreaker(identifier = "price-api")
		public int of(String item) {
			return ask(item);
		}

		private int ask(String item) {
			return item.isEmpty() ? 0 : 10;
		}

	}

	@Service
	@CircuitBreaker(identifier = "stock-api")
	static class Stock {

		public int of(String item) {
			return item.length();
		}

		@CircuitBreaker(identifier = "stock-orders")
		public String reorder(String item) {
			return "more of " + item;
		}

	}

	@Target(ElementType.METHOD)
	@Retention(RetentionPolicy.RUNTIME)
	@CircuitBreaker(identifier = "", type = "http", fallback = "nothing")
	@interface Remote {

		@AliasFor(annotation = CircuitBreaker.class, attribute = "identifier")
		String value();

	}

	@Service
	static class Reviews {

		@Remote("review-api")
		public Optional<String> of(String item) {
			return ask(item);
		}

		Optional<String> nothing(String item) {
			return Optional.empty();
		}

		private Optional<String> ask(String item) {
			if (item.isEmpty()) {
				throw new IllegalStateException("no answer");
			}
			return Optional.of("fine");
		}

	}

	@CircuitBreaker(identifier = "weather-api", errorHandler = HttpErrors.class)
	interface Weather {

		@GetExchange("/today")
		String today();

	}

	@Service
	static class Tickers {

		@CircuitBreaker(identifier = "ticker", fallback = "lastKnown")
		public Mono<String> price(String share) {
			return ask(share);
		}

		Mono<String> lastKnown(String share, Throwable error) {
			return Mono.just("as yesterday");
		}

		private Mono<String> ask(String share) {
			return share.isEmpty() ? Mono.error(new IllegalStateException("no answer")) : Mono.just("10");
		}

	}

	record Bank(String code) {

	}

	@Service
	static class Banks {

		@CircuitBreaker(identifier = "bank-#{#bank.code}")
		public void transfer(Bank bank, int amount) {
			connect(bank);
		}

		@CircuitBreaker(identifier = "bank-#{#bank.code}", scope = "banks", type = "http")
		public int balance(Bank bank) {
			return connect(bank);
		}

		private int connect(Bank bank) {
			return bank.code().length();
		}

	}

	@Service
	static class Orders {

		@CircuitBreaker(identifier = "payment-api", fallback = "queueForLater")
		public String pay(String order) {
			return call(order);
		}

		String queueForLater(String order) {
			return "queued " + order;
		}

		@CircuitBreaker(identifier = "shipping-api", fallback = "shipOtherwise")
		public String ship(String order) {
			return call(order);
		}

		String shipOtherwise(String order, UncheckedIOException ex) {
			return "by post: " + order;
		}

		String shipOtherwise(String order, CircuitOpenException open) {
			return "not before trials begin: " + order;
		}

		@CircuitBreaker(identifier = "order-api", fallback = "noteForLater", fallbackOn = CircuitOpenException.class)
		public String cancel(String order) {
			return call(order);
		}

		String noteForLater(String order) {
			return "noted: " + order;
		}

		private String call(String order) {
			throw new UncheckedIOException(new IOException("no answer about " + order));
		}

	}

	@Service
	static class Receipts {

		@CircuitBreaker(identifier = "printer", fallback = "byHand")
		public CompletableFuture<String> print(String receipt) {
			return send(receipt);
		}

		String byHand(String receipt) {
			return "by hand: " + receipt;
		}

		private CompletableFuture<String> send(String receipt) {
			return CompletableFuture.failedFuture(new IOException("out of paper: " + receipt));
		}

	}

	/** Business as usual is no failure of the connection. */
	static class RefundErrors implements ErrorHandler {

		@Override
		public Outcome classify(Object result, Throwable error) {
			return (error instanceof IllegalArgumentException) ? Outcome.ignored()
					: ErrorHandler.DEFAULT.classify(result, error);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Handlers {

		@Bean
		ErrorHandler refusals() {
			return (result, error) -> "refused".equals(result)
					? Outcome.failure("refused").retryAfter(Duration.ofMinutes(1))
					: ErrorHandler.DEFAULT.classify(result, error);
		}

	}

	@Service
	static class Refunds {

		@CircuitBreaker(identifier = "refund-api", errorHandler = RefundErrors.class)
		public String refund(String order) {
			throw new IllegalArgumentException("never paid");
		}

		@CircuitBreaker(identifier = "check-api", errorHandlerBean = "refusals")
		public String check(String answer) {
			return answer;
		}

	}

	@Service
	static class Retried {

		@Retryable(maxRetries = 5, delay = 0, excludes = CircuitOpenException.class)
		@CircuitBreaker(identifier = "mail")
		public void send() {
			throw new IllegalStateException("no answer");
		}

	}

}
