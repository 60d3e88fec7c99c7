package io.brama.spring.annotation;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Goes through the beans once all singletons exist, without creating any: registers the
 * circuits of guarded methods, so that they are seen before their first call, and finds
 * annotations where they have no effect.
 */
public final class GuardedBeans implements SmartInitializingSingleton {

	private static final Log logger = LogFactory.getLog(GuardedBeans.class);

	private final ConfigurableListableBeanFactory beanFactory;

	private final CircuitBreakerAdvisor advisor;

	/**
	 * Create it for one application context.
	 * @param beanFactory knows the beans
	 * @param advisor guards their methods
	 */
	public GuardedBeans(ConfigurableListableBeanFactory beanFactory, CircuitBreakerAdvisor advisor) {
		this.beanFactory = beanFactory;
		this.advisor = advisor;
	}

	@Override
	public void afterSingletonsInstantiated() {
		for (String name : this.beanFactory.getBeanNamesForType(Object.class, true, false)) {
			Class<?> type = AutoProxyUtils.determineTargetClass(this.beanFactory, name);
			if (type != null && AnnotationUtils.isCandidateClass(type, CircuitBreaker.class)) {
				inspect(ClassUtils.getUserClass(type));
			}
		}
	}

	private void inspect(Class<?> type) {
		findMisuse(type);
		MethodIntrospector
			.selectMethods(type,
					(ReflectionUtils.MethodFilter) (method) -> isGuardable(method)
							&& GuardedMethods.annotationOf(method, type) != null)
			.forEach((method) -> this.advisor.methods().guardOf(method, type));
	}

	private static boolean isGuardable(Method method) {
		return !Modifier.isPrivate(method.getModifiers()) && !Modifier.isStatic(method.getModifiers());
	}

	private static void findMisuse(Class<?> type) {
		ReflectionUtils.doWithMethods(type, GuardedBeans::findMisuse,
				(method) -> AnnotatedElementUtils.hasAnnotation(method, CircuitBreaker.class));
	}

	private static void findMisuse(Method method) {
		if (!isGuardable(method)) {
			throw new MisusedCircuitBreakerException(method,
					Modifier.isStatic(method.getModifiers()) ? "a static method cannot be guarded"
							: "a private method cannot be guarded",
					"Make it an instance method that is not private, or use the io.brama.Circuit in its body.", null);
		}
		if (Modifier.isFinal(method.getModifiers())) {
			logger.warn("@CircuitBreaker on method " + GuardedMethods.name(method)
					+ " has no effect on a proxy of its class, because the method is final. Remove 'final'.");
		}
	}

}
