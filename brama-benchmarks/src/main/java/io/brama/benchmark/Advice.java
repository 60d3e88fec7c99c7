package io.brama.benchmark;

import io.brama.spring.autoconfigure.BramaAutoConfiguration;
import io.github.resilience4j.springboot.circuitbreaker.autoconfigure.CircuitBreakerAutoConfiguration;
import org.aopalliance.intercept.MethodInterceptor;

import org.springframework.aop.Advisor;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.NameMatchMethodPointcut;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/**
 * What stands in front of an annotated bean.
 */
public enum Advice {

	/** No proxy: what the call itself costs. */
	NONE,

	/** A proxy with an interceptor that does nothing. */
	INTERCEPTOR,

	/**
	 * A proxy with an interceptor that does nothing and is for some methods only, as
	 * behind every annotation: Spring looks up by method who is called.
	 */
	INTERCEPTOR_OF_SOME_METHODS,

	/** The annotation of this library. */
	BRAMA,

	/** The annotation of Resilience4j. */
	RESILIENCE4J;

	/**
	 * Make the bean, as the only one of an application.
	 * @return the bean as others get it injected
	 */
	public Partner partner() {
		MethodInterceptor nothing = (invocation) -> invocation.proceed();
		return switch (this) {
			case NONE -> new Partner();
			case INTERCEPTOR -> proxy(new DefaultPointcutAdvisor(nothing));
			case INTERCEPTOR_OF_SOME_METHODS -> {
				NameMatchMethodPointcut pointcut = new NameMatchMethodPointcut();
				pointcut.setMappedNames("call", "later");
				yield proxy(new DefaultPointcutAdvisor(pointcut, nothing));
			}
			case BRAMA -> bean(BramaAutoConfiguration.class);
			case RESILIENCE4J -> bean(AopAutoConfiguration.class, CircuitBreakerAutoConfiguration.class);
		};
	}

	private static Partner proxy(Advisor advisor) {
		ProxyFactory factory = new ProxyFactory(new Partner());
		factory.setProxyTargetClass(true);
		factory.addAdvisor(advisor);
		return (Partner) factory.getProxy();
	}

	/** The application goes on until the JVM of the benchmark ends. */
	@SuppressWarnings("resource")
	private static Partner bean(Class<?>... configuration) {
		AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
		context.register(configuration);
		context.register(Partner.class);
		context.refresh();
		Partner partner = context.getBean(Partner.class);
		if (!AopUtils.isCglibProxy(partner)) {
			throw new IllegalStateException("the bean must be a proxy of its class, as the others are");
		}
		return partner;
	}

}
