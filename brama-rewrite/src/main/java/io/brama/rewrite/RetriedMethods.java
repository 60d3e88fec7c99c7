package io.brama.rewrite;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.openrewrite.ExecutionContext;
import org.openrewrite.internal.ListUtils;
import org.openrewrite.java.AnnotationMatcher;
import org.openrewrite.java.JavaIsoVisitor;
import org.openrewrite.java.JavaParser;
import org.openrewrite.java.JavaTemplate;
import org.openrewrite.java.RemoveAnnotationVisitor;
import org.openrewrite.java.tree.Comment;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.JavaType;
import org.openrewrite.java.tree.Space;
import org.openrewrite.java.tree.Statement;
import org.openrewrite.java.tree.TextComment;
import org.openrewrite.marker.Markers;

/**
 * Rewrites the guarded methods of one source file, or says in a comment why not.
 */
final class RetriedMethods extends JavaIsoVisitor<ExecutionContext> {

	private static final String BRAMA = "io.brama.spring.annotation.CircuitBreaker";

	private static final AnnotationMatcher RECOVER = new AnnotationMatcher("@" + Recoveries.RECOVER);

	private final RetriedUnit retried;

	private final Map<UUID, String> reasons;

	RetriedMethods(RetriedUnit retried, Map<UUID, String> reasons) {
		this.retried = retried;
		this.reasons = reasons;
	}

	@Override
	public J.CompilationUnit visitCompilationUnit(J.CompilationUnit unit, ExecutionContext context) {
		J.CompilationUnit visited = super.visitCompilationUnit(unit, context);
		if (this.reasons.isEmpty()) {
			maybeRemoveImport(Recoveries.RECOVER);
			maybeRemoveImport(RetriedUnit.CIRCUIT_BREAKER);
			maybeAddImport(BRAMA, false);
		}
		return visited;
	}

	@Override
	public J.ClassDeclaration visitClassDeclaration(J.ClassDeclaration type, ExecutionContext context) {
		J.ClassDeclaration visited = super.visitClassDeclaration(type, context);
		String reason = this.reasons.get(type.getId());
		return (reason != null) ? visited.withPrefix(explained(visited.getPrefix(), reason)) : visited;
	}

	@Override
	public J.MethodDeclaration visitMethodDeclaration(J.MethodDeclaration method, ExecutionContext context) {
		J.MethodDeclaration visited = super.visitMethodDeclaration(method, context);
		String reason = this.reasons.get(method.getId());
		if (reason != null) {
			return visited.withPrefix(explained(visited.getPrefix(), reason));
		}
		return (this.reasons.isEmpty() && this.retried.recoveries().contain(method)) ? fallback(visited, context)
				: visited;
	}

	private J.MethodDeclaration fallback(J.MethodDeclaration method, ExecutionContext context) {
		J.MethodDeclaration fallback = (J.MethodDeclaration) new RemoveAnnotationVisitor(RECOVER).visitNonNull(method,
				context, getCursor().getParentOrThrow());
		return this.retried.recoveries().beginWithException(method) ? turned(fallback) : fallback;
	}

	@Override
	public J.Annotation visitAnnotation(J.Annotation annotation, ExecutionContext context) {
		J.MethodDeclaration method = getCursor().firstEnclosing(J.MethodDeclaration.class);
		Guarded guarded = (method != null) ? this.retried.guarded().get(method.getId()) : null;
		if (guarded == null || !this.reasons.isEmpty() || !RetriedUnit.GUARD.matches(annotation)) {
			return annotation;
		}
		String fallback = (guarded.fallback() != null) ? ", fallback = \"" + guarded.fallback() + "\"" : "";
		return JavaTemplate.builder("@CircuitBreaker(identifier = \"" + guarded.identifier() + "\"" + fallback + ")")
			.imports(BRAMA)
			.javaParser(JavaParser.fromJavaVersion()
				.dependsOn("package io.brama.spring.annotation; public @interface CircuitBreaker {"
						+ " String identifier(); String fallback() default \"\"; }"))
			.build()
			.apply(getCursor(), annotation.getCoordinates().replace());
	}

	private static Space explained(Space prefix, String reason) {
		String text = " Not migrated to Brama, " + reason;
		if (prefix.getComments()
			.stream()
			.anyMatch((comment) -> comment instanceof TextComment line && line.getText().equals(text))) {
			return prefix;
		}
		String indent = prefix.getIndent();
		List<Comment> comments = ListUtils.concat(prefix.getComments(),
				(Comment) new TextComment(false, text, "\n" + indent, Markers.EMPTY));
		return prefix.withComments(comments);
	}

	/** The exception stands first for Spring Retry, and last for Brama. */
	private static J.MethodDeclaration turned(J.MethodDeclaration method) {
		List<Statement> parameters = new ArrayList<>(method.getParameters());
		if (parameters.size() < 2) {
			return method;
		}
		Space first = parameters.get(0).getPrefix();
		Space next = parameters.get(1).getPrefix();
		Statement exception = parameters.remove(0);
		parameters.set(0, parameters.get(0).withPrefix(first));
		parameters.add(exception.withPrefix(next));
		J.MethodDeclaration turned = method.withParameters(parameters);
		JavaType.Method type = method.getMethodType();
		if (type == null) {
			return turned;
		}
		JavaType.Method turnedType = type.withParameterTypes(rotated(type.getParameterTypes()))
			.withParameterNames(rotated(type.getParameterNames()));
		return turned.withMethodType(turnedType).withName(turned.getName().withType(turnedType));
	}

	private static <T> List<T> rotated(List<T> values) {
		List<T> rotated = new ArrayList<>(values.subList(1, values.size()));
		rotated.add(values.get(0));
		return rotated;
	}

}
