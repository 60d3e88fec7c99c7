package io.brama.spring.autoconfigure;

import io.brama.Brama;
import io.brama.Interference;
import io.brama.TimeSource;
import io.brama.TransitionLog;
import io.brama.spring.event.ApplicationEvents;
import io.brama.spring.event.BramaEventListenerFactory;
import io.brama.spring.event.KeyValueTransitionLog;
import org.slf4j.spi.LoggingEventBuilder;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Role;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;

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
	Brama brama(BramaProperties properties, Environment environment, ObjectProvider<TimeSource> timeSource,
			ObjectProvider<TransitionLog> transitionLog, ObjectProvider<Interference> interference,
			ObjectProvider<BramaBuilderCustomizer> customizers) {
		ConfiguredNames.ofScopes(environment).requireDistinct(properties.getScopes().keySet());
		ConfiguredNames.ofConnections(environment).requireDistinct(properties.getConnections().keySet());
		if (!properties.isEnabled()) {
			properties.switchOff();
		}
		Brama.Builder builder = Brama.builder();
		PropertyOptions.apply(properties, builder);
		timeSource.ifAvailable(builder::timeSource);
		transitionLog.ifAvailable(builder::transitionLog);
		interference.ifAvailable(builder::interference);
		customizers.orderedStream().forEach((customizer) -> customizer.customize(builder));
		try {
			return builder.build();
		}
		catch (IllegalArgumentException ex) {
			throw InvalidBramaPropertyException.contradiction(ex);
		}
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	@ConditionalOnMissingBean
	static ApplicationEvents bramaApplicationEvents(ObjectProvider<BramaProperties> properties,
			ApplicationEventPublisher publisher) {
		return new ApplicationEvents(() -> properties.getObject().getEvents().getPublish(), publisher);
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static BramaEventListenerFactory bramaEventListenerFactory() {
		return new BramaEventListenerFactory();
	}

	@Bean
	@ConditionalOnBooleanProperty(name = "brama.enabled", matchIfMissing = true)
	UnusedNames bramaUnusedNames(Brama brama, Environment environment) {
		return new UnusedNames(brama, environment);
	}

	@Bean
	UnknownVariables bramaUnknownVariables(ConfigurableEnvironment environment) {
		return new UnknownVariables(environment);
	}

	/** Where SLF4J is, which Spring Boot brings along unless it is told not to. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(LoggingEventBuilder.class)
	static class KeyValueLogConfiguration {

		@Bean
		@ConditionalOnMissingBean(TransitionLog.class)
		KeyValueTransitionLog bramaTransitionLog() {
			return new KeyValueTransitionLog();
		}

	}

}
