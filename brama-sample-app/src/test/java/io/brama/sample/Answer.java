package io.brama.sample;

import java.io.IOException;
import java.time.Duration;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpHeaders;
import org.springframework.http.client.ClientHttpResponse;

/**
 * What the shop answers.
 */
record Answer(int status, HttpHeaders headers, JsonNode body) {

	private static final JsonMapper JSON = new JsonMapper();

	static Answer of(ClientHttpResponse response) throws IOException {
		return new Answer(response.getStatusCode().value(), response.getHeaders(), JSON.readTree(response.getBody()));
	}

	String text(String field) {
		return this.body.path(field).asString();
	}

	int number(String field) {
		return this.body.path(field).asInt();
	}

	Duration duration(String field) {
		return Duration.parse(text(field));
	}

}
