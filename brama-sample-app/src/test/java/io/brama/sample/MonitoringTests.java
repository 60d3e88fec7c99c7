package io.brama.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Every query of the dashboard and of the page about metrics finds something in a real
 * Prometheus while the shop is in trouble, and the alerts do what they say. Without a
 * Prometheus the tests are skipped, unless {@code -Dprometheus=required}.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "shop.partners.port=0", "brama.connections.inventory.failure-rate.threshold=100%",
				"brama.connections.inventory.failure-rate.minimum-calls=1",
				"brama.connections.inventory.slow-calls.duration=1m" })
@EnabledIf("isPrometheusExpected")
class MonitoringTests {

	private static final Path DOCS = Path.of("..", "docs");

	private static final Path ALERTS = DOCS.resolve("prometheus/brama-alerts.yml");

	private static final Path ALERTS_TEST = DOCS.resolve("prometheus/brama-alerts-test.yml");

	private static final Pattern LABEL_VALUES = Pattern.compile("label_values\\((.*), (\\w+)\\)");

	private static final Pattern PROMQL = Pattern.compile("^```promql\\n(.*?)^```$",
			Pattern.DOTALL | Pattern.MULTILINE);

	static boolean isPrometheusExpected() {
		return "required".equals(System.getProperty("prometheus")) || Prometheus.isInstalled();
	}

	@Test
	void theAlertsAreValid() throws Exception {
		assertThat(Prometheus.complaints("check", "rules", ALERTS.toString())).isEmpty();
	}

	@Test
	void theAlertsFireWhenTheyShould() throws Exception {
		assertThat(Prometheus.complaints("test", "rules", ALERTS_TEST.toString())).isEmpty();
	}

	@Test
	void everyQueryFindsSomething(@LocalServerPort int port, @TempDir Path home) throws IOException {
		Customer customer = new Customer(port);
		try (Prometheus prometheus = Prometheus.scraping(port, ALERTS, home)) {
			await().atMost(Duration.ofSeconds(30))
				.untilAsserted(() -> assertThat(prometheus.isReady()).as(() -> Prometheus.log(home)).isTrue());
			List<Query> waiting = new ArrayList<>(queries());
			assertThat(waiting).hasSizeGreaterThan(20);
			customer.ordersABook();
			await().atMost(Duration.ofSeconds(30))
				.until(() -> !prometheus.query("brama_calls_seconds_count{outcome='success'} == 1").isEmpty());
			customer.breaks("payment-api");
			await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> {
				customer.ordersABook();
				waiting.removeIf((query) -> query.findsSomethingIn(prometheus));
				heal(customer, prometheus);
				assertThat(waiting).isEmpty();
			});
		}
	}

	/** The circuit has been open for long enough once Prometheus knows it. */
	private static void heal(Customer customer, Prometheus prometheus) {
		if (!prometheus.query("brama_state == 2").isEmpty()) {
			customer.heals("payment-api");
		}
	}

	private static List<Query> queries() throws IOException {
		JsonNode dashboard = new JsonMapper().readTree(Files.readString(DOCS.resolve("grafana/brama.json")));
		List<Query> queries = new ArrayList<>();
		dashboard.path("panels")
			.forEach((panel) -> panel.path("targets")
				.forEach((target) -> queries.add(target.path("instant").asBoolean() ? now(target.path("expr"))
						: overTime(target.path("expr")))));
		dashboard.path("annotations").path("list").forEach((annotation) -> {
			if (annotation.has("expr")) {
				queries.add(overTime(annotation.path("expr")));
			}
		});
		dashboard.path("templating").path("list").forEach((variable) -> {
			if ("query".equals(variable.path("type").asString())) {
				queries.add(labelValues(variable.path("definition")));
			}
		});
		snippets().forEach((snippet) -> queries.add(overTime(snippet)));
		return queries;
	}

	private static Stream<String> snippets() throws IOException {
		return PROMQL.matcher(Files.readString(DOCS.resolve("metrics.md")))
			.results()
			.map((match) -> match.group(1))
			.toList()
			.stream();
	}

	private static Query now(JsonNode expression) {
		String query = substituted(expression.asString());
		return new Query(query, (prometheus) -> isData(prometheus.query(query)));
	}

	private static Query overTime(JsonNode expression) {
		return overTime(expression.asString());
	}

	private static Query overTime(String expression) {
		String query = substituted(expression);
		return new Query(query, (prometheus) -> isData(prometheus.queryRange(query)));
	}

	private static Query labelValues(JsonNode definition) {
		Matcher parts = LABEL_VALUES.matcher(substituted(definition.asString()));
		assertThat(parts.matches()).as(definition.asString()).isTrue();
		return new Query(parts.group(),
				(prometheus) -> !prometheus.labelValues(parts.group(2), parts.group(1)).isEmpty());
	}

	/** What Grafana puts in the place of the variables when all is chosen. */
	private static String substituted(String query) {
		String substituted = query.replaceAll("\\$(application|instance|identifier)\\b", ".*")
			.replace("$__rate_interval", "5s");
		assertThat(substituted).as("a variable that Grafana knows").doesNotContain("$");
		return substituted;
	}

	/** Numbers, and at least one that is one. */
	private static boolean isData(List<JsonNode> result) {
		return result.stream()
			.flatMap((series) -> Stream.concat(series.path("values").valueStream(), Stream.of(series.path("value"))))
			.anyMatch((point) -> point.isArray() && !"NaN".equals(point.get(1).asString()));
	}

	/** A query, and how to see whether it finds something. */
	private record Query(String text, Predicate<Prometheus> search) {

		boolean findsSomethingIn(Prometheus prometheus) {
			return this.search.test(prometheus);
		}

		@Override
		public String toString() {
			return this.text;
		}

	}

}
