package io.brama.spring.annotation;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import io.brama.Brama;
import io.brama.CircuitOpenException;
import io.brama.ConnectionStatus;
import io.brama.ErrorHandler;
import io.brama.Outcome;
import io.brama.spring.autoconfigure.BramaAutoConfiguration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.aop.support.AopUtils;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static io.brama.Command.because;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * What answers when a call is rejected or fails.
 */
@SuppressWarnings("unused") // private fallbacks are found by their names
class FallbackTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(AopAutoConfiguration.class, BramaAutoConfiguration.class));

	@Test
	void aFallbackAnswersForRejectionsAndFailures() {
		this.runner.withBean(Shop.class).run((context) -> {
			Shop shop = context.getBean(Shop.class);
			assertThat(shop.order("book", () -> "sold")).isEqualTo("sold");
			assertThat(shop.order("book", () -> {
				throw new IOException("no answer");
			})).isEqualTo("later: book");
			context.getBean(Brama.class).open("shop", because("maintenance"));
			assertThat(shop.order("book", () -> "sold")).isEqualTo("later: book");
			assertThat(context.getBean(Brama.class).status("shop").orElseThrow().calls())
				.isEqualTo(new ConnectionStatus.Calls(1, 1, 0, 1, 0, 0));
		});
	}

	@Test
	@Tag("T59")
	void aFallbackDoesNotAnswerForIgnoredOutcomes() {
		this.runner.withBean(Shop.class)
			.withPropertyValues("brama.ignore-exceptions=java.io.IOException")
			.run((context) -> {
				IOException business = new IOException("sold out");
				assertThat(catchThrowable(() -> context.getBean(Shop.class).order("book", () -> {
					throw business;
				}))).isSameAs(business);
				InterruptedException interruption = new InterruptedException("by the caller");
				assertThat(catchThrowable(() -> context.getBean(Shop.class).order("book", () -> {
					throw interruption;
				}))).isSameAs(interruption);
			});
	}

	@Test
	void whatAFallbackThrowsReachesTheCallerAsItIs() {
		this.runner.withBean(Shop.class).run((context) -> {
			IOException own = new IOException("nor this way");
			assertThat(catchThrowable(() -> context.getBean(Shop.class).sorry(own))).isSameAs(own);
			assertThat(context.getBean(Brama.class).status("shop").orElseThrow().calls().failure()).isEqualTo(1);
		});
	}

	@Test
	@Tag("T61")
	void theNearestExceptionTypeAnswers() {
		this.runner.withBean(Overloaded.class).run((context) -> {
			Overloaded bean = context.getBean(Overloaded.class);
			assertThat(bean.call(new FileNotFoundException())).isEqualTo("IOException FileNotFoundException");
			assertThat(bean.call(new IOException())).isEqualTo("IOException IOException");
			assertThat(bean.call(new IllegalStateException())).isEqualTo("Exception IllegalStateException");
			assertThat(bean.call(new OutOfMemoryError())).isEqualTo("VirtualMachineError OutOfMemoryError");
			context.getBean(Brama.class).open("overloaded", because("maintenance"));
			assertThat(bean.call(null)).isEqualTo("rejected: maintenance");
		});
	}

	@Test
	@Tag("T61")
	void aMethodThatAsksForNoExceptionIsTheLeastSpecific() {
		this.runner.withBean(LastResort.class).run((context) -> {
			LastResort bean = context.getBean(LastResort.class);
			assertThat(bean.call(new IOException())).isEqualTo("IOException");
			assertThat(bean.call(new IllegalStateException())).isEqualTo("any");
		});
	}

	@Test
	void anErrorIsNotAnsweredUnlessItsTypeIsNamed() {
		this.runner.withBean(Shop.class).withBean(Errors.class).run((context) -> {
			StackOverflowError error = new StackOverflowError();
			assertThat(catchThrowable(() -> context.getBean(Shop.class).order("book", () -> {
				throw error;
			}))).isSameAs(error);
			assertThat(context.getBean(Errors.class).named(error)).isEqualTo("answered");
			assertThat(catchThrowable(() -> context.getBean(Errors.class).throwable(error))).isSameAs(error);
		});
	}

	@Test
	void fallbackOnNarrows() {
		this.runner.withBean(Narrow.class).run((context) -> {
			Narrow bean = context.getBean(Narrow.class);
			assertThat(bean.onException(new FileNotFoundException())).isEqualTo("answered");
			IllegalStateException other = new IllegalStateException();
			assertThat(catchThrowable(() -> bean.onException(other))).isSameAs(other);
			assertThat(catchThrowable(() -> bean.onRejection(other))).isSameAs(other);
			context.getBean(Brama.class).open("narrow", because("maintenance"));
			assertThat(bean.onRejection(other)).isEqualTo("answered");
			assertThatExceptionOfType(CircuitOpenException.class).isThrownBy(() -> bean.onException(other));
		});
	}

	@Test
	void aResultThatIsAFailureIsAnsweredByAMethodWithoutException() {
		this.runner.withBean(Results.class).run((context) -> {
			assertThat(context.getBean(Results.class).plain("refused")).isEqualTo("answered");
			assertThat(context.getBean(Results.class).plain("fine")).isEqualTo("fine");
			assertThat(context.getBean(Results.class).asking("refused")).isEqualTo("refused");
			assertThat(context.getBean(Brama.class).status("results").orElseThrow().calls().failure()).isEqualTo(2);
		});
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	@Tag("T60")
	void aFallbackRunsOnTheRightInstanceWhateverItsModifiersAndTheProxy(boolean classProxies) {
		this.runner.withPropertyValues("spring.aop.proxy-target-class=" + classProxies)
			.withBean("one", Modifiers.class, () -> new Modifiers("one"))
			.withBean("other", Modifiers.class, () -> new Modifiers("other"))
			.run((context) -> {
				Fields bean = context.getBean("one", Fields.class);
				assertThat(AopUtils.isJdkDynamicProxy(bean)).isEqualTo(!classProxies);
				assertThat(List.of(bean.toPrivate(), bean.toFinal(), bean.toProtected(), bean.toInherited(),
						bean.toDefault(), bean.toStatic()))
					.containsExactly("private of one", "final of one", "protected of one", "inherited by one",
							"default of one", "static of all");
				assertThat(context.getBean("other", Fields.class).toPrivate()).isEqualTo("private of other");
			});
	}

	@Test
	@Tag("T60")
	void aPrivateFallbackAnswersManyThreads() {
		this.runner.withBean(Modifiers.class, () -> new Modifiers("one")).run((context) -> {
			Fields bean = context.getBean(Fields.class);
			Set<String> answers = ConcurrentHashMap.newKeySet();
			ExecutorService threads = Executors.newFixedThreadPool(64);
			try {
				List<Callable<Object>> calls = IntStream.range(0, 64)
					.<Callable<Object>>mapToObj((i) -> () -> answers.add(bean.toPrivate()))
					.toList();
				for (Future<Object> call : threads.invokeAll(calls)) {
					call.get();
				}
			}
			finally {
				threads.shutdownNow();
			}
			assertThat(answers).containsExactly("private of one");
		});
	}

	@Test
	void theTypeVariablesOfAnAncestorAreKnown() {
		this.runner.withBean(Texts.class)
			.run((context) -> assertThat(context.getBean(Texts.class).send("text")).isEqualTo("kept text"));
	}

	@Test
	void voidMethodsTakeAnyFallback() {
		this.runner.withBean(Quiet.class).run((context) -> {
			context.getBean(Quiet.class).call();
			assertThat(context.getBean(Quiet.class).answered()).isEqualTo(1);
		});
	}

	@Test
	void aFallbackAnswersForTheAnnotationOfAnInterface() {
		this.runner.withBean(Client.class, () -> (name) -> {
			throw new IOException("no answer");
		}).run((context) -> assertThat(context.getBean(Client.class).call("ada")).isEqualTo("default for ada"));
	}

	/** Does what it is told. */
	public static class Shop {

		@CircuitBreaker(identifier = "shop", fallback = "orderLater")
		public String order(String item, Callable<String> call) throws Exception {
			return call.call();
		}

		String orderLater(String item, Callable<String> call) {
			return "later: " + item;
		}

		@CircuitBreaker(identifier = "shop", fallback = "sorry")
		public String sorry(IOException own) throws IOException {
			throw new IllegalStateException("no answer");
		}

		String sorry(IOException own, RuntimeException problem) throws IOException {
			throw own;
		}

	}

	public static class Overloaded {

		@CircuitBreaker(identifier = "overloaded", fallback = "answer")
		public String call(Throwable problem) throws Exception {
			if (problem instanceof Error error) {
				throw error;
			}
			throw (Exception) problem;
		}

		String answer(Throwable problem, Exception ex) {
			return "Exception " + ex.getClass().getSimpleName();
		}

		String answer(Throwable problem, IOException ex) {
			return "IOException " + ex.getClass().getSimpleName();
		}

		String answer(Throwable problem, VirtualMachineError ex) {
			return "VirtualMachineError " + ex.getClass().getSimpleName();
		}

		String answer(Throwable problem, CircuitOpenException ex) {
			return "rejected: " + ex.reason();
		}

	}

	public static class LastResort {

		@CircuitBreaker(identifier = "last", fallback = "answer")
		public String call(Exception problem) throws Exception {
			throw problem;
		}

		String answer(Exception problem) {
			return "any";
		}

		String answer(Exception problem, IOException ex) {
			return "IOException";
		}

	}

	public static class Errors {

		@CircuitBreaker(identifier = "errors", fallback = "answer", fallbackOn = StackOverflowError.class)
		public String named(Error error) {
			throw error;
		}

		@CircuitBreaker(identifier = "errors", fallback = "answer")
		public String throwable(Error error) {
			throw error;
		}

		String answer(Error error, Throwable ex) {
			return "answered";
		}

	}

	public static class Narrow {

		@CircuitBreaker(identifier = "narrow", fallback = "answer", fallbackOn = IOException.class)
		public String onException(Exception problem) throws Exception {
			throw problem;
		}

		@CircuitBreaker(identifier = "narrow", fallback = "answer", fallbackOn = CircuitOpenException.class)
		public String onRejection(Exception problem) throws Exception {
			throw problem;
		}

		String answer(Exception problem) {
			return "answered";
		}

	}

	public static class Results {

		@CircuitBreaker(identifier = "results", errorHandler = Picky.class, fallback = "answer")
		public String plain(String result) {
			return result;
		}

		@CircuitBreaker(identifier = "results", errorHandler = Picky.class, fallback = "answerTo")
		public String asking(String result) {
			return result;
		}

		String answer(String result) {
			return "answered";
		}

		String answerTo(String result, Throwable ex) {
			return "answered";
		}

	}

	static class Picky implements ErrorHandler {

		@Override
		public Outcome classify(Object result, Throwable error) {
			return "refused".equals(result) ? Outcome.failure("refused") : Outcome.success();
		}

	}

	public interface Fields {

		String toPrivate();

		String toFinal();

		String toProtected();

		String toInherited();

		String toDefault();

		String toStatic();

		default String byDefault() {
			return "default of " + name();
		}

		String name();

	}

	public static class Ancestor {

		private final String owner;

		Ancestor(String owner) {
			this.owner = owner;
		}

		public String name() {
			return this.owner;
		}

		private String byInheritance() {
			return "inherited by " + this.owner;
		}

	}

	public static class Modifiers extends Ancestor implements Fields {

		private final String owner;

		Modifiers(String owner) {
			super(owner);
			this.owner = owner;
		}

		@Override
		@CircuitBreaker(identifier = "modifiers", fallback = "byPrivate")
		public String toPrivate() {
			throw new IllegalStateException("no answer");
		}

		private String byPrivate() {
			return "private of " + this.owner;
		}

		@Override
		@CircuitBreaker(identifier = "modifiers", fallback = "byFinal")
		public String toFinal() {
			throw new IllegalStateException("no answer");
		}

		public final String byFinal() {
			return "final of " + this.owner;
		}

		@Override
		@CircuitBreaker(identifier = "modifiers", fallback = "byProtected")
		public String toProtected() {
			throw new IllegalStateException("no answer");
		}

		protected String byProtected() {
			return "protected of " + this.owner;
		}

		@Override
		@CircuitBreaker(identifier = "modifiers", fallback = "byInheritance")
		public String toInherited() {
			throw new IllegalStateException("no answer");
		}

		@Override
		@CircuitBreaker(identifier = "modifiers", fallback = "byDefault")
		public String toDefault() {
			throw new IllegalStateException("no answer");
		}

		@Override
		@CircuitBreaker(identifier = "modifiers", fallback = "byStatic")
		public String toStatic() {
			throw new IllegalStateException("no answer");
		}

		private static String byStatic() {
			return "static of all";
		}

	}

	public abstract static class Sender<T> {

		@CircuitBreaker(identifier = "sender", fallback = "keep")
		public T send(T message) {
			throw new IllegalStateException("no answer");
		}

	}

	public static class Texts extends Sender<String> {

		private String keep(String message) {
			return "kept " + message;
		}

	}

	public static class Quiet {

		private int answered;

		@CircuitBreaker(identifier = "quiet", fallback = "answer")
		public void call() {
			throw new IllegalStateException("no answer");
		}

		int answer() {
			return ++this.answered;
		}

		public int answered() {
			return this.answered;
		}

	}

	/** May be a lambda. */
	public interface Client {

		@CircuitBreaker(identifier = "client", fallback = "callNobody")
		String call(String name) throws IOException;

		default String callNobody(String name) {
			return "default for " + name;
		}

	}

}
