package io.brama.spring.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;

import io.brama.Brama;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an IDE tells about the keys.
 */
class MetadataTests {

	/** Keys of the gate as a whole. */
	private static final Set<String> GATE_KEYS = Set.of("brama.enabled", "brama.cleanup-interval",
			"brama.inactive-threshold", "brama.max-connections", "brama.scopes", "brama.connections",
			"brama.events.publish", "brama.events.delivery", "brama.aop.order", "brama.http.guard",
			"brama.http.identifier", "brama.http.groups", "brama.web.problem-details", "brama.actuator.show-messages",
			"brama.metrics.durations", "brama.metrics.max-connections", "brama.observations.enabled");

	/** Keys whose default is nothing, or depends on others. */
	private static final Set<String> WITHOUT_DEFAULT = Set.of("brama.scopes", "brama.connections",
			"brama.initial-expiry", "brama.max-expiry", "brama.backoff-reset-after", "brama.half-open.trial-timeout",
			"brama.failure-rate.threshold", "brama.failure-rate.minimum-calls", "brama.slow-calls.duration",
			"brama.slow-calls.threshold", "brama.ignore-exceptions", "brama.record-exceptions", "brama.http.groups",
			"brama.http.identifier");

	private final JsonNode metadata = metadata();

	@Test
	void everyKeyIsExplained() {
		assertThat(this.metadata.get("properties")).isNotEmpty()
			.allSatisfy((property) -> assertThat(property.path("description").asString(""))
				.as(property.get("name").asString())
				.endsWith("."));
	}

	@Test
	void theKeysAreTheOnesThatReachACircuit() {
		Set<String> expected = new TreeSet<>(GATE_KEYS);
		ConfigurationTests.CIRCUIT_KEYS.keySet().forEach((key) -> expected.add("brama." + key));
		assertThat(properties().keySet()).containsExactlyInAnyOrderElementsOf(expected);
	}

	@Test
	void everyKeyThatHasADefaultShowsIt() {
		Set<String> missing = new TreeSet<>();
		properties().forEach((key, property) -> {
			if (!property.has("defaultValue")) {
				missing.add(key);
			}
		});
		assertThat(missing).containsExactlyInAnyOrderElementsOf(WITHOUT_DEFAULT);
	}

	@Test
	void theDefaultsShownAreTheOnesInForce() {
		String[] defaults = properties().entrySet()
			.stream()
			.filter((property) -> property.getValue().has("defaultValue"))
			.map((property) -> property.getKey() + "=" + text(property.getValue().get("defaultValue")))
			.toArray(String[]::new);
		ApplicationContextRunner runner = new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(BramaAutoConfiguration.class));
		runner.run((plain) -> runner.withPropertyValues(defaults).run((explicit) -> {
			assertThat(values(explicit.getBean(Brama.class))).isEqualTo(values(plain.getBean(Brama.class)));
			BramaProperties properties = explicit.getBean(BramaProperties.class);
			assertThat(properties.getAop().getOrder()).isEqualTo(new BramaProperties.Aop().getOrder());
			assertThat(properties.getHttp().getGuard()).isEqualTo(new HttpProperties().getGuard());
			assertThat(properties.getWeb().isProblemDetails()).isEqualTo(new WebProperties().isProblemDetails());
			assertThat(properties.getActuator().isShowMessages()).isEqualTo(new ActuatorProperties().isShowMessages());
			assertThat(properties.getMetrics().isDurations()).isEqualTo(new MetricsProperties().isDurations());
			assertThat(properties.getMetrics().getMaxConnections())
				.isEqualTo(new MetricsProperties().getMaxConnections());
			assertThat(properties.getObservations().isEnabled()).isEqualTo(new ObservationsProperties().isEnabled());
			assertThat(properties.getEvents().getDelivery()).isEqualTo(new BramaProperties.Events().getDelivery());
			assertThat(properties.getEvents().getPublish()).isEqualTo(new BramaProperties.Events().getPublish());
		}));
	}

	private static Map<String, Object> values(Brama brama) {
		Map<String, Object> values = new LinkedHashMap<>();
		brama.circuit("payment-api")
			.status()
			.config()
			.settings()
			.forEach((option, setting) -> values.put(option, setting.value()));
		return values;
	}

	private Map<String, JsonNode> properties() {
		Map<String, JsonNode> properties = new LinkedHashMap<>();
		this.metadata.get("properties").forEach((property) -> {
			String name = property.get("name").asString();
			if (name.startsWith("brama.")) {
				properties.put(name, property);
			}
		});
		return properties;
	}

	private static String text(JsonNode value) {
		return value.isArray()
				? String.join(",", StreamSupport.stream(value.spliterator(), false).map(JsonNode::asString).toList())
				: value.asString();
	}

	/** The metadata of this module, which lies beside its classes. */
	private static JsonNode metadata() {
		try {
			String home = BramaProperties.class.getProtectionDomain().getCodeSource().getLocation().toString();
			List<URL> all = Collections.list(
					BramaProperties.class.getClassLoader().getResources("META-INF/spring-configuration-metadata.json"));
			URL own = all.stream().filter((url) -> url.toString().contains(home)).findAny().orElseThrow();
			try (InputStream content = own.openStream()) {
				return new JsonMapper().readTree(content);
			}
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
