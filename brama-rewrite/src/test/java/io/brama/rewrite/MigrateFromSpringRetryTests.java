package io.brama.rewrite;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openrewrite.java.JavaParser;
import org.openrewrite.test.RecipeSpec;
import org.openrewrite.test.RewriteTest;
import org.openrewrite.test.SourceSpecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openrewrite.java.Assertions.java;
import static org.openrewrite.properties.Assertions.properties;
import static org.openrewrite.yaml.Assertions.yaml;

/**
 * Typical circuit breakers of Spring Retry become those of Brama, and others say why not.
 */
class MigrateFromSpringRetryTests implements RewriteTest {

	private static final String BEFORE = """
			import org.springframework.retry.annotation.CircuitBreaker;

			class PaymentService {

				@CircuitBreaker(maxAttempts = 5, openTimeout = 10_000, resetTimeout = 30_000, label = "payment-api")
				String pay(String order) {
					return "paid " + order;
				}

			}
			""";

	private static final String AFTER = """
			import io.brama.spring.annotation.CircuitBreaker;

			class PaymentService {

				@CircuitBreaker(identifier = "payment-api")
				String pay(String order) {
					return "paid " + order;
				}

			}
			""";

	@Override
	public void defaults(RecipeSpec spec) {
		spec.recipeFromResources("io.brama.rewrite.MigrateFromSpringRetry")
			.parser(JavaParser.fromJavaVersion().classpath("spring-retry"));
	}

	@Test
	void theMethodThatRecoversBecomesTheFallback() {
		rewriteRun(java("""
				import org.springframework.retry.annotation.CircuitBreaker;
				import org.springframework.retry.annotation.Recover;

				class PaymentService {

					@CircuitBreaker(maxAttempts = 5, openTimeout = 10_000, resetTimeout = 1_500, label = "payment-api")
					public String pay(String order, int cents) {
						return "paid " + order;
					}

					@Recover
					public String queueForLater(RuntimeException problem, String order, int cents) {
						return "queued " + order;
					}

				}
				""", """
				import io.brama.spring.annotation.CircuitBreaker;

				class PaymentService {

					@CircuitBreaker(identifier = "payment-api", fallback = "queueForLater")
					public String pay(String order, int cents) {
						return "paid " + order;
					}

					public String queueForLater(String order, int cents, RuntimeException problem) {
						return "queued " + order;
					}

				}
				"""), yaml("""
				server:
				  port: 8081
				""", """
				server:
				  port: 8081
				brama:
				  connections:
				    payment-api:
				      max-attempts: 5
				      expiry: 1500ms
				""", (spec) -> spec.path("src/main/resources/application.yml")));
	}

	@Test
	void withoutALabelTypeAndMethodGiveTheName() {
		rewriteRun(java("""
				import org.springframework.retry.annotation.CircuitBreaker;

				class PaymentService {

					@CircuitBreaker
					String payNow(String order) {
						return "paid " + order;
					}

				}
				""", """
				import io.brama.spring.annotation.CircuitBreaker;

				class PaymentService {

					@CircuitBreaker(identifier = "payment-service-pay-now")
					String payNow(String order) {
						return "paid " + order;
					}

				}
				"""), properties("""
				server.port=8081
				""", """
				server.port=8081
				brama.connections.payment-service-pay-now.max-attempts=3
				brama.connections.payment-service-pay-now.expiry=20s
				""", (spec) -> spec.path("src/main/resources/application.properties")));
	}

