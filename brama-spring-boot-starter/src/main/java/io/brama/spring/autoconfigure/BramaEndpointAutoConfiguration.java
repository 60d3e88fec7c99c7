package io.brama.spring.autoconfigure;

import java.time.Clock;

import io.brama.Brama;
import io.brama.spring.actuate.BramaEndpoint;
import io.brama.spring.actuate.BramaEndpointWebExtension;

import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.endpoint.expose.EndpointExposure;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration of the actuator endpoint {@code brama}.
 */
@AutoConfiguration(after = BramaAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnBooleanProperty(name = "brama.enabled", matchIfMissing = true)
@ConditionalOnAvailableEndpoint(BramaEndpoint.class)
public final class BramaEndpointAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	BramaEndpoint bramaEndpoint(Brama brama, Environment environment) {
		return new BramaEndpoint(brama, environment.getProperty("spring.application.name"), Clock.systemUTC());
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBean(BramaEndpoint.class)
	@ConditionalOnAvailableEndpoint(endpoint = BramaEndpoint.class, exposure = EndpointExposure.WEB)
	BramaEndpointWebExtension bramaEndpointWebExtension(BramaEndpoint endpoint) {
		return new BramaEndpointWebExtension(endpoint);
	}

}
