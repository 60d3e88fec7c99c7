package io.brama.sample;

import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.client.RestClient;

/**
 * Someone who talks to the shop over HTTP, at the counter and behind the scenes.
 */
final class Customer {

	private final RestClient shop;

	Customer(int port) {
		this.shop = RestClient.create("http://localhost:" + port);
	}

	Answer ordersABook() {
		return orders("{\"item\": \"book\", \"quantity\": 1, \"amount\": 12.50}");
	}

	Answer orders(String order) {
		return send(HttpMethod.POST, "/orders", order);
	}

	Answer breaks(String partner) {
		return lets(partner, "{\"failureRate\": 1}");
	}

	Answer heals(String partner) {
		return lets(partner, "{\"failureRate\": 0}");
	}

	Answer lets(String partner, String behaviour) {
		return send(HttpMethod.PUT, "/partners/" + partner + "/behaviour", behaviour);
	}

	Answer partner(String name) {
		Answer all = get("/partners");
		return all.body()
			.valueStream()
			.filter((partner) -> partner.path("name").asString().equals(name))
			.findFirst()
			.map((partner) -> new Answer(all.status(), all.headers(), partner))
			.orElseThrow();
	}

	int requestsTo(String partner) {
		return partner(partner).number("requests");
	}

	Answer circuit(String identifier) {
		return get("/actuator/brama/" + identifier);
	}

	Answer get(String path) {
		return this.shop.get().uri(path).exchangeForRequiredValue((request, response) -> Answer.of(response));
	}

	private Answer send(HttpMethod method, String path, String json) {
		return this.shop.method(method)
			.uri(path)
			.contentType(MediaType.APPLICATION_JSON)
			.body(json)
			.exchangeForRequiredValue((request, response) -> Answer.of(response));
	}

}
