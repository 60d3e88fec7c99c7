package io.brama.rewrite;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.openrewrite.java.JavaIsoVisitor;
import org.openrewrite.java.search.FindAnnotations;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.JavaType;
import org.openrewrite.java.tree.TypeUtils;

/**
 * The methods of one source file that recover for its circuit breakers, and become
 * fallbacks. Those that recover for others stay.
 */
final class Recoveries {

	static final String RECOVER = "org.springframework.retry.annotation.Recover";

	/** An open circuit is an exception of one of these types. */
	private static final List<String> WIDE = List.of("java.lang.RuntimeException", "java.lang.Exception",
			"java.lang.Throwable");

	private final J.CompilationUnit unit;

	/** Whether the exception stands first. */
	private final Map<UUID, Boolean> found = new HashMap<>();

	Recoveries(J.CompilationUnit unit) {
		this.unit = unit;
	}

	/**
	 * The method that recovers for another one.
	 * @param type where both stand
	 * @param method the method it recovers for
	 * @param name the name of the one that recovers, if it was given
	 * @return the method, or {@code null} if there is none
	 * @throws IllegalArgumentException if it cannot become a fallback, with the reason
	 */
	J.@Nullable MethodDeclaration find(J.ClassDeclaration type, J.MethodDeclaration method, @Nullable String name) {
		boolean isNamed = name != null && !name.isEmpty();
		List<J.MethodDeclaration> recovering = RetriedUnit.methods(type)
			.filter((other) -> !FindAnnotations.find(other, "@" + RECOVER).isEmpty())
			.filter((other) -> !isNamed || other.getSimpleName().equals(name))
			.toList();
		if (recovering.isEmpty() && !isNamed) {
			return null;
		}
		if (recovering.size() != 1) {
			throw new IllegalArgumentException("because it is not plain which method recovers");
		}
		J.MethodDeclaration fallback = recovering.get(0);
		requireAlone(type, fallback);
		this.found.put(fallback.getId(), takesExceptionFirst(method, fallback));
		return fallback;
	}

	/** Nobody else must need the method as it is. */
	private void requireAlone(J.ClassDeclaration type, J.MethodDeclaration fallback) {
		String name = fallback.getSimpleName();
		if (isCalled(name)
				|| RetriedUnit.methods(type).filter((other) -> other.getSimpleName().equals(name)).count() > 1
				|| !FindAnnotations.find(fallback, "@java.lang.Override").isEmpty()
				|| !FindAnnotations.find(this.unit, "@org.springframework.retry.annotation.Retryable").isEmpty()) {
			throw new IllegalArgumentException("because others need " + name + " as it is");
		}
	}

	private boolean isCalled(String name) {
		return !new JavaIsoVisitor<List<J>>() {

			@Override
			public J.MethodInvocation visitMethodInvocation(J.MethodInvocation call, List<J> calls) {
				if (call.getSimpleName().equals(name)) {
					calls.add(call);
				}
				return super.visitMethodInvocation(call, calls);
			}

		}.reduce(this.unit, new ArrayList<>()).isEmpty();
	}

	private static boolean takesExceptionFirst(J.MethodDeclaration method, J.MethodDeclaration fallback) {
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

	boolean contain(J.MethodDeclaration method) {
		return this.found.containsKey(method.getId());
	}

	boolean beginWithException(J.MethodDeclaration method) {
		return Boolean.TRUE.equals(this.found.get(method.getId()));
	}

}
