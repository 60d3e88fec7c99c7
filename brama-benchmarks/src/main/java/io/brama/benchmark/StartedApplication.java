package io.brama.benchmark;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;

import org.springframework.aop.Advisor;
import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.annotation.AnnotationMatchingPointcut;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.util.ClassUtils;

/**
 * An application that {@link StartupReport} starts. Its beans are of classes that are
 * made for each start report, one class for each bean. It knows nothing of this library.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class StartedApplication {

	static final int BEANS = 500;

	static final String PACKAGE = "started";

	/** Makes the application have advice of its own. */
	static final String WITH_ADVICE = "with-advice";

	/**
	 * Start, and print how many milliseconds that took, of the clock and, with that of
	 * the JVM, of the CPU, and how many beans are proxies.
	 * @param arguments {@link #WITH_ADVICE} or none
	 */
	public static void main(String[] arguments) {
		long start = System.nanoTime();
		SpringApplication application = new SpringApplication(StartedApplication.class);
		application.setBannerMode(Banner.Mode.OFF);
		application.addInitializers((context) -> registerBeans((GenericApplicationContext) context));
		if (Arrays.asList(arguments).contains(WITH_ADVICE)) {
			application.addPrimarySources(List.of(AdviceOfItsOwn.class));
		}
		try (ConfigurableApplicationContext context = application.run(arguments)) {
			double milliseconds = (System.nanoTime() - start) / 1e6;
			double cpu = ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos() / 1e6;
			long proxies = Arrays.stream(context.getBeanDefinitionNames())
				.filter((name) -> name.startsWith(PACKAGE))
				.map(context::getBean)
				.filter(AopUtils::isAopProxy)
				.count();
			System.out.printf(Locale.ROOT, "%.1f %.1f %d%n", milliseconds, cpu, proxies);
		}
	}

	private static void registerBeans(GenericApplicationContext context) {
		for (int number = 0; number < BEANS; number++) {
			String name = PACKAGE + ".Bean" + number;
			context.registerBean(name, ClassUtils.resolveClassName(name, context.getClassLoader()));
		}
	}

	/** Stands on the methods that have such advice. */
	@Retention(RetentionPolicy.RUNTIME)
	public @interface Advised {

	}

	/** Advice that does nothing, the least that makes proxies. */
	@Configuration(proxyBeanMethods = false)
	static class AdviceOfItsOwn {

		@Bean
		@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
		static Advisor advisor() {
			MethodInterceptor nothing = MethodInvocation::proceed;
			return new DefaultPointcutAdvisor(AnnotationMatchingPointcut.forMethodAnnotation(Advised.class), nothing);
		}

	}

}
