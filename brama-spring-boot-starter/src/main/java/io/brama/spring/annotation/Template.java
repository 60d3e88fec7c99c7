package io.brama.spring.annotation;

import java.lang.reflect.Method;
import java.util.List;

import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

import org.springframework.context.expression.MethodBasedEvaluationContext;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.ParameterNameDiscoverer;
import org.springframework.expression.BeanResolver;
import org.springframework.expression.EvaluationContext;
import org.springframework.expression.Expression;
import org.springframework.expression.ParseException;
import org.springframework.expression.common.CompositeStringExpression;
import org.springframework.expression.common.LiteralExpression;
import org.springframework.expression.common.TemplateParserContext;
import org.springframework.expression.spel.standard.SpelExpressionParser;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

/**
 * An attribute of the annotation that may contain expressions, as in
 * <code>bank-#{#code}</code>: parsed once, put together for each call.
 */
final class Template {

	private static final ParameterNameDiscoverer NAMES = DefaultParameterNameDiscoverer.getSharedInstance();

	private final Method method;

	private final String attribute;

	private final String source;

	private final List<Expression> parts;

	private final BeanResolver beans;

	/** The text, if it is the same for all calls. */
	private final @Nullable String constant;

	private Template(Method method, String attribute, String source, Expression expression, BeanResolver beans) {
		this.method = method;
		this.attribute = attribute;
		this.source = source;
		this.parts = (expression instanceof CompositeStringExpression composite) ? List.of(composite.getExpressions())
				: List.of(expression);
		this.beans = beans;
		this.constant = (expression instanceof LiteralExpression) ? source : null;
	}

	static boolean isTemplate(String source) {
		return source.contains("#{");
	}

	/**
	 * Parse a template.
	 * @param method the method whose arguments are meant
	 * @param attribute where the template stands
	 * @param beans finds the beans that expressions name
	 * @throws MisusedCircuitBreakerException if it cannot be parsed
	 * @throws IllegalArgumentException if it is blank
	 */
	static Template of(Method method, String attribute, String source, BeanResolver beans) {
		if (!StringUtils.hasText(source)) {
			throw new IllegalArgumentException("its " + attribute + " must not be blank, was '" + source + "'");
		}
		try {
			Expression expression = new SpelExpressionParser().parseExpression(source, new TemplateParserContext());
			return new Template(method, attribute, source, expression, beans);
		}
		catch (ParseException | IllegalStateException ex) {
			throw new MisusedCircuitBreakerException(method,
					"its %s '%s' cannot be parsed: %s".formatted(attribute, source, ex.getMessage()),
					"Mend the expression between #{ and }.", ex);
		}
	}

	/**
	 * Put the text together for a call.
	 * @throws IllegalArgumentException if that is not possible or gives a blank text
	 */
	String text(MethodInvocation invocation) {
		return (this.constant != null) ? this.constant : evaluated(invocation);
	}

	private String evaluated(MethodInvocation invocation) {
		StringBuilder text = new StringBuilder();
		EvaluationContext context = context(invocation);
		for (Expression part : this.parts) {
			text.append(textOf(evaluate(part, context), part));
		}
		if (!StringUtils.hasText(text)) {
			throw problem("is blank", null);
		}
		return text.toString();
	}

	private EvaluationContext context(MethodInvocation invocation) {
		Root root = new Root(invocation.getThis(), this.method, invocation.getArguments());
		MethodBasedEvaluationContext context = new MethodBasedEvaluationContext(root, this.method,
				invocation.getArguments(), NAMES);
		context.setBeanResolver(this.beans);
		return context;
	}

	private @Nullable Object evaluate(Expression part, EvaluationContext context) {
		try {
			return part.getValue(context);
		}
		catch (Exception ex) {
			throw problem("cannot be evaluated: " + ex.getMessage(), ex);
		}
	}

	private String textOf(@Nullable Object value, Expression part) {
		String text = (value != null) ? textOf(value) : null;
		if (text == null || (text.isBlank() && !(part instanceof LiteralExpression))) {
			throw problem("is " + ((text != null) ? "blank" : "null")
					+ ((this.parts.size() > 1) ? " in '" + part.getExpressionString() + "'" : ""), null);
		}
		return text;
	}

	private String textOf(Object value) {
		if (value instanceof Enum<?> constant) {
			return constant.name();
		}
		if (!ClassUtils.isSimpleValueType(value.getClass())) {
			throw problem("is a " + value.getClass().getTypeName()
					+ ", not a text, number, enum constant or other simple value", null);
		}
		return value.toString();
	}

	private IllegalArgumentException problem(String what, @Nullable Throwable cause) {
		return new IllegalArgumentException("The %s '%s' of @CircuitBreaker on method %s %s%s".formatted(this.attribute,
				this.source, GuardedMethods.name(this.method), what, hint()), cause);
	}

	/** Why a parameter that is there may not be found. */
	private String hint() {
		return (this.method.getParameterCount() > 0 && NAMES.getParameterNames(this.method) == null)
				? ". The names of its parameters are not known: compile with -parameters, or write #p0 for the first"
				: "";
	}

	/**
	 * What expressions may ask about the call, as {@code #root}.
	 */
	static final class Root {

		private final @Nullable Object target;

		private final Method method;

		private final @Nullable Object[] args;

		Root(@Nullable Object target, Method method, @Nullable Object[] args) {
			this.target = target;
			this.method = method;
			this.args = args;
		}

		public @Nullable Object getTarget() {
			return this.target;
		}

		public Class<?> getTargetClass() {
			return (this.target != null) ? ClassUtils.getUserClass(this.target) : this.method.getDeclaringClass();
		}

		public Method getMethod() {
			return this.method;
		}

		public String getMethodName() {
			return this.method.getName();
		}

		public @Nullable Object[] getArgs() {
			return this.args;
		}

	}

}
