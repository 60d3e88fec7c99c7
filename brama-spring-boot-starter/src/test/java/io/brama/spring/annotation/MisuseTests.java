package io.brama.spring.annotation;

import java.util.Map;
import java.util.stream.Stream;

import io.brama.Brama;
import io.brama.ErrorHandler;
import io.brama.Outcome;
import io.brama.spring.autoconfigure.BramaAutoConfiguration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * The annotation where it cannot work: the application does not start, or is warned.
 */
@ExtendWith(OutputCaptureExtension.class)
class MisuseTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner().withConfiguration(
			AutoConfigurations.of(PropertyPlaceholderAutoConfiguration.class, BramaAutoConfiguration.class));

	@ParameterizedTest
	@MethodSource("misuses")
	void theApplicationDoesNotStart(Class<?> type, String method, String problem) {
		this.runner.withBean(type)
			.run((context) -> assertThat(misuse(context.getStartupFailure()))
				.hasMessageContaining(type.getName() + "." + method + "()")
				.hasMessageContaining(problem));
	}

	static Stream<Arguments> misuses() {
		return Stream.of(Arguments.of(OnPrivate.class, "hidden", "a private method cannot be guarded"),
				Arguments.of(OnStatic.class, "common", "a static method cannot be guarded"),
				Arguments.of(BlankIdentifier.class, "call", "identifier of a connection must not be blank"),
				Arguments.of(BlankPlaceholder.class, "call", "identifier of a connection must not be blank"),
				Arguments.of(UnknownPlaceholder.class, "call", "partner.unknown"),
				Arguments.of(BrokenExpression.class, "call", "its identifier 'bank-#{#bank' cannot be parsed"),
				Arguments.of(BrokenExpressionOnClass.class, "call", "its scope '#{1 +}' cannot be parsed"),
				Arguments.of(TwoHandlers.class, "call",
						"it names two error handlers, the class Lenient and the bean 'lenient'"),
				Arguments.of(UnknownHandler.class, "call",
						"its errorHandlerBean 'lenient' is not the name of an ErrorHandler bean; there is none"));
	}

	@Test
	void theReportNamesTheMethodAndTheMend(CapturedOutput output) {
		assertThat(catchThrowable(() -> start(OnPrivate.class))).isNotNull();
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("@CircuitBreaker on method " + OnPrivate.class.getName()
					+ ".hidden(): a private method cannot be guarded")
			.contains("Make it an instance method that is not private");
	}

	@Test
	void anUnknownHandlerIsReportedWithThoseThereAre() {
		this.runner.withBean("strict", Lenient.class)
			.withBean(UnknownHandler.class)
			.run((context) -> assertThat(misuse(context.getStartupFailure())).hasMessageEndingWith("there is strict"));
	}

	@Test
	void aPrivateMethodOfAnAncestorIsFound() {
		this.runner.withBean(Heir.class)
			.run((context) -> assertThat(misuse(context.getStartupFailure()))
				.hasMessageContaining(OnPrivate.class.getName() + ".hidden()"));
	}

	@Test
	void aFinalMethodOfASubclassedBeanIsRefused() {
		this.runner.withBean(OnFinal.class)
			.run((context) -> assertThat(misuse(context.getStartupFailure())).hasMessageContainingAll(
					OnFinal.class.getName() + ".unguarded()", "a final method cannot be guarded by bean"));
	}

	@Test
	void aFinalMethodOfABeanThatMayBeProxiedOtherwiseIsWarnedAbout(CapturedOutput output) {
		this.runner.withBean("lazy", OnFinal.class, OnFinal::new, (definition) -> definition.setLazyInit(true))
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).contains("WARN")
			.contains("@CircuitBreaker on method " + OnFinal.class.getName() + ".unguarded() has no effect");
	}

	@Test
	void aFinalMethodOfAnAnnotatedClassIsWarnedAbout(CapturedOutput output) {
		this.runner.withBean(FinalInside.class).run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).contains("WARN")
			.contains("has no effect on its method " + FinalInside.class.getName() + ".unguarded()");
	}

	@Test
	@Tag("T59")
	void aFallbackIsNotLookedForInATypeThatSaysLessThanItsObject() {
		this.runner.withBean("prices", Prices.class, Cached::new, (definition) -> definition.setLazyInit(true))
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(context.getBean(Brama.class).find("prices")).isPresent();
				assertThat(context.getBean(Prices.class).price("book")).isEqualTo(7);
			});
	}

	@Test
	void aBlankIdentifierOfABeanThatIsNotThereYetNamesItsMethod() {
		this.runner.withBean("blank", BlankCall.class, () -> () -> {
		}, (definition) -> definition.setLazyInit(true))
			.run((context) -> assertThat(misuse(context.getStartupFailure()))
				.hasMessageContaining(BlankCall.class.getName() + ".call()")
				.hasMessageContaining("identifier of a connection must not be blank"));
	}

	@Test
	void severalHandlersOfOneClassAreNamed() {
		this.runner.withBean("strict", Lenient.class)
			.withBean("lax", Lenient.class)
			.withBean(ByClass.class)
			.run((context) -> assertThat(misuse(context.getStartupFailure()))
				.hasMessageContaining("its errorHandler Lenient is the class of the beans strict, lax"));
	}

	@Test
	void privateMethodsOfAGuardedTypeAreNoMisuse() {
		this.runner.withBean(WithPrivate.class).run((context) -> {
			assertThat(context.getBean(WithPrivate.class).call()).isEqualTo("called");
			assertThat(context.getBean(Brama.class).status("type").orElseThrow().calls().success()).isEqualTo(1);
		});
	}

	private static MisusedCircuitBreakerException misuse(Throwable failure) {
		Throwable cause = failure;
		while (cause != null && !(cause instanceof MisusedCircuitBreakerException)) {
			cause = cause.getCause();
		}
		return (MisusedCircuitBreakerException) cause;
	}

	private static ConfigurableApplicationContext start(Class<?> bean) {
		return new SpringApplicationBuilder(BramaAutoConfiguration.class, bean).web(WebApplicationType.NONE)
			.properties(Map.of("spring.main.banner-mode", "off"))
			.run();
	}

	public static class OnPrivate {

		@CircuitBreaker(identifier = "hidden")
		private void hidden() {
		}

		public void visible() {
			hidden();
		}

	}

	public static class Heir extends OnPrivate {

	}

	public static class OnStatic {

		@CircuitBreaker(identifier = "common")
		public static void common() {
		}

	}

	public static class OnFinal {

		@CircuitBreaker(identifier = "final")
		public final String unguarded() {
			return "called";
		}

	}

	public static class BlankIdentifier {

		@CircuitBreaker(identifier = " ")
		public void call() {
		}

	}

	public static class BlankPlaceholder {

		@CircuitBreaker(identifier = "${partner.name:}")
		public void call() {
		}

	}

	public static class UnknownPlaceholder {

		@CircuitBreaker(identifier = "${partner.unknown}")
		public void call() {
		}

	}

	public static class BrokenExpression {

		@CircuitBreaker(identifier = "bank-#{#bank")
		public void call(String bank) {
		}

	}

	@CircuitBreaker(identifier = "bank", scope = "#{1 +}")
	public static class BrokenExpressionOnClass {

		public void call(String bank) {
		}

	}

	public static class TwoHandlers {

		@CircuitBreaker(identifier = "handled", errorHandler = Lenient.class, errorHandlerBean = "lenient")
		public void call() {
		}

	}

	public static class UnknownHandler {

		@CircuitBreaker(identifier = "handled", errorHandlerBean = "lenient")
		public void call() {
		}

	}

	public static class Lenient implements ErrorHandler {

		@Override
		public Outcome classify(Object result, Throwable error) {
			return Outcome.ignored();
		}

	}

	@CircuitBreaker(identifier = "type")
	public static class WithPrivate {

		public String call() {
			return called();
		}

		private String called() {
			return "called";
		}

	}

	@CircuitBreaker(identifier = "final-inside")
	public static class FinalInside {

		public final void unguarded() {
		}

		public void guarded() {
		}

	}

	public interface BlankCall {

		@CircuitBreaker(identifier = " ")
		void call();

	}

	public interface Prices {

		@CircuitBreaker(identifier = "prices", fallback = "cached")
		int price(String item);

	}

	public static class Cached implements Prices {

		@Override
		public int price(String item) {
			throw new IllegalStateException("no answer");
		}

		int cached(String item) {
			return 7;
		}

	}

	public static class ByClass {

		@CircuitBreaker(identifier = "by-class", errorHandler = Lenient.class)
		public void call() {
		}

	}

}
