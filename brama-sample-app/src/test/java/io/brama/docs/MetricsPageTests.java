package io.brama.docs;

import io.brama.Brama;
import io.brama.spring.metrics.BramaMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The snippets of docs/metrics.md.
 */
class MetricsPageTests {

	private final MeterRegistry registry = new SimpleMeterRegistry();

	@Test
	void aGateOfOnesOwnHasMeters() {
		MeterRegistry registry = this.registry;
		Brama brama = Brama.builder().measureDurations(true).build();
		new BramaMetrics(brama).bindTo(registry);
		brama.circuit("payment-api");
		await().untilAsserted(() -> assertThat(registry.find("brama.state").meters()).hasSize(1));
	}

	@Test
	void twoGatesAreToldApart() {
		MeterRegistry registry = this.registry;
		Brama brama = Brama.create();
		new BramaMetrics(brama, BramaMetrics.DEFAULT_MAX_CONNECTIONS, Tags.of("gate", "billing")).bindTo(registry);
		assertThat(registry.find("brama.connections").tag("gate", "billing").meters()).hasSize(4);
	}

}
