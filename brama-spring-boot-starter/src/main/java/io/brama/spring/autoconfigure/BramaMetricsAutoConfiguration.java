package io.brama.spring.autoconfigure;

import java.util.List;

import io.brama.Brama;
import io.brama.spring.metrics.BramaMetrics;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Auto-configuration of the meters, which Spring Boot binds to its registries.
 */
@AutoConfiguration(after = BramaAutoConfiguration.class,
		afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean(MeterRegistry.class)
@ConditionalOnBooleanProperty(name = "brama.enabled", matchIfMissing = true)
public final class BramaMetricsAutoConfiguration {

	@Bean(destroyMethod = "close")
	@ConditionalOnMissingBean
	BramaMetrics bramaMetrics(Brama brama, BramaProperties properties) {
		try {
			return new BramaMetrics(brama, properties.getMetrics().getMaxConnections(), List.of());
		}
		catch (IllegalArgumentException ex) {
			throw InvalidBramaPropertyException.of("brama.metrics.max-connections", ex.getMessage(), ex);
		}
	}

	/** Before those of the application, which may know better. */
	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE)
	static BramaBuilderCustomizer bramaDurationsCustomizer(BramaProperties properties) {
		return (builder) -> builder.measureDurations(properties.getMetrics().isDurations());
	}

}
