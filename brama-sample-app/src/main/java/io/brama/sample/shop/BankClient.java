package io.brama.sample.shop;

import java.math.BigDecimal;
import java.time.Duration;

import io.brama.spring.annotation.CircuitBreaker;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Service;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * The way to the banks that lend customers the price. Each bank has a circuit of its own,
 * in the scope that they share.
 */
@Service
class BankClient {

	private static final Duration PATIENCE = Duration.ofSeconds(1);

	private final WebClient partners;

	BankClient(WebClient partners) {
		this.partners = partners;
	}

	@CircuitBreaker(identifier = "bank-#{#bank}", scope = "banks", errorHandlerBean = "bankErrors",
			fallback = "noOffer")
	Mono<Offer> offer(String bank, BigDecimal amount) {
		return this.partners.post()
			.uri("/bank-{bank}/offers", bank)
			.bodyValue(new Loan(amount))
			.retrieve()
			.bodyToMono(Answer.class)
			.map((answer) -> new Offer(bank, answer.monthly()))
			.timeout(PATIENCE);
	}

	/** A bank that cannot answer makes no offer; there are others. */
	Mono<Offer> noOffer(String bank, BigDecimal amount) {
		return Mono.empty();
	}

	/** What a bank is asked for. */
	record Loan(BigDecimal amount) {
	}

	/** What it answers. */
	record Answer(@Nullable BigDecimal monthly) {
	}

}
