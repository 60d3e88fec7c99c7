package io.brama.sample.shop;

import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/**
 * There is less of an item than the customer wants; to the customer a 409.
 */
class OutOfStockException extends ResponseStatusException {

	private static final long serialVersionUID = 1L;

	OutOfStockException(String item, int quantity) {
		super(HttpStatus.CONFLICT, quantity + " of '" + item + "' are not in stock");
	}

}
