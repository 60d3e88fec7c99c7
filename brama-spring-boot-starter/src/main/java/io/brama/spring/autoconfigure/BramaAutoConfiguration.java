package io.brama.spring.autoconfigure;

import java.util.Objects;

import io.brama.Brama;
import io.brama.Mode;
import io.brama.TimeSource;
import io.brama.spring.event.ApplicationEvents;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;

/**
 * Auto-configuration of the gate: {@link Brama} itself, its events, and the advice on
 * annotated methods.
 */
@AutoConfiguration
@EnableConfigurationProperties(BramaProperties.class)
@Import(AnnotationConfiguration.class)
public final class BramaAutoConfiguration {

	/**
	 * The gate of the application. It is there even with {@code brama.enabled=false}, so
	 * that beans that want it injected still start; its circuits then let every call
	 * pass.
	 */
	@Bean(destroyMethod = "close")
	@ConditionalOnMissingBean
	Brama brama(BramaProperties properties, ObjectProvider<TimeSource> timeSource,
			ObjectProvider<BramaBuilderCustomizer> customizers) {
		Brama.Builder builder = Brama.builder();
		PropertyOptions.apply(properties, builder);
		if (!properties.isEnabled()) {
			builder.mode(Mode.OFF);
		}
		timeSource.ifAvailable(builder::timeSource);
		customizers.orderedStream().forEach((customizer) -> customizer.customize(builder));
		try {
			return builder.build();
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidBramaPropertyException("brama", Objects.requireNonNullElse(ex.getMessage(), ""), ex);
		}
	}

	@Bean(destroyMethod = "close")
	@Lazy(false)
	@ConditionalOnMissingBean
	ApplicationEvents bramaApplicationEvents(Brama brama, BramaProperties properties,
			ApplicationEventPublisher publisher) {
		return new ApplicationEvents(brama, properties.getEvents().getPublish(), publisher);
	}

	@Bean
	UnusedNames bramaUnusedNames(Brama brama) {
		return new UnusedNames(brama);
	}

}
