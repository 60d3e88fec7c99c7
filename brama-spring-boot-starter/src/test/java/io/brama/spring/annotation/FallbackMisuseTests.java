package io.brama.spring.annotation;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

import io.brama.spring.autoconfigure.BramaAutoConfiguration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Fallbacks that fit nothing: the application does not start.
 */
@Tag("T59")
class FallbackMisuseTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(BramaAutoConfiguration.class));

	@ParameterizedTest
	@MethodSource("misfits")
	void theMessageShowsWhatThereIsAndTheActionWhatWouldFit(Class<?> type, String found, String expected) {
		this.runner.withBean(type).run((context) -> {
			MisusedCircuitBreakerException misuse = misuse(context.getStartupFailure());
			assertThat(misuse).hasMessage("@CircuitBreaker on method " + type.getName()
					+ ".call(): its fallback 'answer' fits no method; " + found);
			assertThat(misuse.getAction()).isEqualTo("Declare " + expected + " in " + type.getName()
					+ "; instead of Throwable it may take any other exception type.");
		});
	}

	static Stream<Arguments> misfits() {
		return Stream.of(
				Arguments.of(Missing.class, "there is no other method of that name",
						"String answer(String, int) or String answer(String, int, Throwable)"),
				Arguments.of(OtherParameters.class, "there is String answer(String)",
						"String answer(String, int) or String answer(String, int, Throwable)"),
				Arguments.of(Boxed.class, "there is String answer(Integer)",
						"String answer(int) or String answer(int, Throwable)"),
				Arguments.of(OtherReturn.class, "there is Object answer()",
						"String answer() or String answer(Throwable)"),
				Arguments.of(BoxedReturn.class, "there is Integer answer()", "int answer() or int answer(Throwable)"),
				Arguments.of(NoException.class, "there is String answer(String)",
						"String answer() or String answer(Throwable)"),
				Arguments.of(OtherValue.class, "there is CompletableFuture<Integer> answer()",
						"CompletableFuture<String> answer() or CompletableFuture<String> answer(Throwable)"),
				Arguments.of(OtherElement.class, "there is Integer answer()",
						"Flux<String> answer() or Flux<String> answer(Throwable)"));
	}

	@Test
	void aMethodIsNotItsOwnFallback() {
		this.runner.withBean(Own.class)
			.run((context) -> assertThat(misuse(context.getStartupFailure()))
				.hasMessageEndingWith("there is no other method of that name"));
	}

	@Test
	@Tag("T61")
	void twoFallbacksOfTheSameArgumentsAreRefused() {
		this.runner.withBean(Alike.class).run((context) -> {
			MisusedCircuitBreakerException misuse = misuse(context.getStartupFailure());
			assertThat(misuse).hasMessageContainingAll("its fallbacks", "String answer(String)",
					"take the same arguments");
			assertThat(misuse.getAction()).isEqualTo("Rename or remove one of them.");
		});
	}

	@Test
	void aFallbackThatThrowsWhatTheMethodMayNotIsRefused() {
		this.runner.withBean(Throwing.class).run((context) -> {
			MisusedCircuitBreakerException misuse = misuse(context.getStartupFailure());
			assertThat(misuse).hasMessageEndingWith(
					"its fallback String answer() throws IOException, which the method does not declare");
			assertThat(misuse.getAction()).isEqualTo("Declare 'throws IOException' on the method, or catch it.");
		});
	}

	@Test
	void fallbackOnWithoutAFallbackIsRefused() {
		this.runner.withBean(OnNothing.class)
			.run((context) -> assertThat(misuse(context.getStartupFailure()))
				.hasMessageEndingWith("it has a fallbackOn and no fallback"));
	}

	@Test
	void fallbackOnATypeThatNoFallbackTakesIsRefused() {
		this.runner.withBean(OnOther.class).run((context) -> {
			MisusedCircuitBreakerException misuse = misuse(context.getStartupFailure());
			assertThat(misuse)
				.hasMessageEndingWith("its fallbackOn names TimeoutException, and no fallback takes that");
			assertThat(misuse.getAction()).isEqualTo("Add String answer(TimeoutException), or remove the type.");
		});
	}

	private static MisusedCircuitBreakerException misuse(Throwable failure) {
		Throwable cause = failure;
		while (cause != null && !(cause instanceof MisusedCircuitBreakerException)) {
			cause = cause.getCause();
		}
		return (MisusedCircuitBreakerException) cause;
	}

	public static class Missing {

		@CircuitBreaker(identifier = "misfit", fallback = "answer")
		public String call(String one, int other) {
			return one;
		}

	}

	public static class OtherParameters extends Missing {

		@Override
		@CircuitBreaker(identifier = "misfit", fallback = "answer")
		public String call(String one, int other) {
			return one;
		}

		String answer(String one) {
			return one;
		}

	}

	public static class Boxed {

		@CircuitBreaker(identifier = "misfit", fallback = "answer")
		public String call(int number) {
			return "called";
		}

		String answer(Integer number) {
			return "answered";
		}

	}

	public static class OtherReturn {

		@CircuitBreaker(identifier = "misfit", fallback = "answer")
		public String call() {
			return "called";
		}

		Object answer() {
			return "answered";
		}

	}

	public static class BoxedReturn {

		@CircuitBreaker(identifier = "misfit", fallback = "answer")
		public int call() {
			return 1;
		}

		Integer answer() {
			return null;
		}

	}

	public static class NoException {

		@CircuitBreaker(identifier = "misfit", fallback = "answer")
		public String call() {
			return "called";
		}

		String answer(String reason) {
			return reason;
		}

	}

	public static class OtherValue {

		@CircuitBreaker(identifier = "misfit", fallback = "answer")
		public CompletableFuture<String> call() {
			return new CompletableFuture<>();
		}

		CompletableFuture<Integer> answer() {
			return new CompletableFuture<>();
		}

	}

	public static class OtherElement {

		@CircuitBreaker(identifier = "misfit", fallback = "answer")
		public Flux<String> call() {
			return Flux.empty();
		}

		Integer answer() {
			return 1;
		}

	}

	public static class Own {

		@CircuitBreaker(identifier = "misfit", fallback = "call")
		public String call() {
			return "called";
		}

	}

	@SuppressWarnings("unused")
	public abstract static class Generic<T> {

		private String answer(T argument) {
			return "of the generic type";
		}

		private String answer(String argument) {
			return "of the text";
		}

		@CircuitBreaker(identifier = "misfit", fallback = "answer")
		public String call(String argument) {
			return "called";
		}

	}

	public static class Alike extends Generic<String> {

	}

	public static class Throwing {

		@CircuitBreaker(identifier = "misfit", fallback = "answer")
		public String call() {
			return "called";
		}

		String answer() throws IOException {
			throw new IOException("nor this way");
		}

	}

	public static class OnNothing {

		@CircuitBreaker(identifier = "misfit", fallbackOn = IOException.class)
		public String call() {
			return "called";
		}

	}

	public static class OnOther {

		@CircuitBreaker(identifier = "misfit", fallback = "answer", fallbackOn = TimeoutException.class)
		public String call() {
			return "called";
		}

		String answer(IOException ex) {
			return "answered";
		}

	}

}
