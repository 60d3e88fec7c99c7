package io.brama.spring.cloud.autoconfigure;

import io.brama.spring.cloud.BramaCircuitBreakerFactory;
import io.brama.spring.cloud.gateway.BramaFilterFunctions;
import io.brama.spring.cloud.gateway.ServletGatewayCircuitBreaker;

import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.annotation.RegisterReflection;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.cloud.client.circuitbreaker.Customizer;
import org.springframework.cloud.gateway.server.mvc.filter.CircuitBreakerFilterFunctions;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Auto-configuration of what makes the gateway on Spring MVC answer for open circuits.
 */
@AutoConfiguration(after = BramaCloudAutoConfiguration.class)
@ConditionalOnClass(CircuitBreakerFilterFunctions.class)
@ConditionalOnBean(BramaCircuitBreakerFactory.class)
@RegisterReflection(classes = BramaFilterFunctions.class, memberCategories = MemberCategory.INVOKE_DECLARED_METHODS)
public final class BramaServletGatewayAutoConfiguration {

	/** First, because of several filters by one name the gateway takes the first. */
	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE)
	BramaFilterFunctions.FilterSupplier bramaFilterFunctionsSupplier() {
		return new BramaFilterFunctions.FilterSupplier();
	}

	/** Last, so that it sees the fallback of the gateway as it is. */
	@Bean
	@Order(Ordered.LOWEST_PRECEDENCE)
	Customizer<BramaCircuitBreakerFactory> bramaServletGateway() {
		return (factory) -> factory.addDecorator(ServletGatewayCircuitBreaker::new);
	}

}
