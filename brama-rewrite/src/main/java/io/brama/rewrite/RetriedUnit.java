package io.brama.rewrite;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.openrewrite.java.AnnotationMatcher;
import org.openrewrite.java.JavaIsoVisitor;
import org.openrewrite.java.search.FindAnnotations;
import org.openrewrite.java.tree.Expression;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.JavaType;
import org.openrewrite.java.tree.TypeUtils;

/**
 * The methods of one source file that a circuit breaker of Spring Retry guards, and why
 * they cannot be migrated, if they cannot.
 */
final class RetriedUnit {

	static final String CIRCUIT_BREAKER = "org.springframework.retry.annotation.CircuitBreaker";

	static final String RECOVER = "org.springframework.retry.annotation.Recover";

	private static final AnnotationMatcher GUARD = new AnnotationMatcher("@" + CIRCUIT_BREAKER);

	/** What has nothing to do with a circuit of Brama, or is always so. */
	private static final Set<String> NEEDLESS = Set.of("openTimeout", "throwLastExceptionOnExhausted");

	/** An open circuit is an exception of one of these types. */
	private static final List<String> WIDE = List.of("java.lang.RuntimeException", "java.lang.Exception",
			"java.lang.Throwable");

	/** What means something else in an identifier, or in a key. */
	private static final Pattern SPECIAL = Pattern.compile("[\\p{Cntrl}\"\\\\#$\\[\\]{}]");

	private static final int MOST_ATTEMPTS = 1_000_000;

	private final J.CompilationUnit unit;

	private final Map<UUID, Guarded> guarded = new LinkedHashMap<>();

	private final Map<UUID, String> reasons = new HashMap<>();

	/** The methods that recover, and whether their exception stands first. */
	private final Map<UUID, Boolean> recovering = new HashMap<>();

	RetriedUnit(J.CompilationUnit unit) {
		this.unit = unit;
		new JavaIsoVisitor<RetriedUnit>() {

			@Override
			public J.ClassDeclaration visitClassDeclaration(J.ClassDeclaration type, RetriedUnit found) {
				if (type.getLeadingAnnotations().stream().anyMatch(GUARD::matches)) {
					found.reasons.put(type.getId(), "because it stands on a type");
				}
				methods(type).forEach((method) -> found.read(type, method));
				return super.visitClassDeclaration(type, found);
			}

		}.visit(unit, this);
	}

	private static Stream<J.MethodDeclaration> methods(J.ClassDeclaration type) {
		return type.getBody()
			.getStatements()
			.stream()
			.filter(J.MethodDeclaration.class::isInstance)
			.map(J.MethodDeclaration.class::cast);
	}

	private void read(J.ClassDeclaration type, J.MethodDeclaration method) {
		method.getLeadingAnnotations().stream().filter(GUARD::matches).findFirst().ifPresent((annotation) -> {
			try {
				this.guarded.put(method.getId(), guarded(type, method, attributes(annotation)));
			}
			catch (IllegalArgumentException ex) {
				this.reasons.put(method.getId(), ex.getMessage());
			}
		});
	}

	private static Map<String, Expression> attributes(J.Annotation annotation) {
		Map<String, Expression> attributes = new LinkedHashMap<>();
		List<Expression> arguments = annotation.getArguments();
		for (Expression argument : (arguments != null) ? arguments : List.<Expression>of()) {
			if (argument instanceof J.Assignment assignment && assignment.getVariable() instanceof J.Identifier name) {
				attributes.put(name.getSimpleName(), assignment.getAssignment());
			}
			else if (!(argument instanceof J.Empty)) {
				attributes.put("value", argument);
			}
		}
		return attributes;
	}

	private Guarded guarded(J.ClassDeclaration type, J.MethodDeclaration method, Map<String, Expression> attributes) {
		Map<String, Expression> left = new LinkedHashMap<>(attributes);
		String label = literal(left, "label", String.class);
		if (label != null && SPECIAL.matcher(label).find()) {
			throw new IllegalArgumentException("because of its label");
		}
		long maxAttempts = number(left, "maxAttempts", 3, MOST_ATTEMPTS);
		long resetTimeout = number(left, "resetTimeout", 20_000, Long.MAX_VALUE);
		String recover = literal(left, "recover", String.class);
		left.keySet().removeAll(NEEDLESS);
		left.keySet().stream().findFirst().ifPresent((name) -> {
			throw new IllegalArgumentException("because of its " + name);
		});
		J.MethodDeclaration fallback = fallback(type, method, recover);
		return new Guarded((label != null && !label.isBlank()) ? label : name(type, method), (int) maxAttempts,
				resetTimeout, (fallback != null) ? fallback.getSimpleName() : null);
	}

	private static long number(Map<String, Expression> attributes, String name, long usual, long most) {
		Number number = literal(attributes, name, Number.class);
		if (number != null && (number.longValue() < 1 || number.longValue() > most)) {
			throw new IllegalArgumentException("because of its " + name);
		}
		return (number != null) ? number.longValue() : usual;
	}

