package io.brama.sample.shop;

import java.util.List;

import io.brama.spring.annotation.CircuitBreaker;

import org.springframework.stereotype.Service;
import org.springframework.web.client.RestClient;

/**
 * The way to those who know what else a customer may like.
 */
@Service
class RecommendationClient {

	private final RestClient partners;

	RecommendationClient(RestClient partners) {
		this.partners = partners;
	}

	@CircuitBreaker(identifier = "recommendations", fallback = "nothing")
	List<String> recommend(String item) {
		String[] items = this.partners.get()
			.uri("/recommendations/{item}", item)
			.retrieve()
			.requiredBody(String[].class);
		return List.of(items);
	}

	/** Nobody is refused a book because nobody knows what else to read. */
	List<String> nothing(String item) {
		return List.of();
	}

}
