package io.brama.spring.autoconfigure;

import io.brama.spring.annotation.CallObserver;
import io.brama.spring.observation.CallConvention;
import io.micrometer.observation.ObservationRegistry;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the observations of guarded calls, where they are asked for.
 */
@AutoConfiguration(after = BramaAutoConfiguration.class)
@ConditionalOnClass(ObservationRegistry.class)
@ConditionalOnBooleanProperty("brama.observations.enabled")
public final class BramaObservationAutoConfiguration {

	private static final Log logger = LogFactory.getLog(BramaObservationAutoConfiguration.class);

	@Bean
	@ConditionalOnMissingBean
	CallObserver bramaCallObserver(ObjectProvider<ObservationRegistry> registries,
			ObjectProvider<CallConvention> convention) {
		ObservationRegistry registry = registries.getIfAvailable();
		if (registry == null) {
			logger.warn("brama.observations.enabled is true, but nothing is observed, because there is no bean of "
					+ "type ObservationRegistry. Add spring-boot-starter-actuator, for example, or leave it out.");
			return CallObserver.NONE;
		}
		return new MicrometerCallObserver(registry, convention.getIfAvailable());
	}

}