	private static <T> @Nullable T literal(Map<String, Expression> attributes, String name, Class<T> type) {
		Expression given = attributes.remove(name);
		if (given == null) {
			return null;
		}
		if (given instanceof J.Literal literal && type.isInstance(literal.getValue())) {
			return type.cast(literal.getValue());
		}
		throw new IllegalArgumentException("because its " + name + " is not a literal");
	}

	/** A circuit needs a name, and Spring Retry takes the signature. */
	private static String name(J.ClassDeclaration type, J.MethodDeclaration method) {
		if (methods(type).filter((other) -> other.getSimpleName().equals(method.getSimpleName())).count() > 1) {
			throw new IllegalArgumentException("because it has no label, and other methods have its name");
		}
		String words = type.getSimpleName() + "-" + method.getSimpleName();
		return words.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
	}

	private J.@Nullable MethodDeclaration fallback(J.ClassDeclaration type, J.MethodDeclaration method,
			@Nullable String name) {
		List<J.MethodDeclaration> found = methods(type)
			.filter((other) -> !FindAnnotations.find(other, "@" + RECOVER).isEmpty())
			.filter((other) -> name == null || name.isEmpty() || other.getSimpleName().equals(name))
			.toList();
		if (found.isEmpty() && (name == null || name.isEmpty())) {
			return null;
		}
		if (found.size() != 1) {
			throw new IllegalArgumentException("because it is not plain which method recovers");
		}
		J.MethodDeclaration fallback = found.get(0);
		requireAlone(type, fallback);
		this.recovering.put(fallback.getId(), beginsWithException(method, fallback));
		return fallback;
	}

	/** Nobody else must need the method as it is. */
	private void requireAlone(J.ClassDeclaration type, J.MethodDeclaration fallback) {
		String name = fallback.getSimpleName();
		boolean isUncalled = new JavaIsoVisitor<List<J>>() {

			@Override
			public J.MethodInvocation visitMethodInvocation(J.MethodInvocation call, List<J> calls) {
				if (call.getSimpleName().equals(name)) {
					calls.add(call);
				}
				return super.visitMethodInvocation(call, calls);
			}

		}.reduce(this.unit, new ArrayList<>()).isEmpty();
		if (!isUncalled || methods(type).filter((other) -> other.getSimpleName().equals(name)).count() > 1
				|| !FindAnnotations.find(fallback, "@java.lang.Override").isEmpty()
				|| !FindAnnotations.find(this.unit, "@org.springframework.retry.annotation.Retryable").isEmpty()) {
			throw new IllegalArgumentException("because others need " + name + " as it is");
		}
	}

	private static boolean beginsWithException(J.MethodDeclaration method, J.MethodDeclaration fallback) {
		JavaType.Method guarded = method.getMethodType();
		JavaType.Method answering = fallback.getMethodType();
		if (guarded != null && answering != null
				&& TypeUtils.isOfType(guarded.getReturnType(), answering.getReturnType())) {
			List<JavaType> given = guarded.getParameterTypes();
			List<JavaType> taken = answering.getParameterTypes();
			if (areSame(given, taken)) {
				return false;
			}
			if (taken.size() == given.size() + 1 && areSame(given, taken.subList(1, taken.size()))
					&& WIDE.stream().anyMatch((type) -> TypeUtils.isOfClassType(taken.get(0), type))) {
				return true;
			}
		}
		throw new IllegalArgumentException("because " + fallback.getSimpleName()
				+ " takes other arguments, or exceptions that an open circuit is not");
	}

	private static boolean areSame(List<JavaType> some, List<JavaType> others) {
		return some.size() == others.size() && Stream.iterate(0, (i) -> i < some.size(), (i) -> i + 1)
			.allMatch((i) -> TypeUtils.isOfType(some.get(i), others.get(i)));
	}

	boolean isEmpty() {
		return this.guarded.isEmpty() && this.reasons.isEmpty();
	}

	/** Why a method or type stays as it is. */
	Map<UUID, String> reasons() {
		return this.reasons;
	}

	/** The methods to be migrated. */
	Map<UUID, Guarded> guarded() {
		return this.guarded;
	}

	boolean isRecovering(J.MethodDeclaration method) {
		return this.recovering.containsKey(method.getId());
	}

	boolean beginsWithException(J.MethodDeclaration method) {
		return Boolean.TRUE.equals(this.recovering.get(method.getId()));
	}

	/**
	 * What one annotation says.
	 *
	 * @param identifier the connection
	 * @param maxAttempts the failures that open the circuit
	 * @param resetTimeout how long it stays open, in milliseconds
	 * @param fallback the method that recovers
	 */
	record Guarded(String identifier, int maxAttempts, long resetTimeout, @Nullable String fallback) {

		String expiry() {
			return (this.resetTimeout % 1000 == 0) ? this.resetTimeout / 1000 + "s" : this.resetTimeout + "ms";
		}

		/** The identifier as a part of a key, which needs brackets if it is not plain. */
		String key(String plain, String special) {
			return (this.identifier.matches("[A-Za-z0-9-]+") ? plain : special).formatted(this.identifier);
		}

		boolean hasNumbersOf(Guarded other) {
			return this.maxAttempts == other.maxAttempts && this.resetTimeout == other.resetTimeout;
		}

	}

}
