package io.brama.sample;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

import io.brama.Brama;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.web.client.RestClient;

import static io.brama.Command.because;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * After ten thousand calls in good times and bad ones the shop's meters, as Prometheus
 * gets them, say what a customer counted who looked at nothing but the answers.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "shop.partners.port=0", "spring.http.clients.read-timeout=30s",
				"brama.connections.recommendations.max-attempts=1000000", "logging.level.root=error" })
class ShopMetricsTests {

	private static final int CALLS = 10_000;

	private static final String UNICORN = "{\"item\": \"unicorn\", \"quantity\": 1, \"amount\": 12.50}";

	private final Map<String, Integer> counted = new TreeMap<>();

	@Autowired
	private Brama brama;

	@LocalServerPort
	private int port;

	@Test
	void theMetersEqualWhatTheCustomerCounted() {
		Customer customer = new Customer(this.port);
		while (calls() < CALLS) {
			orderInGoodTimes(customer, 400);
			orderUnicorns(customer, 200);
			orderInBadTimes(customer, 400);
			orderWhileSomebodyOpensTheCircuit(customer, 3);
		}
		assertThat(metered()).isEqualTo(this.counted);
	}

	private void orderInGoodTimes(Customer customer, int orders) {
		for (int i = 0; i < orders; i++) {
			assertThat(customer.ordersABook().status()).isEqualTo(201);
			count("inventory success", "payment-api success", "recommendations success");
		}
	}

	private void orderUnicorns(Customer customer, int orders) {
		for (int i = 0; i < orders; i++) {
			assertThat(customer.orders(UNICORN).status()).isEqualTo(409);
			count("inventory ignored");
		}
	}

	private void orderInBadTimes(Customer customer, int orders) {
		customer.breaks("payment-api");
		for (int i = 0; i < orders; i++) {
			int status = customer.ordersABook().status();
			assertThat(status).isIn(502, 503);
			count("inventory success", (status == 502) ? "payment-api failure" : "payment-api rejected");
		}
		customer.heals("payment-api");
		this.brama.close("payment-api", because("all is well again"));
	}

	/** What is under way then is late; the orders themselves succeed. */
	private void orderWhileSomebodyOpensTheCircuit(Customer customer, int orders) {
		int before = customer.requestsTo("payment-api");
		customer.lets("payment-api", "{\"latencyMillis\": 1000}");
		List<CompletableFuture<Answer>> underWay = new ArrayList<>();
		for (int i = 0; i < orders; i++) {
			underWay.add(CompletableFuture.supplyAsync(customer::ordersABook, (task) -> new Thread(task).start()));
		}
		await().pollInterval(Duration.ofMillis(5)).until(() -> customer.requestsTo("payment-api") == before + orders);
		this.brama.open("payment-api", because("maintenance"));
		for (CompletableFuture<Answer> order : underWay) {
			assertThat(order.join().status()).isEqualTo(201);
			count("inventory success", "payment-api late", "recommendations success");
		}
		customer.heals("payment-api");
		this.brama.close("payment-api", because("all is well again"));
	}

	private void count(String... calls) {
		for (String call : calls) {
			this.counted.merge(call, 1, Integer::sum);
		}
	}

	private int calls() {
		return this.counted.values().stream().mapToInt(Integer::intValue).sum();
	}

	/** What the meters say that is not 0. */
	private Map<String, Integer> metered() {
		Map<String, Integer> metered = new TreeMap<>();
		String page = RestClient.create("http://localhost:" + this.port)
			.get()
			.uri("/actuator/prometheus")
			.retrieve()
			.requiredBody(String.class);
		page.lines().filter((line) -> line.startsWith("brama_calls_seconds_count{")).forEach((line) -> {
			int calls = (int) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
			if (calls > 0) {
				metered.put(label(line, "identifier") + " " + label(line, "outcome"), calls);
			}
		});
		return metered;
	}

	private static String label(String line, String name) {
		int start = line.indexOf(name + "=\"") + name.length() + 2;
		return line.substring(start, line.indexOf('"', start));
	}

}
