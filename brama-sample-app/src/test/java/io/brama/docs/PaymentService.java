package io.brama.docs;

import io.brama.BramaEvent.StateChanged;
import io.brama.spring.annotation.CircuitBreaker;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.web.client.RestClient;

/**
 * The first example of the README.
 */
@Service
public class PaymentService {

	private final RestClient http;

	public PaymentService(RestClient http) {
		this.http = http;
	}

	@CircuitBreaker(identifier = "payment-api")
	public String pay(String order) {
		return this.http.post().uri("/payments").body(order).retrieve().requiredBody(String.class);
	}

	@EventListener
	public void log(StateChanged change) {
		System.out.println(change.connection() + " is " + change.next() + ": " + change.reason());
	}

}
