package io.brama.spring.autoconfigure;

import io.brama.Brama;
import io.brama.spring.annotation.CallObserver;
import io.brama.spring.annotation.CircuitBreakerAdvisor;
import io.brama.spring.annotation.GuardedBeans;
import io.brama.spring.annotation.UnguardedBeans;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Role;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

/**
 * The advice on annotated methods. Beans that take part in creating others get what they
 * need late, so that nothing is created before its time.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty(name = "brama.enabled", matchIfMissing = true)
@Import(AutoProxyCreator.class)
class AnnotationConfiguration {

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	@ConditionalOnMissingBean
	static CircuitBreakerAdvisor circuitBreakerAdvisor(ConfigurableListableBeanFactory beanFactory,
			ObjectProvider<Brama> brama, ObjectProvider<CallObserver> observer, Environment environment) {
		int order = environment.getProperty("brama.aop.order", Integer.class, Ordered.LOWEST_PRECEDENCE - 100);
		return new CircuitBreakerAdvisor(beanFactory, brama::getObject,
				() -> observer.getIfAvailable(() -> CallObserver.NONE), order);
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static GuardedBeans bramaGuardedBeans(ConfigurableListableBeanFactory beanFactory, CircuitBreakerAdvisor advisor,
			ObjectProvider<Brama> brama) {
		return new GuardedBeans(beanFactory, advisor, brama::getObject);
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static UnguardedBeans bramaUnguardedBeans(ConfigurableListableBeanFactory beanFactory) {
		return new UnguardedBeans(beanFactory);
	}

}
