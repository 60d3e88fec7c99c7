package io.brama.rewrite;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.openrewrite.java.tree.Expression;
import org.openrewrite.java.tree.J;

/**
 * The attributes of one circuit breaker of Spring Retry. What Brama cannot say is refused
 * with the reason.
 */
final class RetriedAnnotation {

	/** What has nothing to do with a circuit of Brama, or is always so. */
	private static final Set<String> NEEDLESS = Set.of("openTimeout", "throwLastExceptionOnExhausted");

	/** What means nothing else in an identifier, a name pattern or a key of any file. */
	private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9._/-]+");

	private static final int MOST_ATTEMPTS = 1_000_000;

	private final Map<String, Expression> left = new LinkedHashMap<>();

	private final @Nullable String label;

	private final int maxAttempts;

	private final long resetTimeout;

	private final @Nullable String recover;

	RetriedAnnotation(J.Annotation annotation) {
		List<Expression> arguments = annotation.getArguments();
		for (Expression argument : (arguments != null) ? arguments : List.<Expression>of()) {
			if (argument instanceof J.Assignment assignment && assignment.getVariable() instanceof J.Identifier name) {
				this.left.put(name.getSimpleName(), assignment.getAssignment());
			}
			else if (!(argument instanceof J.Empty)) {
				this.left.put("value", argument);
			}
		}
		this.label = takeLabel();
		this.maxAttempts = (int) takeNumber("maxAttempts", 3, MOST_ATTEMPTS);
		this.resetTimeout = takeNumber("resetTimeout", 20_000, Long.MAX_VALUE);
		this.recover = take("recover", String.class);
		this.left.keySet().removeAll(NEEDLESS);
		this.left.keySet().stream().findFirst().ifPresent((name) -> {
			throw new IllegalArgumentException("because of its " + name);
		});
	}

	private @Nullable String takeLabel() {
		String given = take("label", String.class);
		if (given == null || given.isBlank()) {
			return null;
		}
		if (!LABEL.matcher(given).matches()) {
			throw new IllegalArgumentException("because of its label");
		}
		return given;
	}

	private long takeNumber(String name, long usual, long most) {
		Number number = take(name, Number.class);
		if (number != null && (number.longValue() < 1 || number.longValue() > most)) {
			throw new IllegalArgumentException("because of its " + name);
		}
		return (number != null) ? number.longValue() : usual;
	}

	private <T> @Nullable T take(String name, Class<T> type) {
		Expression given = this.left.remove(name);
		if (given == null) {
			return null;
		}
		if (given instanceof J.Literal literal && type.isInstance(literal.getValue())) {
			return type.cast(literal.getValue());
		}
		throw new IllegalArgumentException("because its " + name + " is not a literal");
	}

	@Nullable String label() {
		return this.label;
	}

	int maxAttempts() {
		return this.maxAttempts;
	}

	/** In milliseconds. */
	long resetTimeout() {
		return this.resetTimeout;
	}

	@Nullable String recover() {
		return this.recover;
	}

}
