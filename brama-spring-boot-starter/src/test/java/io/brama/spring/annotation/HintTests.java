package io.brama.spring.annotation;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;

import io.brama.Brama;
import io.brama.ErrorHandler;
import io.brama.Outcome;
import io.brama.spring.autoconfigure.BramaAutoConfiguration;
import io.brama.spring.autoconfigure.CircuitProperties;
import io.brama.spring.autoconfigure.ConnectionProperties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.core.env.MapPropertySource;
import org.springframework.javapoet.ClassName;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an ahead-of-time build is told.
 */
class HintTests {

	private static final String TENANT = "io.brama.spring.annotation.HintTests$Tenant";

	private final RuntimeHints hints = process(Partner.class);

	@Test
	void guardedMethodsMayBeInvoked() throws Exception {
		assertThat(RuntimeHintsPredicates.reflection()
			.onMethodInvocation(Partner.class.getDeclaredMethod("call", Order.class))).accepts(this.hints);
	}

	@Test
	void errorHandlersMayBeCreatedAndInjected() throws Exception {
		assertThat(RuntimeHintsPredicates.reflection()
			.onConstructorInvocation(Errors.class.getDeclaredConstructor(Brama.class))).accepts(this.hints);
		assertThat(RuntimeHintsPredicates.reflection().onFieldAccess(Errors.class, "brama")).accepts(this.hints);
	}

	@Test
	void expressionsMayReadArguments() throws Exception {
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(Order.class.getDeclaredMethod("bank")))
			.accepts(expressions());
	}

	@ParameterizedTest
	@ValueSource(classes = { Banks.class, BehindAPlaceholder.class, BehindAnUnknownPlaceholder.class })
	void expressionsMayReadWhatArgumentsAreMadeOf(Class<?> bean) throws Exception {
		RuntimeHints processed = process(bean);
		for (Method method : List.of(Customer.class.getDeclaredMethod("address"),
				Address.class.getDeclaredMethod("city"), Item.class.getDeclaredMethod("name"))) {
			assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(method)).accepts(processed);
		}
	}

	@Test
	void expressionsMayReadWhatTheyName() throws Exception {
		RuntimeHints processed = process(ByName.class);
		for (Method method : List.of(Region.class.getDeclaredMethod("country"), Country.class.getDeclaredMethod("code"),
				Tenant.class.getDeclaredMethod("current"), ByName.class.getDeclaredMethod("owner"))) {
			assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(method)).accepts(processed);
		}
	}

	@Test
	void beansBehindAPlaceholderAreFoundIfItsValueIsKnown() throws Exception {
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(Region.class.getDeclaredMethod("country")))
			.accepts(process(BehindAPlaceholder.class))
			.rejects(process(BehindAnUnknownPlaceholder.class));
	}

	@Test
	void expressionsMayReadTheCall() throws Exception {
		assertThat(RuntimeHintsPredicates.reflection()
			.onMethodInvocation(Template.Root.class.getDeclaredMethod("getMethodName"))).accepts(expressions());
	}

	@Test
	void fallbacksMayBeInvoked() throws Exception {
		assertThat(RuntimeHintsPredicates.reflection()
			.onMethodInvocation(Partner.class.getDeclaredMethod("later", Order.class, Exception.class)))
			.accepts(this.hints);
	}

	@Test
	void argumentsAreLeftAloneWithoutExpressions() throws Exception {
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(Order.class.getDeclaredMethod("bank")))
			.rejects(this.hints);
	}

	@Test
	void optionsOfConnectionsAndScopesMayBeBound() throws Exception {
		assertThat(RuntimeHintsPredicates.reflection()
			.onMethodInvocation(ConnectionProperties.class.getDeclaredMethod("setScope", String.class)))
			.accepts(this.hints);
		assertThat(RuntimeHintsPredicates.reflection()
			.onMethodInvocation(CircuitProperties.class.getDeclaredMethod("setMaxAttempts", String.class)))
			.accepts(this.hints);
	}

	@Test
	void otherBeansGetNoHints() throws Exception {
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(Other.class.getDeclaredMethod("call")))
			.rejects(process(Other.class));
	}

	private static RuntimeHints expressions() {
		return process(Banks.class);
	}

	private static RuntimeHints process(Class<?> bean) {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			context.getEnvironment()
				.getPropertySources()
				.addFirst(new MapPropertySource("banks", Map.of("bank.key", "#{@region.country.code}")));
			context.register(PropertyPlaceholderAutoConfiguration.class, BramaAutoConfiguration.class, bean);
			context.registerBean("region", Region.class);
			DefaultGenerationContext generation = new DefaultGenerationContext(
					new ClassNameGenerator(ClassName.get(bean)), new InMemoryGeneratedFiles());
			new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
			return generation.getRuntimeHints();
		}
	}

	record Order(String bank, Customer customer, List<Item> items) {
	}

	record Customer(Address address) {
	}

	record Address(String city) {
	}

	record Item(String name) {
	}

	record Country(String code) {
	}

	public static class Region {

		public Country country() {
			return new Country("eu");
		}

	}

	public static class Tenant {

		public static String current() {
			return "acme";
		}

	}

	public static class ByName {

		@CircuitBreaker(
				identifier = "#{@'region'.country().code}-#{T(" + TENANT + ").current()}-#{#root.target.owner()}")
		public void call() {
		}

		public String owner() {
			return "our";
		}

	}

	public static class BehindAPlaceholder {

		@CircuitBreaker(identifier = "${bank.key}")
		public void call(Order order) {
		}

	}

	public static class BehindAnUnknownPlaceholder {

		@CircuitBreaker(identifier = "bank", scope = "${scope.key}")
		public void call(Order order) {
		}

	}

	public static class Partner {

		@CircuitBreaker(identifier = "partner", errorHandler = Errors.class, fallback = "later")
		public void call(Order order) {
		}

		@SuppressWarnings({ "UnusedMethod", "UnusedVariable" }) // what the annotation
																// names
		private void later(Order order, Exception problem) {
		}

	}

	public static class Banks {

		@CircuitBreaker(identifier = "bank-#{#order.bank}")
		public void call(Order order) {
		}

	}

	public static class Other {

		public void call() {
		}

	}

	static class Errors implements ErrorHandler {

		private final Brama brama;

		Errors(Brama brama) {
			this.brama = brama;
		}

		@Override
		public Outcome classify(@Nullable Object result, @Nullable Throwable error) {
			return this.brama.all().isEmpty() ? Outcome.success() : Outcome.ignored();
		}

	}

}
