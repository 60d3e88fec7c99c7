package io.brama.spring.annotation;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.config.AopConfigUtils;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.PriorityOrdered;
import org.springframework.util.ClassUtils;

/**
 * Finds beans whose annotated methods nothing guards, because no proxy was made of them.
 * <p>
 * Maintainers: it comes before the post-processor that makes proxies, so it sees a bean
 * as it was created; if the same object is the bean in the end, there is no proxy for
 * certain. A bean it has not seen was created even earlier or put there ready-made.
 */
public final class UnguardedBeans implements BeanPostProcessor, PriorityOrdered, SmartInitializingSingleton {

	private static final Log logger = LogFactory.getLog(UnguardedBeans.class);

	/**
	 * Is there in tests that put objects of their own, such as mocks, in the place of
	 * beans. Nobody expects those to be guarded.
	 */
	private static final String MOCKS = "org.springframework.test.context.bean.override.internalBeanOverridePostProcessor";

	private final Map<String, Object> created = new ConcurrentHashMap<>();

	private final ConfigurableListableBeanFactory beanFactory;

	private volatile boolean starting = true;

	/**
	 * Create it for one application context.
	 * @param beanFactory knows the beans
	 */
	public UnguardedBeans(ConfigurableListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	@Override
	public int getOrder() {
		return HIGHEST_PRECEDENCE;
	}

	@Override
	public Object postProcessBeforeInitialization(Object bean, String name) {
		Method method = guardedMethod(bean.getClass());
		if (method != null) {
			requireProxyable(bean.getClass(), name, method);
			if (this.starting) {
				this.created.put(name, bean);
			}
		}
		return bean;
	}

	private void requireProxyable(Class<?> type, String name, Method method) {
		if (Modifier.isFinal(type.getModifiers()) && !ClassUtils.isLambdaClass(type) && !AopUtils.isAopProxy(type)
				&& isProxiedByClass(type, name)) {
			throw new MisusedCircuitBreakerException(method,
					"class " + type.getName() + " is final, so there can be no proxy of it",
					"Remove 'final' from the class, or use the io.brama.Circuit in the method.", null);
		}
	}

	private boolean isProxiedByClass(Class<?> type, String name) {
		return ClassUtils.getAllInterfacesForClass(type).length == 0
				|| AutoProxyUtils.shouldProxyTargetClass(this.beanFactory, name) || areAllProxiedByClass();
	}

	private boolean areAllProxiedByClass() {
		return hasProxyCreator()
				&& Boolean.TRUE.equals(this.beanFactory.getBeanDefinition(AopConfigUtils.AUTO_PROXY_CREATOR_BEAN_NAME)
					.getPropertyValues()
					.get("proxyTargetClass"));
	}

	private boolean hasProxyCreator() {
		return this.beanFactory.containsBeanDefinition(AopConfigUtils.AUTO_PROXY_CREATOR_BEAN_NAME);
	}

	@Override
	public void afterSingletonsInstantiated() {
		for (String name : this.beanFactory.getBeanDefinitionNames()) {
			Object bean = this.beanFactory.getSingleton(name);
			if (bean != null && !(bean instanceof FactoryBean) && !AopUtils.isAopProxy(bean)) {
				check(name, bean);
			}
		}
		this.starting = false;
		this.created.clear();
	}

	@SuppressWarnings("ReferenceEquality") // whether it is the same object is the
											// question
	private void check(String name, Object bean) {
		Method method = guardedMethod(bean.getClass());
		if (method == null) {
			return;
		}
		if (this.created.get(name) == bean) {
			throw new MisusedCircuitBreakerException(method,
					"no proxy was made of bean '" + name + "', so nothing guards it", mend(name), null);
		}
		if (!this.created.containsKey(name) && !this.beanFactory.containsBean(MOCKS)) {
			logger.warn("@CircuitBreaker on method " + GuardedMethods.name(method) + " has no effect on bean '" + name
					+ "', which was created before proxies were made. Let the BeanFactoryPostProcessor that needs it"
					+ " do without, or use the io.brama.Circuit in the method.");
		}
	}

	private String mend(String name) {
		return hasProxyCreator()
				? "A BeanPostProcessor or advice that needs '%s' had it created too early: let it take an ObjectProvider, or inject it @Lazy."
					.formatted(name)
				: "Leave bean '%s' in the application context: it makes the proxies."
					.formatted(AopConfigUtils.AUTO_PROXY_CREATOR_BEAN_NAME);
	}

	private static @Nullable Method guardedMethod(Class<?> type) {
		Map<Method, CircuitBreaker> guarded = Annotations.of(type);
		return guarded.isEmpty() ? null : guarded.keySet().iterator().next();
	}

}
