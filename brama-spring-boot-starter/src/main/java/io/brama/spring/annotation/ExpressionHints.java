package io.brama.spring.annotation;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.ReflectionHints;
import org.springframework.beans.BeanUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.ResolvableType;
import org.springframework.expression.EvaluationException;
import org.springframework.expression.Expression;
import org.springframework.expression.ParseException;
import org.springframework.expression.common.CompositeStringExpression;
import org.springframework.expression.common.TemplateParserContext;
import org.springframework.expression.spel.SpelNode;
import org.springframework.expression.spel.ast.BeanReference;
import org.springframework.expression.spel.ast.TypeReference;
import org.springframework.expression.spel.standard.SpelExpression;
import org.springframework.expression.spel.standard.SpelExpressionParser;
import org.springframework.expression.spel.support.StandardTypeLocator;

/**
 * Tells an ahead-of-time build what an expression reaches by reflection: the accessors
 * and public fields of the arguments, of the object that is called, and of the beans and
 * types it names, and those of what they give, to a small depth.
 */
final class ExpressionHints {

	/** As in {@code #order.customer.bank.code}. */
	private static final int DEPTH = 3;

	private final Set<Class<?>> seen = new HashSet<>();

	private final ReflectionHints hints;

	private final ConfigurableListableBeanFactory beans;

	ExpressionHints(ReflectionHints hints, ConfigurableListableBeanFactory beans) {
		this.hints = hints;
		this.beans = beans;
	}

	/**
	 * Register what an attribute of an annotation needs. Behind a placeholder there may
	 * be an expression; it is looked into as far as its value is known now.
	 */
	void register(String attribute, Method method, Class<?> targetClass) {
		if (!Template.isTemplate(attribute) && !attribute.contains("${")) {
			return;
		}
		this.hints.registerType(Template.Root.class, MemberCategory.INVOKE_PUBLIC_METHODS);
		IntStream.range(0, method.getParameterCount())
			.forEach((i) -> register(ResolvableType.forMethodParameter(method, i, targetClass), DEPTH));
		String resolved = resolve(attribute);
		if (Template.isTemplate(resolved)) {
			register(ResolvableType.forClass(targetClass), DEPTH);
			parse(resolved).forEach(this::register);
		}
	}

	private String resolve(String attribute) {
		try {
			String resolved = this.beans.resolveEmbeddedValue(attribute);
			return (resolved != null) ? resolved : "";
		}
		catch (IllegalArgumentException ex) {
			return attribute; // to be known when the application runs
		}
	}

	private static Stream<SpelNode> parse(String template) {
		try {
			Expression expression = new SpelExpressionParser().parseExpression(template, new TemplateParserContext());
			Stream<Expression> parts = (expression instanceof CompositeStringExpression composite)
					? Stream.of(composite.getExpressions()) : Stream.of(expression);
			return parts.filter(SpelExpression.class::isInstance).map((part) -> ((SpelExpression) part).getAST());
		}
		catch (ParseException | IllegalStateException ex) {
			return Stream.empty(); // is refused at startup
		}
	}

	private void register(SpelNode node) {
		Class<?> named = named(node);
		if (named != null) {
			register(ResolvableType.forClass(named), DEPTH);
		}
		IntStream.range(0, node.getChildCount()).mapToObj(node::getChild).forEach(this::register);
	}

	/** The type that is named, or that of the bean that is. */
	private @Nullable Class<?> named(SpelNode node) {
		if (node instanceof BeanReference) {
			String name = node.toStringAST().replaceAll("^[@&]+'?|'$", "");
			return this.beans.containsBean(name) ? this.beans.getType(name, false) : null;
		}
		return (node instanceof TypeReference) ? type(node.toStringAST().replaceAll("^T\\(|\\)$", "")) : null;
	}

	private @Nullable Class<?> type(String name) {
		try {
			return new StandardTypeLocator(this.beans.getBeanClassLoader()).findType(name);
		}
		catch (EvaluationException ex) {
			return null;
		}
	}

	private void register(ResolvableType type, int depth) {
		ResolvableType single = type.isArray() ? type.getComponentType() : type;
		Stream.of(single.getGenerics()).forEach((generic) -> register(generic, depth));
		Class<?> raw = single.toClass();
		if (raw == Object.class || BeanUtils.isSimpleProperty(raw) || !this.seen.add(raw)) {
			return;
		}
		this.hints.registerType(raw, MemberCategory.INVOKE_PUBLIC_METHODS, MemberCategory.ACCESS_PUBLIC_FIELDS);
		if (depth > 0 && !raw.getName().startsWith("java.")) {
			try {
				registerMembers(raw, single, depth - 1);
			}
			catch (LinkageError ex) {
				// mentions a library that is not there, which no expression can reach
				// either
			}
		}
	}

	private void registerMembers(Class<?> raw, ResolvableType type, int depth) {
		Stream.of(raw.getMethods())
			.filter((method) -> method.getParameterCount() == 0 && method.getDeclaringClass() != Object.class)
			.forEach((method) -> register(ResolvableType.forMethodReturnType(method, raw), depth));
		for (Field field : raw.getFields()) {
			register(ResolvableType.forField(field, type), depth);
		}
	}

}
