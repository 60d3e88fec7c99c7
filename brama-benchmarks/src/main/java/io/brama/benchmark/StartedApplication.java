package io.brama.benchmark;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import org.springframework.aop.support.AopUtils;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.util.ClassUtils;

/**
 * An application that {@link StartupReport} starts. Its beans are of classes that are
 * made for each start report, one class for each bean. It knows nothing of this library.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class StartedApplication {

	static final int BEANS = 500;

	static final String PACKAGE = "started";

	/** Makes the application have {@link AdviceOfItsOwn}. */
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

}
