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
 * superclass and interfaces. The methods of {@link Object} are never guarded.
 * <p>
 * Callers see what the method returns or throws, unchanged. While the circuit lets no
 * call in, the method is not run and a {@link io.brama.CircuitOpenException} is thrown;
 * with a return type of {@link java.util.concurrent.CompletionStage},
 * {@link java.util.concurrent.CompletableFuture}, {@code Mono} or {@code Flux} it arrives
 * as the error of what is returned. The outcome of such a method is the outcome of what
 * it returns, and each subscription to a publisher is a call of its own, which runs the
 * method. Any other {@link java.util.concurrent.Future} counts as a plain result, because
 * nobody tells when it is done.
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
	 * contain <code>${…}</code> placeholders, which are resolved once, at startup.
	 * @return the identifier, not blank
	 */
	String identifier();

	/**
	 * The scope the connection belongs to. May contain <code>${…}</code> placeholders.
	 * @return the scope; default: the one configured for the identifier, or none
	 */
	String scope() default "";

	/**
	 * What kind of system is connected. May contain <code>${…}</code> placeholders.
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

}
