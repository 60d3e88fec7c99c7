package io.brama.spring.actuate;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.brama.Brama;
import io.brama.Circuit;
import io.brama.ConnectionId;
import io.brama.TimeSource;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Measures how long the endpoint, health and a scrape of all meters take with 10 000
 * circuits, a tenth of them open: at first, and once the JVM knows the way. Runs only
 * when it is named: {@code -Dtest=ManyCircuits}.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "management.endpoints.web.exposure.include=brama,health,prometheus",
				"management.prometheus.metrics.export.enabled=true", "brama.metrics.max-connections=10000",
				"brama.failure-rate.threshold=50%", "logging.level.io.brama=error" })
class ManyCircuits {

	private static final int CIRCUITS = 10_000;

	private static final int ROUNDS = 15;

	private final TimeSource time = TimeSource.system();

	private final HttpClient client = HttpClient.newHttpClient();

	@Autowired
	private Brama brama;

	@Autowired
	private MeterRegistry meters;

	@LocalServerPort
	private int port;

	@Test
	void areShown() throws Exception {
		IntStream.range(0, CIRCUITS).forEach(this::circuit);
		await().atMost(Duration.ofMinutes(5))
			.until(() -> this.meters.find("brama.open.remaining").meters().size() == CIRCUITS);
		Map<String, Long> first = new LinkedHashMap<>();
		for (String endpoint : List.of("brama", "health", "prometheus")) {
			first.put(endpoint, millis(endpoint));
		}
		for (String endpoint : first.keySet()) {
			long[] rounds = new long[ROUNDS];
			for (int i = 0; i < ROUNDS; i++) {
				rounds[i] = millis(endpoint);
			}
			Arrays.sort(rounds);
			System.out.printf("GET /actuator/%s: %d ms at first, then %d ms (median of %d, worst %d)%n", endpoint,
					first.get(endpoint), rounds[ROUNDS / 2], ROUNDS, rounds[ROUNDS - 1]);
		}
	}

	private long millis(String endpoint) throws Exception {
		URI uri = URI.create("http://localhost:" + this.port + "/actuator/" + endpoint);
		long start = this.time.nanoTime();
		HttpResponse<byte[]> response = this.client.send(HttpRequest.newBuilder(uri).build(),
				BodyHandlers.ofByteArray());
		long millis = Duration.ofNanos(this.time.nanoTime() - start).toMillis();
		System.out.printf("GET /actuator/%s: status %d, %d bytes, %d ms%n", endpoint, response.statusCode(),
				response.body().length, millis);
		assertThat(response.statusCode()).isEqualTo(200);
		return millis;
	}

	private void circuit(int number) {
		Circuit circuit = this.brama.circuit(new ConnectionId("connection-" + number, "http", "scope-" + number % 50));
		for (int i = 0; i < 10; i++) {
			circuit.success();
		}
		for (int i = 0; number % 10 == 0 && i < 10; i++) {
			circuit.failure("no answer");
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Shop {

	}

}
