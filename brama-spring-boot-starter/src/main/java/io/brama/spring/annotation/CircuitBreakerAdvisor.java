package io.brama.spring.annotation;

import java.lang.reflect.Method;
import java.util.List;
import java.util.function.Supplier;

import io.brama.Brama;
import io.brama.ConnectionId;

import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.StaticMethodMatcherPointcut;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Puts the gate in front of the methods that {@link CircuitBreaker} stands on.
 */
public final class CircuitBreakerAdvisor extends DefaultPointcutAdvisor {

	private static final long serialVersionUID = 1L;

	private final transient GuardedMethods methods;

	private final transient Guards guards;

	/**
	 * Create the advisor of one application context.
	 * @param beanFactory knows the beans, error handlers among them
	 * @param brama holds the circuits; asked for when the first method is guarded
	 * @param observer is told of calls; asked for likewise
	 * @param order the place of the gate among other advice
	 */
	public CircuitBreakerAdvisor(ConfigurableListableBeanFactory beanFactory, Supplier<Brama> brama,
			Supplier<CallObserver> observer, int order) {
		this.methods = new GuardedMethods(beanFactory, new ErrorHandlers(beanFactory), brama, observer);
		setPointcut(new AnnotatedMethods());
		this.guards = new Guards(this.methods::guard);
		setAdvice(new CircuitBreakerInterceptor(this.guards));
		setOrder(order);
	}

	/**
	 * Return the methods whose annotation always means one connection.
	 * @param id the connection
	 * @return the methods as {@code com.acme.PaymentService.pay(Order)}, sorted
	 */
	public List<String> methodsGuardedBy(ConnectionId id) {
		return this.methods.callersOf(id);
	}

	Guards guards() {
		return this.guards;
	}

	GuardedMethods methods() {
		return this.methods;
	}

	/** The methods the annotation counts for. */
	private static final class AnnotatedMethods extends StaticMethodMatcherPointcut {

		AnnotatedMethods() {
			setClassFilter(Annotations::areIn);
		}

		@Override
		public boolean matches(Method method, Class<?> targetClass) {
			return GuardedMethods.annotationOf(method, targetClass) != null;
		}

	}

}
