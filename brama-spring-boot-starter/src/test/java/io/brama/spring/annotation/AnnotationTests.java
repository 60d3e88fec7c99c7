package io.brama.spring.annotation;

import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.brama.Brama;
import io.brama.CircuitOpenException;
import io.brama.CircuitState;
import io.brama.ConnectionId;
import io.brama.ConnectionStatus;
import io.brama.ErrorHandler;
import io.brama.Outcome;
import io.brama.spring.autoconfigure.BramaAutoConfiguration;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.aop.framework.Advised;
import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.NameMatchMethodPointcutAdvisor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.AliasFor;
import org.springframework.resilience.annotation.EnableResilientMethods;
import org.springframework.resilience.annotation.Retryable;

import static io.brama.Command.because;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Where the annotation may stand, what it guards, and what callers see of it.
 */
@ExtendWith(OutputCaptureExtension.class)
class AnnotationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(AopAutoConfiguration.class, BramaAutoConfiguration.class));

	@Test
	void whatTheMethodReturnsReachesTheCaller() {
		this.runner.withBean(Payments.class).run((context) -> {
			Payments payments = context.getBean(Payments.class);
			assertThat(payments.pay("book")).isEqualTo("paid book");
			assertThat(payments.pay(null)).isNull();
			payments.notifyPartner();
			assertThat(payments.log()).containsExactly("pay book", "pay null", "notify");
			assertThat(calls(context.getBean(Brama.class), "payment-api"))
				.isEqualTo(new ConnectionStatus.Calls(3, 0, 0, 0, 0, 0));
		});
	}

	@ParameterizedTest
	@MethodSource("problems")
	void whatTheMethodThrowsReachesTheCallerAsTheSameObject(Throwable problem) {
		this.runner.withBean(Payments.class).run((context) -> {
			Payments payments = context.getBean(Payments.class);
			assertThat(catchThrowable(() -> payments.fail(problem))).isSameAs(problem);
			assertThat(context.getBean(Brama.class).status("payment-api").orElseThrow().lastFailureReason())
				.isEqualTo("no answer");
		});
	}

	static Stream<Throwable> problems() {
		return Stream.of(new IOException("no answer"), new IllegalStateException("no answer"),
				new StackOverflowError("no answer"), new NoClassDefFoundError("no answer"),
				new ExecutionException(new IOException("no answer")),
				new UndeclaredThrowableException(new IOException("no answer")));
	}

	@Test
	void anOpenCircuitRunsNothing() {
		this.runner.withBean(Payments.class).run((context) -> {
			Payments payments = context.getBean(Payments.class);
			context.getBean(Brama.class).open("payment-api", because("maintenance"));
			assertThatExceptionOfType(CircuitOpenException.class).isThrownBy(() -> payments.pay("book"))
				.withMessageContaining("'payment-api'")
				.withMessageContaining("maintenance");
			assertThatExceptionOfType(CircuitOpenException.class).isThrownBy(payments::notifyPartner);
			assertThat(payments.log()).isEmpty();
			assertThat(payments.unguarded()).isEqualTo("always there");
			assertThat(calls(context.getBean(Brama.class), "payment-api").rejected()).isEqualTo(2);
		});
	}

	@Test
	void failuresOpenTheCircuitAndATrialClosesIt() {
		this.runner.withBean(Payments.class).withPropertyValues("brama.max-attempts=2").run((context) -> {
			Brama brama = context.getBean(Brama.class);
			Payments payments = context.getBean(Payments.class);
			IOException problem = new IOException("no answer");
			assertThatException().isThrownBy(() -> payments.fail(problem));
			assertThatException().isThrownBy(() -> payments.fail(problem));
			assertThat(brama.status("payment-api").orElseThrow().state()).isEqualTo(CircuitState.OPEN);
			brama.circuit("payment-api").halfOpen(because("the partner called"));
			assertThat(payments.pay("book")).isEqualTo("paid book");
			assertThat(brama.status("payment-api").orElseThrow().state()).isEqualTo(CircuitState.CLOSED);
		});
	}

	@ParameterizedTest
	@MethodSource("places")
	@Tag("T63")
	void theAnnotationCountsWhereverItStands(Class<? extends Call> type, String identifier) {
		for (boolean classProxies : new boolean[] { true, false }) {
			this.runner.withPropertyValues("spring.aop.proxy-target-class=" + classProxies)
				.withBean(type)
				.run((context) -> {
					Brama brama = context.getBean(Brama.class);
					Call call = context.getBean(Call.class);
					assertThat(AopUtils.isJdkDynamicProxy(call)).isEqualTo(!classProxies);
					assertThat(brama.all()).extracting((circuit) -> circuit.id().identifier())
						.as("registered at startup")
						.containsExactly(identifier);
					assertThat(call.call()).isEqualTo("called");
					assertThat(calls(brama, identifier).success()).isEqualTo(1);
					brama.open(identifier, because("maintenance"));
					assertThatExceptionOfType(CircuitOpenException.class).isThrownBy(call::call);
				});
		}
	}

	static Stream<Arguments> places() {
		return Stream.of(place(OnMethod.class, "method"), place(OnClass.class, "class"),
				place(OnInterfaceMethod.class, "interface-method"), place(OnInterface.class, "interface"),
				place(OnDefaultMethod.class, "default-method"), place(InheritedMethod.class, "inherited-method"),
				place(OverriddenMethod.class, "inherited-method"), place(InheritedClass.class, "inherited-class"),
				place(Meta.class, "meta-method"), place(MetaOnClass.class, "meta-class"),
				place(MethodBeatsClass.class, "method"), place(MethodBeatsInterface.class, "method"),
				place(OverriddenMethodBeatsClass.class, "inherited-method"), place(ClassBeatsInterface.class, "class"),
				place(HeirBeatsAncestor.class, "heir"));
	}

	private static Arguments place(Class<?> type, String identifier) {
		return Arguments.of(type, identifier);
	}

	@Test
	@Tag("T63")
	void aMethodOfAGenericTypeIsGuardedOnce() {
		for (boolean classProxies : new boolean[] { true, false }) {
			this.runner.withPropertyValues("spring.aop.proxy-target-class=" + classProxies)
				.withBean(Texts.class)
				.run((context) -> {
					@SuppressWarnings("unchecked")
					Exchange<String> exchange = context.getBean(Exchange.class);
					assertThat(exchange.send("text")).isEqualTo("text");
					assertThat(calls(context.getBean(Brama.class), "texts"))
						.isEqualTo(new ConnectionStatus.Calls(1, 0, 0, 0, 0, 0));
				});
		}
	}

	@Test
	void anAnnotationOfOnesOwnPassesItsAttributesOn() {
		this.runner.withBean(Meta.class)
			.run((context) -> assertThat(context.getBean(Brama.class).all())
				.extracting((circuit) -> circuit.id().toString())
				.containsExactly("connection 'meta-method' of scope 'partners' of type 'http'"));
	}

	@Test
	void theMethodsOfObjectAreNeverGuarded() {
		this.runner.withBean(OnClass.class).run((context) -> {
			Brama brama = context.getBean(Brama.class);
			OnClass bean = context.getBean(OnClass.class);
			brama.open("class", because("maintenance"));
			assertThat(bean.toString()).isEqualTo("on class");
			assertThat(bean.hashCode()).isEqualTo(bean.hashCode());
			assertThat(bean.equals(bean)).isTrue();
			assertThat(calls(brama, "class").total()).isZero();
		});
	}

	@Test
	void placeholdersAreResolved() {
		this.runner.withBean(Placeholders.class)
			.withPropertyValues("partner.name=bank-17", "partner.scope=banks")
			.run((context) -> assertThat(context.getBean(Brama.class).all())
				.extracting((circuit) -> circuit.id().toString())
				.containsExactly("connection 'bank-17' of scope 'banks' of type 'http'"));
	}

	@Test
	void scopeAndTypeComeFromTheConfigurationWhereTheAnnotationIsSilent() {
		this.runner.withBean(Payments.class)
			.withPropertyValues("brama.connections.payment-api.scope=payments",
					"brama.connections.payment-api.type=http")
			.run((context) -> assertThat(context.getBean(Brama.class).all()).extracting((circuit) -> circuit.id())
				.containsExactly(new ConnectionId("payment-api", "http", "payments")));
	}

	@Test
	void whoRegistersTheConnectionOtherwiseIsToldOfTheAnnotatedMethod() {
		this.runner.withBean(OnMethod.class)
			.run((context) -> assertThatIllegalArgumentException()
				.isThrownBy(() -> context.getBean(Brama.class).register("method", (options) -> options.maxAttempts(77)))
				.withMessageEndingWith(
						" (registered first by @CircuitBreaker on " + OnMethod.class.getName() + ".call())"));
	}

	@Test
	void circuitsOfBeansThatDoNotExistYetAreRegisteredAtStartup() {
		this.runner.withBean("lazy", OnMethod.class, OnMethod::new, (definition) -> definition.setLazyInit(true))
			.withBean("prototype", OnClass.class, OnClass::new, (definition) -> definition.setScope("prototype"))
			.run((context) -> {
				assertThat(context.getBean(Brama.class).all()).extracting((circuit) -> circuit.status().state())
					.containsExactly(CircuitState.UNKNOWN, CircuitState.UNKNOWN);
				assertThat(context.getSourceApplicationContext().getBeanFactory().containsSingleton("lazy")).isFalse();
			});
	}

	@Test
	void methodsWithOneIdentifierShareTheCircuitAndKeepTheirHandlers() {
		this.runner.withBean(TwoHandlers.class).run((context) -> {
			TwoHandlers bean = context.getBean(TwoHandlers.class);
			assertThatException().isThrownBy(bean::strict);
			assertThatException().isThrownBy(bean::lenient);
			bean.picky();
			assertThat(context.getBean(Brama.class).all()).hasSize(1);
			assertThat(calls(context.getBean(Brama.class), "shared"))
				.isEqualTo(new ConnectionStatus.Calls(0, 2, 1, 0, 0, 0));
		});
	}

	@Test
	void aHandlerThatIsABeanIsUsed() {
		Recording handler = new Recording("the bean");
		this.runner.withBean(Recording.class, () -> handler).withBean(Handled.class).run((context) -> {
			context.getBean(Handled.class).one();
			context.getBean(Handled.class).other();
			assertThat(handler.results).containsExactly("one", "other");
		});
	}

	@Test
	void aHandlerMayBeNamedAsABean() {
		this.runner.withBean("lenient", ErrorHandler.class, () -> (result, error) -> Outcome.ignored())
			.withBean("strict", ErrorHandler.class, () -> (result, error) -> Outcome.failure("strict"))
			.withBean(Named.class)
			.run((context) -> {
				assertThat(context.getBean(Named.class).call()).isEqualTo("called");
				assertThat(context.getBean(Brama.class).status("named").orElseThrow().lastFailureReason())
					.isEqualTo("strict");
			});
	}

	@Test
	void aHandlerThatIsNoBeanIsCreatedOnceWithInjection() {
		Recording.created.set(0);
		this.runner.withBean(String.class, () -> "injected").withBean(Handled.class).run((context) -> {
			Handled bean = context.getBean(Handled.class);
			assertThatException().isThrownBy(bean::failing);
			bean.one();
			bean.other();
			assertThat(Recording.created).hasValue(1);
			assertThat(context.getBean(Brama.class).status("handled").orElseThrow().lastFailureReason())
				.isEqualTo("injected");
			assertThat(context).doesNotHaveBean(Recording.class);
		});
	}

	@Test
	void aHandlerThatThrowsCostsNobodyTheResult() {
		this.runner.withBean(Broken.class).run((context) -> {
			assertThat(context.getBean(Broken.class).call()).isEqualTo("called");
			ConnectionStatus status = context.getBean(Brama.class).status("broken").orElseThrow();
			assertThat(status.errorHandlerFailures()).isEqualTo(1);
			assertThat(status.calls().success()).isEqualTo(1);
		});
	}

	@Test
	void methodsAreGuardedWithoutTheProxiesOfSpringBoot() {
		this.runner.withPropertyValues("spring.aop.auto=false").withBean(OnMethod.class).run(this::isGuarded);
		this.runner.withClassLoader(new FilteredClassLoader("org.aspectj"))
			.withBean(OnMethod.class)
			.run(this::isGuarded);
		this.runner.withClassLoader(new FilteredClassLoader("org.aspectj"))
			.withPropertyValues("spring.aop.auto=false", "spring.aop.proxy-target-class=false")
			.withBean(OnMethod.class)
			.run(this::isGuarded);
	}

	private void isGuarded(AssertableApplicationContext context) {
		context.getBean(Brama.class).open("method", because("maintenance"));
		assertThatExceptionOfType(CircuitOpenException.class).isThrownBy(() -> context.getBean(Call.class).call());
	}

	@Test
	void theAdviceCreatesNoBeanBeforeItsTime(CapturedOutput output) {
		this.runner.withBean(Payments.class).run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).doesNotContain("is not eligible for getting processed by all BeanPostProcessors");
	}

	@Test
	void everyRetryPassesTheGate() {
		this.runner.withUserConfiguration(Resilient.class)
			.withBean(Retried.class)
			.withPropertyValues("brama.max-attempts=3")
			.run((context) -> {
				Retried bean = context.getBean(Retried.class);
				assertThatException().isThrownBy(bean::call);
				assertThat(bean.attempts()).isEqualTo(3);
				assertThat(calls(context.getBean(Brama.class), "retried"))
					.isEqualTo(new ConnectionStatus.Calls(0, 3, 0, 1, 0, 0));
			});
	}

	@Test
	void thePlaceOfTheGateIsAProperty() {
		List<String> seen = new ArrayList<>();
		MethodInterceptor noting = (invocation) -> {
			seen.add("inside");
			return invocation.proceed();
		};
		NameMatchMethodPointcutAdvisor advisor = new NameMatchMethodPointcutAdvisor(noting);
		advisor.setMappedName("call");
		advisor.setOrder(100);
		ApplicationContextRunner both = this.runner.withBean(OnMethod.class)
			.withBean(NameMatchMethodPointcutAdvisor.class, () -> advisor);
		both.withPropertyValues("brama.aop.order=99").run((context) -> {
			context.getBean(Brama.class).open("method", because("maintenance"));
			assertThatException().isThrownBy(() -> context.getBean(Call.class).call());
			assertThat(seen).isEmpty();
		});
		both.withPropertyValues("brama.aop.order=101").run((context) -> {
			context.getBean(Brama.class).open("method", because("maintenance"));
			assertThatException().isThrownBy(() -> context.getBean(Call.class).call());
			assertThat(seen).containsExactly("inside");
		});
	}

	@Test
	void twoContextsDoNotShareCircuits() {
		this.runner.withBean(OnMethod.class).run((one) -> this.runner.withBean(OnMethod.class).run((other) -> {
			one.getBean(Brama.class).open("method", because("maintenance"));
			assertThat(other.getBean(Call.class).call()).isEqualTo("called");
			assertThat(one.getBean(Call.class)).isInstanceOf(Advised.class);
		}));
	}

	private static ConnectionStatus.Calls calls(Brama brama, String identifier) {
		return brama.status(identifier).orElseThrow().calls();
	}

	/** What every bean of these tests does. */
	public interface Call {

		String call();

	}

	public static class Payments {

		private final List<String> log = new ArrayList<>();

		@CircuitBreaker(identifier = "payment-api")
		public String pay(String item) {
			this.log.add("pay " + item);
			return (item != null) ? "paid " + item : null;
		}

		@CircuitBreaker(identifier = "payment-api")
		void notifyPartner() {
			this.log.add("notify");
		}

		@CircuitBreaker(identifier = "payment-api")
		public void fail(Throwable problem) throws IOException, ExecutionException {
			if (problem instanceof Error error) {
				throw error;
			}
			if (problem instanceof RuntimeException exception) {
				throw exception;
			}
			if (problem instanceof ExecutionException exception) {
				throw exception;
			}
			throw (IOException) problem;
		}

		public String unguarded() {
			return "always there";
		}

		public List<String> log() {
			return this.log;
		}

	}

	public static class OnMethod implements Call {

		@Override
		@CircuitBreaker(identifier = "method")
		public String call() {
			return "called";
		}

	}

	@CircuitBreaker(identifier = "class")
	public static class OnClass implements Call {

		@Override
		public String call() {
			return "called";
		}

		@Override
		public String toString() {
			return "on class";
		}

	}

	public interface GuardedMethod extends Call {

		@Override
		@CircuitBreaker(identifier = "interface-method")
		String call();

	}

	@CircuitBreaker(identifier = "interface")
	public interface GuardedType extends Call {

	}

	public interface GuardedDefault extends Call {

		@Override
		@CircuitBreaker(identifier = "default-method")
		default String call() {
			return "called";
		}

	}

	public static class OnInterfaceMethod implements GuardedMethod {

		@Override
		public String call() {
			return "called";
		}

	}

	public static class OnInterface implements GuardedType {

		@Override
		public String call() {
			return "called";
		}

	}

	public static class OnDefaultMethod implements GuardedDefault {

	}

	public static class Ancestor implements Call {

		@Override
		@CircuitBreaker(identifier = "inherited-method")
		public String call() {
			return "called";
		}

	}

	public static class InheritedMethod extends Ancestor {

	}

	public static class OverriddenMethod extends Ancestor {

		@Override
		public String call() {
			return super.call();
		}

	}

	@CircuitBreaker(identifier = "inherited-class")
	public static class GuardedAncestor implements Call {

		@Override
		public String call() {
			return "called";
		}

	}

	public static class InheritedClass extends GuardedAncestor {

	}

	@CircuitBreaker(identifier = "heir")
	public static class HeirBeatsAncestor extends GuardedAncestor {

		@Override
		public String call() {
			return super.call();
		}

	}

	@CircuitBreaker(identifier = "class")
	public static class MethodBeatsClass implements Call {

		@Override
		@CircuitBreaker(identifier = "method")
		public String call() {
			return "called";
		}

	}

	public static class MethodBeatsInterface implements GuardedMethod {

		@Override
		@CircuitBreaker(identifier = "method")
		public String call() {
			return "called";
		}

	}

	@CircuitBreaker(identifier = "class")
	public static class OverriddenMethodBeatsClass extends Ancestor {

		@Override
		public String call() {
			return super.call();
		}

	}

	@CircuitBreaker(identifier = "class")
	public static class ClassBeatsInterface implements GuardedType {

		@Override
		public String call() {
			return "called";
		}

	}

	@Target({ ElementType.METHOD, ElementType.TYPE })
	@Retention(RetentionPolicy.RUNTIME)
	@CircuitBreaker(identifier = "partner", scope = "partners")
	public @interface PartnerCall {

		@AliasFor(annotation = CircuitBreaker.class, attribute = "identifier")
		String name();

		@AliasFor(annotation = CircuitBreaker.class)
		String type() default "http";

	}

	public static class Meta implements Call {

		@Override
		@PartnerCall(name = "meta-method")
		public String call() {
			return "called";
		}

	}

	@PartnerCall(name = "meta-class")
	public static class MetaOnClass implements Call {

		@Override
		public String call() {
			return "called";
		}

	}

	public interface Exchange<T> {

		T send(T message);

	}

	public static class Texts implements Exchange<String> {

		@Override
		@CircuitBreaker(identifier = "texts")
		public String send(String message) {
			return message;
		}

	}

	public static class Placeholders {

		@CircuitBreaker(identifier = "${partner.name}", scope = "${partner.scope}", type = "${partner.type:http}")
		public void call() {
		}

	}

	public static class TwoHandlers {

		@CircuitBreaker(identifier = "shared")
		public void strict() {
			throw new IllegalStateException("strict");
		}

		@CircuitBreaker(identifier = "shared", errorHandler = Lenient.class)
		public void lenient() {
			throw new IllegalStateException("lenient");
		}

		@CircuitBreaker(identifier = "shared", errorHandler = Picky.class)
		public String picky() {
			return "refused";
		}

	}

	static class Lenient implements ErrorHandler {

		@Override
		public Outcome classify(Object result, Throwable error) {
			return Outcome.ignored();
		}

	}

	static class Picky implements ErrorHandler {

		@Override
		public Outcome classify(Object result, Throwable error) {
			return "refused".equals(result) ? Outcome.failure("refused") : Outcome.success();
		}

	}

	public static class Handled {

		@CircuitBreaker(identifier = "handled", errorHandler = Recording.class)
		public String one() {
			return "one";
		}

		@CircuitBreaker(identifier = "handled", errorHandler = Recording.class)
		public String other() {
			return "other";
		}

		@CircuitBreaker(identifier = "handled", errorHandler = Recording.class)
		public String failing() {
			throw new IllegalStateException("the message is not the reason");
		}

	}

	public static class Named implements Call {

		@Override
		@CircuitBreaker(identifier = "named", errorHandlerBean = "strict")
		public String call() {
			return "called";
		}

	}

	static class Recording implements ErrorHandler {

		private static final AtomicInteger created = new AtomicInteger();

		private final List<Object> results = new ArrayList<>();

		private final String reason;

		Recording(String reason) {
			created.incrementAndGet();
			this.reason = reason;
		}

		@Override
		public Outcome classify(Object result, Throwable error) {
			this.results.add(result);
			return (error != null) ? Outcome.failure(this.reason) : Outcome.success();
		}

	}

	public static class Broken implements Call {

		@Override
		@CircuitBreaker(identifier = "broken", errorHandler = Throwing.class)
		public String call() {
			return "called";
		}

	}

	static class Throwing implements ErrorHandler {

		@Override
		public Outcome classify(Object result, Throwable error) {
			throw new IllegalStateException("this handler is broken");
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableResilientMethods
	static class Resilient {

	}

	public static class Retried {

		private int attempts;

		@Retryable(maxRetries = 3, delay = 0)
		@CircuitBreaker(identifier = "retried")
		public void call() {
			this.attempts++;
			throw new IllegalStateException("no answer");
		}

		public int attempts() {
			return this.attempts;
		}

	}

}
