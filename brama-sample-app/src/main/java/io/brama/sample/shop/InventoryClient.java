package io.brama.sample.shop;

import io.brama.spring.annotation.CircuitBreaker;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.web.client.RestClient;

/**
 * The way to the warehouse. What it sets aside and nobody pays for goes back to the shelf
 * in the evening.
 */
@Service
class InventoryClient {

	private final RestClient partners;

	InventoryClient(RestClient partners) {
		this.partners = partners;
	}

	@CircuitBreaker(identifier = "inventory", errorHandler = InventoryErrors.class)
	void reserve(String orderId, String item, int quantity) {
		this.partners.post()
			.uri("/inventory/reservations")
			.body(new Reservation(orderId, item, quantity))
			.retrieve()
			.onStatus(HttpStatus.CONFLICT::equals, (request, response) -> {
				throw new OutOfStockException(item, quantity);
			})
			.toBodilessEntity();
	}

	/** What the warehouse is asked for. */
	record Reservation(String orderId, String item, int quantity) {
	}

}
