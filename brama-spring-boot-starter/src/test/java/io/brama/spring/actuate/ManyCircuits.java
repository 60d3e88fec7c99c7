package io.brama.spring.actuate;

import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

import com.sun.management.OperatingSystemMXBean;
import io.brama.Brama;
import io.brama.Circuit;
import io.brama.ConnectionId;
import io.brama.TimeSource;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Measures how long the endpoint, health and a scrape of all meters take with 10 000
 * circuits, a tenth of them open: at first, and once the JVM knows the way. Runs only
 * when that is asked for: {@code -Dtest=ManyCircuits -Dmeasure}. All have meters of their
 * own, unless {@code -Dmetered} names another limit.
 */
@EnabledIfSystemProperty(named = "measure", matches = ".*", disabledReason = "it measures, and takes its time")
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "management.endpoints.web.exposure.include=brama,health,prometheus",
				"management.prometheus.metrics.export.enabled=true", "brama.metrics.max-connections=${metered:10000}",
				"brama.failure-rate.threshold=50%", "logging.level.io.brama=error" })
class ManyCircuits {

	private static final int CIRCUITS = 10_000;

	private static final int ROUNDS = 15;

	private final TimeSource time = TimeSource.system();

	private final OperatingSystemMXBean machine = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

	private final HttpClient client = HttpClient.newHttpClient();

	@Autowired
	private Brama brama;

	@Autowired
	private MeterRegistry meters;

	@Value("${brama.metrics.max-connections}")
	private int metered;

	@LocalServerPort
	private int port;

	@Test
	void areShown() throws Exception {
		IntStream.range(0, CIRCUITS).forEach(this::circuit);
		await().atMost(Duration.ofMinutes(5))
			.until(() -> this.meters.find("brama.open.remaining").meters().size() == Math.min(this.metered, CIRCUITS));
		List<String> endpoints = List.of("brama", "health", "prometheus");
		for (String endpoint : endpoints) {
			System.out.println(endpoint + " at first: " + ask(endpoint));
		}
		for (String endpoint : endpoints) {
			List<Answer> answers = new ArrayList<>();
			for (int i = 0; i < ROUNDS; i++) {
				answers.add(ask(endpoint));
			}
			answers.sort(Comparator.comparing(Answer::time));
			System.out.println(endpoint + " then, median of " + ROUNDS + ": " + answers.get(ROUNDS / 2));
		}
	}

	private Answer ask(String endpoint) throws Exception {
		URI uri = URI.create("http://localhost:" + this.port + "/actuator/" + endpoint);
		long start = this.time.nanoTime();
		long busy = this.machine.getProcessCpuTime();
		HttpResponse<byte[]> response = this.client.send(HttpRequest.newBuilder(uri).build(),
				BodyHandlers.ofByteArray());
		assertThat(response.statusCode()).isEqualTo(200);
		return new Answer(Duration.ofNanos(this.time.nanoTime() - start),
				Duration.ofNanos(this.machine.getProcessCpuTime() - busy), response.body().length);
	}

	/**
	 * What an answer cost.
	 *
	 * @param time how long it took
	 * @param busy how long processors were busy with it, client and compiler included; a
	 * busy machine makes the time longer, but hardly this
	 * @param bytes its length
	 */
	private record Answer(Duration time, Duration busy, int bytes) {

		@Override
		public String toString() {
			return this.time.toMillis() + " ms, " + this.busy.toMillis() + " ms of CPU, " + this.bytes + " bytes";
		}

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
