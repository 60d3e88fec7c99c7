package io.brama;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * How the end of a call becomes an outcome, the same for every kind of call and in every
 * state.
 */
class ClassificationTests {

	private final Gate gate = Gate.with((builder) -> builder.maxAttempts(100));

	private final Circuit circuit = this.gate.circuit();

	@AfterEach
	void close() {
		this.gate.close();
	}

	static Stream<Arguments> endings() throws Exception {
		CompletionException hollow = new CompletionException("hollow", null);
		return Stream.of(Arguments.of("value", null, "success"), Arguments.of(null, null, "success"),
				Arguments.of(null, new IllegalStateException("down"), "failure: down"),
				Arguments.of(null, new IllegalStateException(), "failure: java.lang.IllegalStateException"),
				Arguments.of(null, new AssertionError("wrong"), "failure: wrong"),
				Arguments.of(null, new CompletionException(new IllegalStateException("down")), "failure: down"),
				Arguments.of(null, new CompletionException(new CancellationException()), "ignored"),
				Arguments.of(null, hollow, "failure: hollow"),
				Arguments.of(null,
						new ExecutionException(new UndeclaredThrowableException(
								new InvocationTargetException(new InterruptedException()))),
						"ignored"),
				Arguments.of(null, new CancellationException(), "ignored"),
				Arguments.of(null, cycle(), "failure: its own cause"));
	}

	private static Throwable cycle() {
		return new CompletionException("its own cause", null) {

			private static final long serialVersionUID = 1L;

			@Override
			public Throwable getCause() {
				return this;
			}

		};
	}

	@ParameterizedTest
	@MethodSource("endings")
	@Tag("T27")
	@Tag("T28")
	@Tag("T29")
	@Tag("T30")
	void everyKindOfCallIsClassifiedAlike(@Nullable Object result, @Nullable Throwable error, String expected) {
		for (Kind kind : Kind.values()) {
			for (boolean halfOpen : new boolean[] { false, true }) {
				this.circuit.reset(Command.because("next"));
				if (halfOpen) {
					this.circuit.halfOpen(Command.because("next"));
				}
				Throwable thrown = catchThrowable(
						() -> assertThat(kind.call(this.circuit, result, error)).isSameAs(result));
				assertThat(thrown).as("%s", kind).isSameAs(error);
				assertThat(outcome()).as("%s, half-open: %s", kind, halfOpen).isEqualTo(expected);
			}
		}
	}

	private String outcome() {
		ConnectionStatus status = this.circuit.status();
		ConnectionStatus.Calls calls = status.calls();
		assertThat(calls.total()).isEqualTo(1);
		return (calls.success() == 1) ? "success"
				: ((calls.failure() == 1) ? "failure: " + status.lastFailureReason() : "ignored");
	}

	@ParameterizedTest
	@EnumSource
	@Tag("T28")
	@Tag("T30")
	void aHandlerJudgesResultsAndExceptions(Kind kind) throws Throwable {
		ErrorHandler handler = (result, error) -> {
			if (error instanceof IllegalArgumentException) {
				return Outcome.ignored();
			}
			return (result == null) ? Outcome.failure("nothing came") : Outcome.success();
		};
		kind.call(this.circuit, "value", null, handler);
		kind.call(this.circuit, null, null, handler);
		IllegalArgumentException refused = new IllegalArgumentException("no such book");
		assertThat(catchThrowable(() -> kind.call(this.circuit, null, refused, handler))).isSameAs(refused);
		assertThat(this.circuit.status().calls()).isEqualTo(new ConnectionStatus.Calls(1, 1, 1, 0, 0, 0));
		assertThat(this.circuit.status().lastFailureReason()).isEqualTo("nothing came");
	}

	@Test
	void aHandlerSeesTheExceptionWithoutItsWrapping() {
		IllegalStateException inner = new IllegalStateException("down");
		CompletionException outer = new CompletionException(inner);
		ErrorHandler handler = (result, error) -> Outcome.failure((error == inner) ? "unwrapped" : "wrapped");
		assertThat(catchThrowable(() -> this.circuit.call(() -> {
			throw outer;
		}, handler))).isSameAs(outer);
		assertThat(this.circuit.status().lastFailureReason()).isEqualTo("unwrapped");
	}

