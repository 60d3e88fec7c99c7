package io.brama.spring.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.brama.ErrorHandler;

/**
 * Guards a method, or all methods of a type, by the circuit of the connection they call.
 * <p>
 * May stand on classes, interfaces and their methods, and on annotations of one's own;
 * the most specific one counts: the method before the class, the class before its
 * superclass and interfaces; of several interfaces, the one that declares the method. The
 * methods of {@link Object} are never guarded.
 * <p>
 * Callers see what the method returns or throws, unchanged. While the circuit lets no
 * call in, the method is not run and a {@link io.brama.CircuitOpenException} is thrown,
 * or the {@link #fallback} answers.
 * <p>
 * A method that returns a future or a publisher is done when that is, and a rejection
 * arrives as its error: {@link java.util.concurrent.CompletionStage},
 * {@link java.util.concurrent.CompletableFuture}, {@code Mono}, {@code Flux} and, with
 * Reactor on the class path, whatever Spring's {@code ReactiveAdapterRegistry} knows,
 * such as the types of RxJava and Kotlin; also a suspending function, if
 * {@code kotlinx-coroutines-reactor} is there. Each subscription to a publisher is a call
 * of its own, which runs the method. A plain {@link java.util.concurrent.Future} tells
 * nobody when it is done, so its outcome is recorded when the caller asks and finds that
 * it is; until then a trial keeps its place, at most for the {@code trial-timeout}.
 * <p>
 * A method is guarded when it is called through the Spring bean, not when the bean calls
 * itself. Private and static methods cannot be guarded; the application does not start
 * with the annotation on one.
 *
 * <pre class="code">
 * &#064;CircuitBreaker(identifier = "payment-api", scope = "payments")
 * Receipt pay(Order order) { … }
 * </pre>
 */
@Target({ ElementType.METHOD, ElementType.TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Documented
public @interface CircuitBreaker {

	/**
	 * The identifier of the connection, as in {@code brama.connections.<identifier>}. May
	 * contain <code>${…}</code> placeholders, which are resolved once, at startup, and
	 * <code>#{…}</code> expressions, which are evaluated for each call and make one
	 * circuit per identifier: they know the arguments by name or as {@code #p0}, the
	 * beans as {@code @name} and, as {@code #root}, {@code target}, {@code targetClass},
	 * {@code method}, {@code methodName} and {@code args}. An expression that is
	 * {@code null} or blank is an {@link IllegalArgumentException}; so is a value that is
	 * not a text, a number, an enum constant or another simple value.
	 * @return the identifier, not blank
	 */
	String identifier();

	/**
	 * The scope the connection belongs to. May contain placeholders and expressions.
	 * @return the scope; default: the one configured for the identifier, or none
	 */
	String scope() default "";

	/**
	 * What kind of system is connected. May contain placeholders and expressions.
	 * @return the type; default: the one configured for the identifier, or
	 * {@code general}
	 */
	String type() default "";

	/**
	 * The class of the handler that says what a result or an exception means. If there is
	 * one Spring bean of that class it is used; otherwise one handler per class is
	 * created, with injection.
	 * @return the class; default: {@link ErrorHandler#DEFAULT}, for which an exception is
	 * a failure
	 */
	Class<? extends ErrorHandler> errorHandler() default ErrorHandler.class;

	/**
	 * The name of a bean that says what a result or an exception means, instead of
	 * {@link #errorHandler}: such a handler may be written as a lambda.
	 * @return the name; default: none
	 */
	String errorHandlerBean() default "";

	/**
	 * The name of a method that answers when the call was rejected or failed; not when
	 * its outcome was ignored. It is a method of the same class, a superclass or, as a
	 * default method, an interface, and may be private. It takes the same arguments,
	 * optionally followed by an exception; of several methods by that name the one with
	 * the nearest type of exception answers. It returns the same type, or the value alone
	 * where the method returns a future or publisher. What it throws reaches the caller.
	 * <p>
	 * Methods are looked for at startup. A result that the error handler calls a failure
	 * is answered by a method without exception, if there is one. An {@link Error} is not
	 * answered, unless an exception parameter or {@link #fallbackOn} names its type.
	 * @return the name; default: none
	 */
	String fallback() default "";

	/**
	 * The exceptions that the fallback answers, subclasses included;
	 * {@link io.brama.CircuitOpenException} stands for rejections.
	 * @return the types; default: rejections and all failures
	 */
	Class<? extends Throwable>[] fallbackOn() default {};

}
