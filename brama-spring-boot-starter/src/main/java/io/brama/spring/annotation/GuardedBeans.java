package io.brama.spring.annotation;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.function.Supplier;

import io.brama.Brama;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Goes through the beans once all singletons exist, without creating any: registers the
 * circuits of guarded methods, so that they are seen before their first call, and finds
 * annotations where they have no effect or contradict each other.
 */
public final class GuardedBeans implements SmartInitializingSingleton {

	private static final Log logger = LogFactory.getLog(GuardedBeans.class);

	private final ConfigurableListableBeanFactory beanFactory;

	private final CircuitBreakerAdvisor advisor;

	private final Supplier<Brama> brama;

	/**
	 * Create it for one application context.
	 * @param beanFactory knows the beans
	 * @param advisor guards their methods
	 * @param brama holds the circuits; asked for only if annotations share an identifier
	 */
	public GuardedBeans(ConfigurableListableBeanFactory beanFactory, CircuitBreakerAdvisor advisor,
			Supplier<Brama> brama) {
		this.beanFactory = beanFactory;
		this.advisor = advisor;
		this.brama = brama;
	}

	@Override
	public void afterSingletonsInstantiated() {
		Namesakes namesakes = new Namesakes(this.beanFactory, this.brama);
		for (String name : this.beanFactory.getBeanNamesForType(Object.class, true, false)) {
			Class<?> type = AutoProxyUtils.determineTargetClass(this.beanFactory, name);
			if (type != null && Annotations.areIn(type)) {
				inspect(ClassUtils.getUserClass(type), name);
				namesakes.collect(type);
			}
		}
		namesakes.warn();
	}

	private void inspect(Class<?> type, String beanName) {
		if (!Proxy.isProxyClass(type)) {
			findMisuse(type, beanName);
		}
		Annotations.of(type).keySet().forEach((method) -> prepare(method, type, beanName));
	}

	/**
	 * Of a bean that is not there yet, the class may say less than its object will; so
	 * nothing is looked for in it but the connection.
	 */
	private void prepare(Method method, Class<?> type, String beanName) {
		if (Modifier.isAbstract(type.getModifiers()) && !this.beanFactory.containsSingleton(beanName)) {
			this.advisor.methods().announce(method, type);
			return;
		}
		this.advisor.guards().of(method, type);
		if (Modifier.isFinal(method.getModifiers())
				&& !AnnotatedElementUtils.hasAnnotation(method, CircuitBreaker.class)) {
			logger.warn("@CircuitBreaker on " + type.getName() + " has no effect on its method "
					+ GuardedMethods.name(method)
					+ " where the proxy is a subclass, because the method is final. Remove 'final'.");
		}
	}

	/** Methods that compilers add may carry copies of annotations, as Kotlin's do. */
	private void findMisuse(Class<?> type, String beanName) {
		ReflectionUtils.doWithMethods(type, (method) -> findMisuse(method, beanName),
				(method) -> !method.isSynthetic() && AnnotatedElementUtils.hasAnnotation(method, CircuitBreaker.class));
	}

	private void findMisuse(Method method, String beanName) {
		if (!Annotations.isGuardable(method)) {
			throw new MisusedCircuitBreakerException(method,
					Modifier.isStatic(method.getModifiers()) ? "a static method cannot be guarded"
							: "a private method cannot be guarded",
					"Make it an instance method that is not private, or use the io.brama.Circuit in its body.", null);
		}
		if (Modifier.isFinal(method.getModifiers())) {
			refuseOrWarn(method, beanName);
		}
	}

	/** A proxy of an interface reaches a final method; a subclass never does. */
	private void refuseOrWarn(Method method, String beanName) {
		Object bean = this.beanFactory.containsSingleton(beanName) ? this.beanFactory.getSingleton(beanName) : null;
		if (AopUtils.isCglibProxy(bean)) {
			throw new MisusedCircuitBreakerException(method,
					"a final method cannot be guarded by bean '%s', which is a subclass of its class"
						.formatted(beanName),
					"Remove 'final', or use the io.brama.Circuit in its body.", null);
		}
		logger.warn("@CircuitBreaker on method " + GuardedMethods.name(method)
				+ " has no effect on a proxy of its class, because the method is final. Remove 'final'.");
	}

}
