package io.brama.rewrite;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import org.openrewrite.java.AnnotationMatcher;
import org.openrewrite.java.JavaIsoVisitor;
import org.openrewrite.java.tree.J;

/**
 * The methods of one source file that a circuit breaker of Spring Retry guards, and why
 * they cannot be migrated, if they cannot.
 */
final class RetriedUnit {

	static final String CIRCUIT_BREAKER = "org.springframework.retry.annotation.CircuitBreaker";

	static final AnnotationMatcher GUARD = new AnnotationMatcher("@" + CIRCUIT_BREAKER);

	private final Recoveries recoveries;

	private final Map<UUID, Guarded> guarded = new LinkedHashMap<>();

	private final Map<UUID, String> reasons = new HashMap<>();

	RetriedUnit(J.CompilationUnit unit) {
		this.recoveries = new Recoveries(unit);
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

	static Stream<J.MethodDeclaration> methods(J.ClassDeclaration type) {
		return type.getBody()
			.getStatements()
			.stream()
			.filter(J.MethodDeclaration.class::isInstance)
			.map(J.MethodDeclaration.class::cast);
	}

	private void read(J.ClassDeclaration type, J.MethodDeclaration method) {
		method.getLeadingAnnotations().stream().filter(GUARD::matches).findFirst().ifPresent((annotation) -> {
			try {
				this.guarded.put(method.getId(), guarded(type, method, new RetriedAnnotation(annotation)));
			}
			catch (IllegalArgumentException ex) {
				this.reasons.put(method.getId(), ex.getMessage());
			}
		});
	}

	private Guarded guarded(J.ClassDeclaration type, J.MethodDeclaration method, RetriedAnnotation annotation) {
		J.MethodDeclaration fallback = this.recoveries.find(type, method, annotation.recover());
		String label = annotation.label();
		return new Guarded((label != null) ? label : name(type, method), label != null, annotation.maxAttempts(),
				annotation.resetTimeout(), (fallback != null) ? fallback.getSimpleName() : null);
	}

	/** A circuit needs a name, and Spring Retry takes the signature. */
	private static String name(J.ClassDeclaration type, J.MethodDeclaration method) {
		if (methods(type).filter((other) -> other.getSimpleName().equals(method.getSimpleName())).count() > 1) {
			throw new IllegalArgumentException("because it has no label, and other methods have its name");
		}
		String words = type.getSimpleName() + "-" + method.getSimpleName();
		return words.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
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

	/** The methods that recover for them. */
	Recoveries recoveries() {
		return this.recoveries;
	}

}