	@ParameterizedTest
	@EnumSource
	void aFailingHandlerNeverCostsTheCallerTheResult(Kind kind) throws Throwable {
		IllegalStateException bug = new IllegalStateException("a bug in the handler");
		List<ErrorHandler> handlers = List.of((result, error) -> {
			throw bug;
		}, (result, error) -> {
			throw new StackOverflowError();
		}, (result, error) -> null);
		for (ErrorHandler handler : handlers) {
			assertThat(kind.call(this.circuit, "value", null, handler)).isEqualTo("value");
			IllegalStateException down = new IllegalStateException("down");
			assertThat(catchThrowable(() -> kind.call(this.circuit, null, down, handler))).isSameAs(down);
		}
		assertThat(this.circuit.status().calls()).isEqualTo(new ConnectionStatus.Calls(3, 3, 0, 0, 0, 0));
		assertThat(this.circuit.status().errorHandlerFailures()).isEqualTo(6);
		assertThat(this.gate.only(BramaEvent.ErrorHandlerFailed.class)).hasSize(6)
			.first()
			.extracting(BramaEvent.ErrorHandlerFailed::problem)
			.isSameAs(bug);
	}

	@ParameterizedTest
	@EnumSource
	@Tag("T29")
	void aWrapperThatDoesNotTellItsCauseIsAFailure(Kind kind) {
		RuntimeException hostile = new CompletionException("closed", null) {

			@Override
			public synchronized Throwable getCause() {
				throw new IllegalStateException("no cause to be had");
			}

		};
		assertThat(catchThrowable(() -> kind.call(this.circuit, null, hostile))).isSameAs(hostile);
		assertThat(this.circuit.status().calls().failure()).isEqualTo(1);
	}

	@Test
	@Tag("T58")
	void twoHandlersOnOneCircuitEachClassifyTheirOwnCalls() throws Exception {
		this.circuit.call(() -> "odd", (result, error) -> Outcome.failure("odd"));
		this.circuit.call(() -> "odd", (result, error) -> Outcome.ignored());
		assertThat(this.circuit.status().calls()).isEqualTo(new ConnectionStatus.Calls(0, 1, 1, 0, 0, 0));
	}

	/** Every way to have a call guarded. */
	enum Kind {

		CALL {
			@Override
			@Nullable Object call(Circuit circuit, @Nullable Object result, @Nullable Throwable error, ErrorHandler handler)
					throws Throwable {
				return circuit.call(() -> end(result, error), handler);
			}
		},

		CALL_WITH_ARGUMENT {
			@Override
			@Nullable Object call(Circuit circuit, @Nullable Object result, @Nullable Throwable error, ErrorHandler handler)
					throws Throwable {
				return circuit.call(error, (given) -> end(result, given), handler);
			}
		},

		CALL_WITH_FALLBACK {
			@Override
			@Nullable Object call(Circuit circuit, @Nullable Object result, @Nullable Throwable error, ErrorHandler handler)
					throws Throwable {
				return circuit.call(() -> end(result, error), handler, (open) -> "fallback");
			}
		},

		ASYNC {
			@Override
			@Nullable Object call(Circuit circuit, @Nullable Object result, @Nullable Throwable error, ErrorHandler handler)
					throws Throwable {
				CompletableFuture<@Nullable Object> call = new CompletableFuture<>();
				CompletableFuture<@Nullable Object> answer = circuit.callAsync(() -> call, handler);
				if (error != null) {
					call.completeExceptionally(error);
				}
				else {
					call.complete(result);
				}
				Throwable[] seen = new Throwable[1];
				answer.whenComplete((value, thrown) -> seen[0] = thrown);
				if (seen[0] != null) {
					throw seen[0];
				}
				return answer.getNow("not done");
			}
		},

		ASYNC_ASSEMBLY {
			@Override
			@Nullable Object call(Circuit circuit, @Nullable Object result, @Nullable Throwable error, ErrorHandler handler)
					throws Throwable {
				return circuit.callAsync(() -> CompletableFuture.completedFuture(sneak(result, error)), handler)
					.getNow("not done");
			}
		},

		PERMIT {
			@Override
			@Nullable Object call(Circuit circuit, @Nullable Object result, @Nullable Throwable error, ErrorHandler handler)
					throws Throwable {
				try (Permit permit = circuit.acquire()) {
					permit.settle(permit.classify(result, error, handler));
				}
				return end(result, error);
			}
		};

		abstract @Nullable Object call(Circuit circuit, @Nullable Object result, @Nullable Throwable error,
				ErrorHandler handler) throws Throwable;

		@Nullable Object call(Circuit circuit, @Nullable Object result, @Nullable Throwable error) throws Throwable {
			return call(circuit, result, error, ErrorHandler.DEFAULT);
		}

		private static @Nullable Object end(@Nullable Object result, @Nullable Throwable error) throws Exception {
			if (error instanceof Error serious) {
				throw serious;
			}
			if (error != null) {
				throw (Exception) error;
			}
			return result;
		}

		@SuppressWarnings("unchecked")
		private static <X extends Throwable> @Nullable Object sneak(@Nullable Object result, @Nullable Throwable error)
				throws X {
			if (error != null) {
				throw (X) error;
			}
			return result;
		}

	}

}
