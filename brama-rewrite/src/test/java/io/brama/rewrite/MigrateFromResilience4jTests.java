package io.brama.rewrite;

import org.junit.jupiter.api.Test;
import org.openrewrite.java.JavaParser;
import org.openrewrite.test.RecipeSpec;
import org.openrewrite.test.RewriteTest;

import static org.openrewrite.java.Assertions.java;
import static org.openrewrite.properties.Assertions.properties;
import static org.openrewrite.yaml.Assertions.yaml;

/**
 * Typical code and configuration of Resilience4j becomes that of Brama.
 */
class MigrateFromResilience4jTests implements RewriteTest {

	@Override
	public void defaults(RecipeSpec spec) {
		spec.recipeFromResources("io.brama.rewrite.MigrateFromResilience4j")
			.parser(JavaParser.fromJavaVersion().classpath("resilience4j-annotations", "resilience4j-circuitbreaker"));
	}

	@Test
	void annotationsAndExceptions() {
		rewriteRun(java("""
				import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
				import io.github.resilience4j.circuitbreaker.annotation.CircuitBreaker;

				class PaymentService {

					@CircuitBreaker(name = "payment-api", fallbackMethod = "queueForLater")
					String pay(String order) {
						return "paid " + order;
					}

					String queueForLater(String order, CallNotPermittedException open) {
						return "queued " + order;
					}

				}
				""", """
				import io.brama.CircuitOpenException;
				import io.brama.spring.annotation.CircuitBreaker;

				class PaymentService {

					@CircuitBreaker(identifier = "payment-api", fallback = "queueForLater")
					String pay(String order) {
						return "paid " + order;
					}

					String queueForLater(String order, CircuitOpenException open) {
						return "queued " + order;
					}

				}
				"""));
	}

	@Test
	void yamlOfAnInstance() {
		rewriteRun(yaml("""
				resilience4j:
				  circuitbreaker:
				    instances:
				      payment-api:
				        sliding-window-size: 10
				        minimum-number-of-calls: 5
				        failure-rate-threshold: 50
				        wait-duration-in-open-state: 30s
				        permitted-number-of-calls-in-half-open-state: 3
				        automatic-transition-from-open-to-half-open-enabled: true
				        ignore-exceptions: java.lang.IllegalArgumentException
				""", """
				brama.connections:
				  payment-api:
				    failure-rate.window: 10
				    failure-rate.minimum-calls: 5
				    failure-rate.threshold: 50
				    expiry: 30s
				    half-open.trial-calls: 3
				    ignore-exceptions: java.lang.IllegalArgumentException
				"""));
	}

	@Test
	void yamlInCamelCaseOfASharedConfiguration() {
		rewriteRun(yaml("""
				resilience4j:
				  circuitbreaker:
				    configs:
				      partners:
				        slowCallRateThreshold: 80
				        slowCallDurationThreshold: 2s
				""", """
				brama.scopes:
				  partners:
				    slow-calls.threshold: 80
				    slow-calls.duration: 2s
				"""));
	}

	@Test
	void aWindowOfTimeHasAUnit() {
		rewriteRun(yaml("""
				resilience4j.circuitbreaker:
				  instances:
				    payment-api:
				      sliding-window-type: TIME_BASED
				      sliding-window-size: 30
				""", """
				brama.connections:
				  payment-api:
				    failure-rate.window: 30s
				"""));
	}

	@Test
	void whatHasNoCounterpartStaysToBeSeen() {
		rewriteRun(yaml("""
				resilience4j:
				  circuitbreaker:
				    instances:
				      payment-api:
				        record-failure-predicate: com.acme.Failures
				""", """
				brama.connections:
				  payment-api:
				    record-failure-predicate: com.acme.Failures
				"""));
	}

	@Test
	void propertiesFiles() {
		rewriteRun(properties("""
				resilience4j.circuitbreaker.configs.default.wait-duration-in-open-state=30s
				resilience4j.circuitbreaker.instances.payment-api.failure-rate-threshold=50
				resilience4j.circuitbreaker.instances.payment-api.slidingWindowSize=10
				resilience4j.circuitbreaker.instances.payment-api.base-config=partners
				""", """
				brama.expiry=30s
				brama.connections.payment-api.failure-rate.threshold=50
				brama.connections.payment-api.failure-rate.window=10
				brama.connections.payment-api.scope=partners
				"""));
	}

	@Test
	void otherPartsOfResilience4jStay() {
		rewriteRun(yaml("""
				resilience4j:
				  retry:
				    instances:
				      payment-api:
				        max-attempts: 3
				"""));
	}

}