	@Test
	void whatIsConfiguredAlreadyStays() {
		rewriteRun(java(BEFORE, AFTER), properties("""
				brama.connections.payment-api.expiry=5s
				""", """
				brama.connections.payment-api.expiry=5s
				brama.connections.payment-api.max-attempts=5
				""", (spec) -> spec.path("src/main/resources/application.properties")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "brama.connections.payment-api.maxAttempts: 7", """
			brama:
			  connections:
			    "[payment-api]":
			      max-attempts: 7""" })
	void whatIsConfiguredAlreadyStaysInEveryForm(String own) {
		rewriteRun(java(BEFORE, AFTER),
				yaml(own, (spec) -> spec.path("src/main/resources/application.yml").after((after) -> {
					assertThat(after).contains("expiry: 30s").containsOnlyOnce("ttempts");
					return after;
				})));
	}

	@Test
	void whatLaterDocumentsSayStays() {
		rewriteRun(java(BEFORE, AFTER), yaml("""
				server:
				  port: 8081
				---
				spring.config.activate.on-profile: prod
				brama:
				  connections:
				    payment-api:
				      expiry: 5s
				""", """
				server:
				  port: 8081
				brama:
				  connections:
				    payment-api:
				      max-attempts: 5
				      expiry: 30s
				---
				spring.config.activate.on-profile: prod
				brama:
				  connections:
				    payment-api:
				      expiry: 5s
				""", (spec) -> spec.path("src/main/resources/application.yml")));
	}

	@Test
	void whatAFirstDocumentSaysForAProfileStays() {
		rewriteRun(java(BEFORE, AFTER), yaml("""
				spring.config.activate.on-profile: prod
				brama.connections.payment-api.expiry: 5s
				""", """
				brama:
				  connections:
				    payment-api:
				      max-attempts: 5
				      expiry: 30s
				---
				spring.config.activate.on-profile: prod
				brama.connections.payment-api.expiry: 5s
				""", (spec) -> spec.path("src/main/resources/application.yml")));
	}

	@Test
	void whatDocumentsOfPropertiesFilesSayStays() {
		rewriteRun(java(BEFORE, AFTER), properties("""
				brama.connections.payment-api.maxAttempts=7
				#---
				spring.config.activate.on-profile=prod
				brama.connections.payment-api.expiry=5s
				""", """
				brama.connections.payment-api.maxAttempts=7
				brama.connections.payment-api.expiry=30s
				#---
				spring.config.activate.on-profile=prod
				brama.connections.payment-api.expiry=5s
				""", (spec) -> spec.path("src/main/resources/application.properties")));
	}

	@Test
	void whatAFirstDocumentOfPropertiesSaysForAProfileStays() {
		rewriteRun(java(BEFORE, AFTER), properties("""
				spring.config.activate.on-profile=prod
				brama.connections.payment-api.expiry=5s
				""", """
				brama.connections.payment-api.max-attempts=5
				brama.connections.payment-api.expiry=30s
				#---
				spring.config.activate.on-profile=prod
				brama.connections.payment-api.expiry=5s
				""", (spec) -> spec.path("src/main/resources/application.properties")));
	}

	@Test
	void emptyFilesAreFilled() {
		rewriteRun(java(BEFORE, AFTER), yaml("# nothing yet", """
				brama:
				  connections:
				    payment-api:
				      max-attempts: 5
				      expiry: 30s
				# nothing yet""", (spec) -> spec.path("src/main/resources/application.yml")));
	}

	@Test
	void configurationIsMadeWhereThereIsNone() {
		rewriteRun(java(BEFORE, AFTER, (spec) -> spec.path("shop/src/main/java/PaymentService.java")), yaml(null, """
				brama:
				  connections:
				    payment-api:
				      max-attempts: 5
				      expiry: 30s
				""", (spec) -> spec.path("shop/src/main/resources/application.yml")));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "label = \"x\", retryFor = IllegalStateException.class | of its retryFor",
			"noRetryFor = IllegalStateException.class | of its noRetryFor",
			"IllegalStateException.class | of its value",
			"maxAttemptsExpression = \"${attempts}\" | of its maxAttemptsExpression",
			"exceptionExpression = \"message.isEmpty()\" | of its exceptionExpression",
			"maxAttempts = ATTEMPTS | its maxAttempts is not a literal", "maxAttempts = 0 | of its maxAttempts",
			"label = \"${name}\" | of its label", "label = \"a b\" | of its label", "label = \"a:b\" | of its label",
			"label = \"a=b\" | of its label", "label = \"a*\" | of its label", "label = \"über\" | of its label",
			"recover = \"missing\" | it is not plain which method recovers" })
	void whatCannotBeDoneSafelyStaysAndSaysWhy(String attributes, String reason) {
		rewriteRun(java("""
				import org.springframework.retry.annotation.CircuitBreaker;

				class PaymentService {

					static final int ATTEMPTS = 4;

					@CircuitBreaker(%s)
					String pay(String order) {
						return "paid " + order;
					}

				}
				""".formatted(attributes), """
				import org.springframework.retry.annotation.CircuitBreaker;

				class PaymentService {

					static final int ATTEMPTS = 4;

					// Not migrated to Brama, because %s
					@CircuitBreaker(%s)
					String pay(String order) {
						return "paid " + order;
					}

				}
				""".formatted(reason, attributes)));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
			"java.io.IOException problem, String order | recover takes other arguments, or exceptions that an open circuit is not",
			"RuntimeException problem | recover takes other arguments, or exceptions that an open circuit is not" })
	void aMethodThatWouldNotRecoverFromAnOpenCircuitStays(String parameters, String reason) {
		rewriteRun(stays("""
				import org.springframework.retry.annotation.CircuitBreaker;
				import org.springframework.retry.annotation.Recover;

				class PaymentService {

					#@CircuitBreaker(label = "payment-api")
					String pay(String order) {
						return "paid " + order;
					}

					@Recover
					String recover(%s) {
						return "queued";
					}

				}
				""".formatted(parameters), reason));
	}

	@Test
	void aMethodThatOthersCallStays() {
		rewriteRun(stays("""
				import org.springframework.retry.annotation.CircuitBreaker;
				import org.springframework.retry.annotation.Recover;

				class PaymentService {

					#@CircuitBreaker(label = "payment-api")
					String pay(String order) {
						return "paid " + order;
					}

					@Recover
					String recover(RuntimeException problem, String order) {
						return "queued";
					}

					String later(String order) {
						return recover(new IllegalStateException(), order);
					}

				}
				""", "others need recover as it is"));
	}

	@Test
	void aMethodThatRecoversFromRetriesStays() {
		rewriteRun(stays("""
				import org.springframework.retry.annotation.CircuitBreaker;
				import org.springframework.retry.annotation.Recover;
				import org.springframework.retry.annotation.Retryable;

				class PaymentService {

					#@CircuitBreaker(label = "payment-api")
					String pay(String order) {
						return "paid " + order;
					}

					@Retryable
					String ask(String order) {
						return "paid " + order;
					}

					@Recover
					String recover(RuntimeException problem, String order) {
						return "queued";
					}

				}
				""", "others need recover as it is"));
	}

	@Test
	void methodsOfOneLabelMustAgree() {
		rewriteRun(java("""
				import org.springframework.retry.annotation.CircuitBreaker;

				class PaymentService {

					@CircuitBreaker(label = "payment-api")
					String pay(String order) {
						return "paid " + order;
					}

					@CircuitBreaker(label = "payment-api", maxAttempts = 5)
					String refund(String order) {
						return "refunded " + order;
					}

				}
				""", """
				import org.springframework.retry.annotation.CircuitBreaker;

				class PaymentService {

					// Not migrated to Brama, because another method with its label has other numbers
					@CircuitBreaker(label = "payment-api")
					String pay(String order) {
						return "paid " + order;
					}

					// Not migrated to Brama, because another method with its label has other numbers
					@CircuitBreaker(label = "payment-api", maxAttempts = 5)
					String refund(String order) {
						return "refunded " + order;
					}

				}
				"""));
	}

	@Test
	void methodsThatWouldHaveOneNameStay() {
		String code = """
				package %s;

				import org.springframework.retry.annotation.CircuitBreaker;

				class PaymentService {

					#@CircuitBreaker
					String pay(String order) {
						return "paid " + order;
					}

				}
				""";
		String reason = "another method would have the name payment-service-pay, too: give it a label";
		rewriteRun(stays(code.formatted("shop"), reason), stays(code.formatted("office"), reason));
	}

	@Test
	void aNameThatAnotherMethodHasAsALabelIsNotGiven() {
		rewriteRun(java("""
				import org.springframework.retry.annotation.CircuitBreaker;

				class PaymentService {

					@CircuitBreaker
					String pay(String order) {
						return "paid " + order;
					}

					@CircuitBreaker(label = "payment-service-pay")
					String refund(String order) {
						return "refunded " + order;
					}

				}
				""",
				"""
						import org.springframework.retry.annotation.CircuitBreaker;

						class PaymentService {

							// Not migrated to Brama, because another method would have the name payment-service-pay, too: give it a label
							@CircuitBreaker
							String pay(String order) {
								return "paid " + order;
							}

							// Not migrated to Brama, because another method would have the name payment-service-pay, too: give it a label
							@CircuitBreaker(label = "payment-service-pay")
							String refund(String order) {
								return "refunded " + order;
							}

						}
						"""));
	}

	@Test
	void whatRecoversForAnotherTypeStays() {
		rewriteRun(java("""
				import org.springframework.retry.annotation.CircuitBreaker;
				import org.springframework.retry.annotation.Recover;
				import org.springframework.retry.annotation.Retryable;

				class PaymentService {

					@CircuitBreaker(label = "payment-api")
					String pay(String order) {
						return "paid " + order;
					}

					static class Ledger {

						@Retryable
						String book(String order) {
							return "booked " + order;
						}

						@Recover
						String later(RuntimeException problem, String order) {
							return "later";
						}

					}

				}
				""", """
				import io.brama.spring.annotation.CircuitBreaker;
				import org.springframework.retry.annotation.Recover;
				import org.springframework.retry.annotation.Retryable;

				class PaymentService {

					@CircuitBreaker(identifier = "payment-api")
					String pay(String order) {
						return "paid " + order;
					}

					static class Ledger {

						@Retryable
						String book(String order) {
							return "booked " + order;
						}

						@Recover
						String later(RuntimeException problem, String order) {
							return "later";
						}

					}

				}
				"""), yaml(null, """
				brama:
				  connections:
				    payment-api:
				      max-attempts: 3
				      expiry: 20s
				""", (spec) -> spec.path("src/main/resources/application.yml")));
		;
	}

	@Test
	void retriesStay() {
		rewriteRun(java("""
				import org.springframework.retry.annotation.Recover;
				import org.springframework.retry.annotation.Retryable;

				class PaymentService {

					@Retryable
					String pay(String order) {
						return "paid " + order;
					}

					@Recover
					String recover(RuntimeException problem, String order) {
						return "queued";
					}

				}
				"""));
	}

	/** Code that only gets a comment, where the # is. */
	private static SourceSpecs stays(String code, String reason) {
		return java(code.replace("#", ""), code.replace("#", "// Not migrated to Brama, because " + reason + "\n\t"));
	}

}
