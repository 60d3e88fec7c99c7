package io.brama.benchmark;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;

import org.springframework.aop.Advisor;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.annotation.AnnotationMatchingPointcut;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;

/**
 * Advice that does nothing, the least for which an application makes proxies. Spring
 * would find it by itself inside of {@link StartedApplication}.
 */
@Configuration(proxyBeanMethods = false)
public class AdviceOfItsOwn {

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static Advisor advisor() {
		MethodInterceptor nothing = MethodInvocation::proceed;
		return new DefaultPointcutAdvisor(AnnotationMatchingPointcut.forMethodAnnotation(Marked.class), nothing);
	}

	/** Stands on the methods that have it. */
	@Retention(RetentionPolicy.RUNTIME)
	public @interface Marked {

	}

}
