package io.brama.spring.annotation;

import io.brama.Brama;
import io.brama.spring.autoconfigure.BramaAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Annotations that share an identifier.
 */
@ExtendWith(OutputCaptureExtension.class)
class NamesakesTests {

	private static final String PROBLEM = "share an identifier and mean two circuits";

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(BramaAutoConfiguration.class));

	@Test
	void oneOfWhichNamesAScopeMeanTwoCircuits(CapturedOutput output) {
		this.runner.withBean(Plain.class)
			.withBean(InScope.class)
			.run((context) -> assertThat(context.getBean(Brama.class).all()).hasSize(2));
		assertThat(output).contains("WARN")
			.contains(Plain.class.getName() + ".call() and " + InScope.class.getName() + ".call() " + PROBLEM
					+ ": connection 'payment-api', and connection 'payment-api' of scope 'payments'.")
			.contains("Give both the same scope and type");
	}

	@Test
	void configurationSaysWhatIsMeantByTheOneThatNamesNone(CapturedOutput output) {
		this.runner.withBean(Plain.class)
			.withBean(InScope.class)
			.withPropertyValues("brama.connections.payment-api.scope=orders")
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).contains(PROBLEM
				+ ": connection 'payment-api' of scope 'orders', and connection 'payment-api' of scope 'payments'.");
	}

	@Test
	void noneIsWarnedAboutIfConfigurationAgrees(CapturedOutput output) {
		this.runner.withBean(Plain.class)
			.withBean(InScope.class)
			.withPropertyValues("brama.connections.payment-api.scope=payments")
			.run((context) -> assertThat(context.getBean(Brama.class).all()).hasSize(1));
		assertThat(output).doesNotContain(PROBLEM);
	}

	@Test
	void twoScopesThatAreBothNamedAreMeant(CapturedOutput output) {
		this.runner.withBean(InScope.class)
			.withBean(InOtherScope.class)
			.run((context) -> assertThat(context.getBean(Brama.class).all()).hasSize(2));
		assertThat(output).doesNotContain(PROBLEM);
	}

	@Test
	void oneOfWhichNamesATypeMeanTwoCircuits(CapturedOutput output) {
		this.runner.withBean(Plain.class).withBean(OfType.class).run((context) -> assertThat(context).hasNotFailed());
		assertThat(output)
			.contains(PROBLEM + ": connection 'payment-api', and connection 'payment-api' of type 'http'.");
	}

	@Test
	void theSameScopeWithAndWithoutATypeMeanTwoCircuits(CapturedOutput output) {
		this.runner.withBean(InScope.class)
			.withBean(InScopeOfType.class)
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).contains(PROBLEM + ": connection 'payment-api' of scope 'payments', "
				+ "and connection 'payment-api' of scope 'payments' of type 'http'.");
	}

	@Test
	void aScopeInOnePlaceAndATypeInTheOtherMeanTwoCircuits(CapturedOutput output) {
		this.runner.withBean(InScope.class).withBean(OfType.class).run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).containsOnlyOnce(PROBLEM);
	}

	@Test
	void aScopeThatDependsOnTheCallIsMeant(CapturedOutput output) {
		this.runner.withBean(Plain.class)
			.withBean(InComputedScope.class)
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).doesNotContain(PROBLEM);
	}

	public static class InScopeOfType {

		@CircuitBreaker(identifier = "payment-api", scope = "payments", type = "http")
		public void call() {
		}

	}

	public static class InComputedScope {

		@CircuitBreaker(identifier = "payment-api", scope = "#{#tenant}")
		public void call(String tenant) {
		}

	}

	public static class Plain {

		@CircuitBreaker(identifier = "payment-api")
		public void call() {
		}

	}

	public static class InScope {

		@CircuitBreaker(identifier = "payment-api", scope = "payments")
		public void call() {
		}

	}

	public static class InOtherScope {

		@CircuitBreaker(identifier = "payment-api", scope = "orders")
		public void call() {
		}

	}

	public static class OfType {

		@CircuitBreaker(identifier = "payment-api", type = "http")
		public void call() {
		}

	}

}
