package io.brama.spring.cloud.autoconfigure;

import java.util.Arrays;
import java.util.Objects;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.cloud.client.circuitbreaker.AbstractCircuitBreakerFactory;
import org.springframework.util.ClassUtils;

/**
 * Says at startup whose circuit breakers an application gets that could have those of
 * Resilience4j as well.
 */
final class FactoryChoice implements SmartInitializingSingleton {

	private static final Log logger = LogFactory.getLog(FactoryChoice.class);

	private final ListableBeanFactory beans;

	FactoryChoice(ListableBeanFactory beans) {
		this.beans = beans;
	}

	@Override
	public void afterSingletonsInstantiated() {
		String factories = String.join(" and ",
				Arrays.stream(this.beans.getBeanNamesForType(AbstractCircuitBreakerFactory.class, true, false))
					.map((name) -> ClassUtils.getShortName(Objects.requireNonNull(this.beans.getType(name), name)))
					.sorted()
					.toList());
		logger.warn("Both Brama and Resilience4j are there to make the circuit breakers of Spring Cloud. In use: "
				+ factories + ". To choose Brama, remove spring-cloud-starter-circuitbreaker-resilience4j or set "
				+ "spring.cloud.circuitbreaker.resilience4j.enabled=false. To choose Resilience4j, set "
				+ BramaCloudProperties.PREFIX + ".enabled=false.");
	}

}
