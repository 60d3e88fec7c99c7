package io.brama.docs;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Addresses that are wrong or gone are found.
 */
class AddressTests {

	private HttpServer server;

	/** Its paths name the status of its answer to HEAD and the one to GET. */
	@BeforeEach
	void start() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.createContext("/", (exchange) -> {
			String path = exchange.getRequestURI().getPath();
			boolean head = exchange.getRequestMethod().equals("HEAD");
			int status = Integer.parseInt(head ? path.substring(1, 4) : path.substring(5));
			exchange.getResponseHeaders().set("Location", "/404-404");
			exchange.sendResponseHeaders(status, -1);
			exchange.close();
		});
		this.server.start();
	}

	@AfterEach
	void stop() {
		this.server.stop(0);
	}

	@ParameterizedTest
	@CsvSource({ "200-500, true", "405-200, true", "404-403, true", "429-500, true", "404-404, false", "500-500, false",
			"302-302, false" })
	void anAddressIsThereIfEitherWayOfAskingFindsIt(String path, boolean there) {
		Address address = new Address("http://localhost:" + this.server.getAddress().getPort() + "/" + path);
		assertThat(address.answer().isThere()).isEqualTo(there);
	}

	@Test
	void whereNobodyListensNothingIsThere() {
		Address.Answer answer = new Address("http://localhost:1/").answer();
		assertThat(answer.isThere()).isFalse();
		assertThat(answer.problem()).contains("ConnectException");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "http://brama.io/", "https://bramaio/", "https:///page", "https://brama.io/a|b", "https://" })
	void whatNobodyCanAskForIsAProblem(String address) {
		assertThat(new Address(address).problem()).isNotNull();
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "http://localhost:8080/actuator", "https://prices.example.com", "https://brama.invalid/x" })
	void placesThatAreMeantAsExamplesAreNotAskedFor(String address) {
		assertThat(new Address(address).problem()).isNull();
		assertThat(new Address(address).isElsewhere()).isFalse();
	}

}
