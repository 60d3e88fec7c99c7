package io.brama.spring.cloud.autoconfigure;

import io.brama.spring.cloud.ReactiveBramaCircuitBreakerFactory;
import io.brama.spring.cloud.gateway.BramaGatewayFilterFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.cloud.gateway.config.GatewayAutoConfiguration;
import org.springframework.cloud.gateway.config.conditional.ConditionalOnEnabledFilter;
import org.springframework.cloud.gateway.filter.factory.FallbackHeadersGatewayFilterFactory;
import org.springframework.cloud.gateway.filter.factory.SpringCloudCircuitBreakerFilterFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.web.reactive.DispatcherHandler;

/**
 * Auto-configuration of the filters of the reactive gateway that have to do with circuit
 * breakers; it registers its own only beside Resilience4j.
 */
@AutoConfiguration(after = BramaCloudAutoConfiguration.class, before = GatewayAutoConfiguration.class)
@ConditionalOnClass({ DispatcherHandler.class, GatewayAutoConfiguration.class })
@ConditionalOnBean(ReactiveBramaCircuitBreakerFactory.class)
@ConditionalOnBooleanProperty(name = "spring.cloud.gateway.server.webflux.enabled", matchIfMissing = true)
public final class BramaGatewayAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(SpringCloudCircuitBreakerFilterFactory.class)
	@ConditionalOnEnabledFilter
	BramaGatewayFilterFactory bramaGatewayFilterFactory(ReactiveBramaCircuitBreakerFactory circuitBreakers,
			ObjectProvider<DispatcherHandler> dispatcherHandler) {
		return new BramaGatewayFilterFactory(circuitBreakers, dispatcherHandler);
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnEnabledFilter
	FallbackHeadersGatewayFilterFactory fallbackHeadersGatewayFilterFactory() {
		return new FallbackHeadersGatewayFilterFactory();
	}

}
