package io.brama;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * Says what a result or an exception means for the connection.
 * <p>
 * A handler is asked about every result and about every {@link Exception}, taken out of
 * the wrappers of futures and proxies. Three things are decided before it is asked, the
 * same everywhere: an {@link Error} is a failure; an interruption or cancellation and the
 * refusal of another circuit are ignored.
 * <p>
 * A handler must be thread-safe. One that throws or returns {@code null} never costs the
 * caller the result: {@link #DEFAULT} decides instead, the handler's failure is logged
 * and published as {@link BramaEvent.ErrorHandlerFailed}.
 */
@FunctionalInterface
public interface ErrorHandler {

	/** An exception is a failure with its message as reason, all else a success. */
	ErrorHandler DEFAULT = Classification::byDefault;

	/**
	 * Classify the end of a call. Exactly one of the arguments counts.
	 * @param result what the call returned, {@code null} also for {@code void}, an empty
	 * publisher, or when there is an error
	 * @param error what the call threw, or {@code null} when it returned
	 * @return what it means
	 */
	Outcome classify(@Nullable Object result, @Nullable Throwable error);

	/**
	 * Return a builder of a handler made of one rule for each type.
	 * @return a builder without rules, whose handler says what {@link #DEFAULT} says
	 */
	static Builder builder() {
		return new Builder();
	}

	/**
	 * Builds a handler from rules by the type of exceptions and results. Of the rules
	 * whose type fits, subclasses included, the one given first decides; without one,
	 * {@link #DEFAULT} does. Not thread-safe; what it builds is, as far as the rules are.
	 *
	 * <pre class="code">
	 * ErrorHandler.builder()
	 *     .on(QuotaException.class, (ex) -&gt; Outcome.failure("quota").tripNow())
	 *     .ignore(ValidationException.class)
	 *     .onResult(Response.class, (response) -&gt; response.isBusy() ? Outcome.failure("busy") : Outcome.success())
	 *     .build();
	 * </pre>
	 */
	final class Builder {

		private final List<Rule<?>> errors = new ArrayList<>();

		private final List<Rule<?>> results = new ArrayList<>();

		private Builder() {
		}

		/**
		 * Say what exceptions of a type mean.
		 * @param <E> the type
		 * @param type the type
		 * @param meaning says what one of them means
		 * @return this builder
		 * @throws IllegalArgumentException if an argument is {@code null}, or an earlier
		 * rule covers the type already
		 */
		public <E extends Exception> Builder on(Class<E> type, Function<? super E, ? extends Outcome> meaning) {
			add(this.errors, "exceptions", type, meaning);
			return this;
		}

		/**
		 * Say that exceptions of some types mean nothing for the connection.
		 * @param types the types
		 * @return this builder
		 * @throws IllegalArgumentException if a type is {@code null}, or an earlier rule
		 * covers it already
		 */
		@SafeVarargs
		public final Builder ignore(Class<? extends Exception>... types) {
			for (Class<? extends Exception> type : ConnectionId.requireGiven(types, "types of exceptions to ignore")) {
				on(type, (error) -> Outcome.ignored());
			}
			return this;
		}

		/**
		 * Say what results of a type mean.
		 * @param <R> the type, not a primitive one
		 * @param type the type
		 * @param meaning says what one of them means; not asked about {@code null}
		 * @return this builder
		 * @throws IllegalArgumentException if an argument is {@code null}, or an earlier
		 * rule covers the type already
		 */
		public <R> Builder onResult(Class<R> type, Function<? super R, ? extends Outcome> meaning) {
			add(this.results, "results", type, meaning);
			return this;
		}

		private static <T> void add(List<Rule<?>> rules, String what, Class<T> type,
				Function<? super T, ? extends Outcome> meaning) {
			ConnectionId.requireGiven(type, "type of a rule about " + what);
			ConnectionId.requireGiven(meaning, "meaning of " + what + " of type " + type.getTypeName());
			for (Rule<?> earlier : rules) {
				if (earlier.type().isAssignableFrom(type)) {
					throw new IllegalArgumentException(
							"the rule about %s of type %s can never apply, ".formatted(what, type.getTypeName())
									+ "because the one about type %s comes first; name the narrower type first"
										.formatted(earlier.type().getTypeName()));
				}
			}
			rules.add(new Rule<>(type, meaning));
		}

		/**
		 * Build the handler.
		 * @return a handler of the rules given so far
		 */
		public ErrorHandler build() {
			List<Rule<?>> errors = List.copyOf(this.errors);
			List<Rule<?>> results = List.copyOf(this.results);
			return (result, error) -> {
				Object end = (error != null) ? error : result;
				for (Rule<?> rule : (error != null) ? errors : results) {
					if (rule.type().isInstance(end)) {
						return rule.apply(end);
					}
				}
				return DEFAULT.classify(result, error);
			};
		}

		/** What the objects of a type mean. */
		private record Rule<T>(Class<T> type, Function<? super T, ? extends Outcome> meaning) {

			Outcome apply(Object end) {
				return this.meaning.apply(this.type.cast(end));
			}

		}

	}

}
