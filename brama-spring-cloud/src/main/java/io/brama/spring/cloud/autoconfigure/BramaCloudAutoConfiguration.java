package io.brama.spring.cloud.autoconfigure;

import io.brama.Brama;
import io.brama.spring.autoconfigure.BramaAutoConfiguration;
import io.brama.spring.cloud.BramaCircuitBreakerFactory;
import io.brama.spring.cloud.ReactiveBramaCircuitBreakerFactory;
import io.micrometer.observation.ObservationRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.task.SimpleAsyncTaskExecutorBuilder;
import org.springframework.cloud.client.circuitbreaker.CircuitBreakerFactory;
import org.springframework.cloud.client.circuitbreaker.Customizer;
import org.springframework.cloud.client.circuitbreaker.ReactiveCircuitBreakerFactory;
import org.springframework.cloud.client.circuitbreaker.observation.ObservedCircuitBreaker;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.util.ConcurrencyThrottleSupport;

/**
 * Auto-configuration of the factories of Spring Cloud's circuit breakers. Each backs off
 * where the application has one of its own, and comes before everybody else's.
 */
@AutoConfiguration(after = BramaAutoConfiguration.class,
		beforeName = { "org.springframework.cloud.client.CommonsClientAutoConfiguration",
				"org.springframework.cloud.openfeign.FeignAutoConfiguration",
				"org.springframework.cloud.circuitbreaker.resilience4j.Resilience4JAutoConfiguration",
				"org.springframework.cloud.circuitbreaker.resilience4j.ReactiveResilience4JAutoConfiguration",
				"org.springframework.cloud.circuitbreaker.retry.SpringRetryAutoConfiguration",
				"org.springframework.cloud.circuitbreaker.retry.FrameworkRetryAutoConfiguration" })
@ConditionalOnBooleanProperty(name = BramaCloudProperties.PREFIX + ".enabled", matchIfMissing = true)
@EnableConfigurationProperties(BramaCloudProperties.class)
public final class BramaCloudAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(CircuitBreakerFactory.class)
	BramaCircuitBreakerFactory bramaCircuitBreakerFactory(Brama brama, BramaCloudProperties properties,
			ObjectProvider<SimpleAsyncTaskExecutorBuilder> executors,
			ObjectProvider<Customizer<BramaCircuitBreakerFactory>> customizers) {
		SimpleAsyncTaskExecutor executor = executors.getIfAvailable(SimpleAsyncTaskExecutorBuilder::new)
			.threadNamePrefix("brama-call-")
			.build();
		executor.setDaemon(true);
		// a call that waits here would do so before its time begins
		executor.setConcurrencyLimit(ConcurrencyThrottleSupport.UNBOUNDED_CONCURRENCY);
		BramaCircuitBreakerFactory factory = new BramaCircuitBreakerFactory(brama, properties.asTimeouts(), executor);
		customizers.orderedStream().forEach((customizer) -> customizer.customize(factory));
		return factory;
	}

	/** Says who won where two could have. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(
			name = "org.springframework.cloud.circuitbreaker.resilience4j.Resilience4JCircuitBreakerFactory")
	@ConditionalOnBooleanProperty(name = "spring.cloud.circuitbreaker.resilience4j.enabled", matchIfMissing = true)
	static class BesideResilience4j {

		@Bean
		FactoryChoice bramaFactoryChoice(ApplicationContext context) {
			return new FactoryChoice(context);
		}

	}

	/** The reactive twin. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(name = "reactor.core.publisher.Mono")
	static class Reactive {

		@Bean
		@ConditionalOnMissingBean(ReactiveCircuitBreakerFactory.class)
		ReactiveBramaCircuitBreakerFactory reactiveBramaCircuitBreakerFactory(Brama brama,
				BramaCloudProperties properties,
				ObjectProvider<Customizer<ReactiveBramaCircuitBreakerFactory>> customizers) {
			ReactiveBramaCircuitBreakerFactory factory = new ReactiveBramaCircuitBreakerFactory(brama,
					properties.asTimeouts());
			customizers.orderedStream().forEach((customizer) -> customizer.customize(factory));
			return factory;
		}

	}

	/** Spring Cloud's own observation of calls and fallbacks. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(ObservationRegistry.class)
	static class Observed {

		@Bean
		@Order(0)
		Customizer<BramaCircuitBreakerFactory> bramaObservation(ObjectProvider<ObservationRegistry> registries) {
			return (factory) -> registries.ifUnique((registry) -> {
				if (!registry.isNoop()) {
					factory.addDecorator((breaker) -> new ObservedCircuitBreaker(breaker, registry));
				}
			});
		}

	}

}
