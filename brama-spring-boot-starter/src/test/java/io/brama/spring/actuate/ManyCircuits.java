package io.brama.spring.actuate;

import java.time.Duration;
import java.util.stream.IntStream;

import io.brama.Brama;
import io.brama.Circuit;
import io.brama.ConnectionId;
import io.brama.TimeSource;
import io.brama.spring.actuate.Operator.Answer;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Measures how long the endpoint takes to show 10 000 circuits, a tenth of them open.
 * Runs only when it is named: {@code -Dtest=ManyCircuits}.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "management.endpoints.web.exposure.include=brama", "brama.failure-rate.threshold=50%",
				"logging.level.io.brama=error" })
class ManyCircuits {

	private static final int CIRCUITS = 10_000;

	private final TimeSource time = TimeSource.system();

	@Autowired
	private Brama brama;

	@LocalServerPort
	private int port;

	@Test
	void areShown() throws Exception {
		IntStream.range(0, CIRCUITS).forEach(this::circuit);
		Operator operator = Operator.at(this.port);
		for (int i = 1; i <= 30; i++) {
			long start = this.time.nanoTime();
			Answer answer = operator.get("");
			Duration took = Duration.ofNanos(this.time.nanoTime() - start);
			System.out.printf("%d: %d characters in %d ms%n", i, answer.text().length(), took.toMillis());
			assertThat(answer.body().get("connections")).hasSize(CIRCUITS);
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
