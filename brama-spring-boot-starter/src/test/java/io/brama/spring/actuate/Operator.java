package io.brama.spring.actuate;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Stream;

import io.brama.spring.Connections;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Somebody who uses the endpoint over HTTP.
 */
final class Operator {

	private static final JsonMapper JSON = new JsonMapper();

	private final String address;

	private final String[] headers;

	private Operator(String address, String... headers) {
		this.address = address;
		this.headers = headers;
	}

	static Operator at(int port, String... headers) {
		return new Operator("http://localhost:" + port + "/actuator/brama", headers);
	}

	/** The same at another endpoint. */
	Operator of(String endpoint) {
		return new Operator(this.address.replaceFirst("brama$", endpoint), this.headers);
	}

	/** The same with the password {@code secret}. */
	Operator signedInAs(String user) {
		String credentials = Base64.getEncoder().encodeToString((user + ":secret").getBytes(StandardCharsets.UTF_8));
		return new Operator(this.address,
				Stream.concat(Stream.of(this.headers), Stream.of("Authorization", "Basic " + credentials))
					.toArray(String[]::new));
	}

	Answer get(String rest) throws IOException, InterruptedException {
		return send("GET", rest, BodyPublishers.noBody());
	}

	Answer post(Map<String, ?> command) throws IOException, InterruptedException {
		return send("POST", "", BodyPublishers.ofString(JSON.writeValueAsString(command)));
	}

	Answer delete(String rest) throws IOException, InterruptedException {
		return send("DELETE", rest, BodyPublishers.noBody());
	}

	private Answer send(String method, String rest, BodyPublisher body) throws IOException, InterruptedException {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(this.address + rest))
			.header("Content-Type", "application/json")
			.method(method, body);
		HttpResponse<String> response = Connections.fresh()
			.send(((this.headers.length > 0) ? request.headers(this.headers) : request).build(),
					HttpResponse.BodyHandlers.ofString());
		return new Answer(response.statusCode(), response.body(), response);
	}

	static String query(String identifier) {
		return "?identifier=" + URLEncoder.encode(identifier, StandardCharsets.UTF_8);
	}

	/** What the endpoint answers. */
	record Answer(int status, String text, HttpResponse<String> response) {

		JsonNode body() {
			return JSON.readTree(this.text);
		}

	}

}
