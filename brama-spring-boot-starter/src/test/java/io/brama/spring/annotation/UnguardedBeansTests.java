package io.brama.spring.annotation;

import io.brama.Brama;
import io.brama.spring.autoconfigure.BramaAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.aop.config.AopConfigUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;
import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Beans of which no proxy is made although their methods are annotated.
 */
@ExtendWith(OutputCaptureExtension.class)
class UnguardedBeansTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(AopAutoConfiguration.class, BramaAutoConfiguration.class));

	@Test
	void aBeanThatAPostProcessorNeedsStopsTheApplication() {
		this.runner.withUserConfiguration(EarlyByPostProcessor.class)
			.run((context) -> assertThat(misuse(context.getStartupFailure()))
				.hasMessageContaining(Partner.class.getName() + ".call()")
				.hasMessageContaining("no proxy was made of bean 'partner', so nothing guards it")
				.extracting(MisusedCircuitBreakerException::getAction)
				.asString()
				.contains("had it created too early")
				.contains("ObjectProvider"));
	}

	@Test
	void aPostProcessorThatNeedsItLazilyHarmsNothing() {
		this.runner.withUserConfiguration(LazyPostProcessor.class).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBean(Partner.class).call()).isEqualTo("called");
			assertThat(successes(context.getBean(Brama.class))).isEqualTo(1);
		});
	}

	@Test
	void aBeanThatAFactoryPostProcessorNeedsIsWarnedAbout(CapturedOutput output) {
		this.runner.withUserConfiguration(EarlyByFactoryPostProcessor.class)
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).contains("WARN")
			.contains(
					"@CircuitBreaker on method " + Partner.class.getName() + ".call() has no effect on bean 'partner'")
			.contains("Let the BeanFactoryPostProcessor that needs it do without");
	}

	@Test
	void missingInfrastructureStopsTheApplication() {
		this.runner.withUserConfiguration(WithoutProxies.class)
			.withBean("partner", Partner.class)
			.run((context) -> assertThat(misuse(context.getStartupFailure()))
				.hasMessageContaining("no proxy was made of bean 'partner'")
				.extracting(MisusedCircuitBreakerException::getAction)
				.asString()
				.contains(AopConfigUtils.AUTO_PROXY_CREATOR_BEAN_NAME));
	}

	@Test
	void aFinalClassStopsTheApplicationWithAWordOnTheClass(CapturedOutput output) {
		assertThat(catchThrowable(() -> new SpringApplicationBuilder(BramaAutoConfiguration.class, FinalPartner.class)
			.web(WebApplicationType.NONE)
			.run())).isNotNull();
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("class " + FinalPartner.class.getName() + " is final, so there can be no proxy of it")
			.contains("Remove 'final' from the class");
	}

	@Test
	void aFinalClassBehindAnInterfaceIsGuarded() {
		this.runner.withBean(FinalService.class)
			.withPropertyValues("spring.aop.proxy-target-class=false")
			.run((context) -> {
				assertThat(context.getBean(Service.class).call()).isEqualTo("called");
				assertThat(successes(context.getBean(Brama.class))).isEqualTo(1);
			});
	}

	@Test
	void circularReferencesAreGuardedOnBothSides() {
		this.runner.withBean(Hen.class).withBean(Egg.class).withAllowCircularReferences(true).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBean(Hen.class).egg()).isSameAs(context.getBean(Egg.class));
			assertThat(context.getBean(Egg.class).hatch()).isEqualTo("hatched");
			assertThat(context.getBean(Brama.class).status("hen").orElseThrow().calls().success()).isEqualTo(1);
		});
	}

	@Test
	void anObjectPutThereReadyMadeIsLeftAlone(CapturedOutput output) {
		this.runner.withInitializer((context) -> context.getBeanFactory().registerSingleton("partner", new Partner()))
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).doesNotContain("has no effect");
	}

	@Test
	void aBeanThatIsWrappedByOthersAfterwardsIsLeftAlone(CapturedOutput output) {
		this.runner.withBean(FinalService.class)
			.withPropertyValues("spring.aop.proxy-target-class=false")
			.withBean(Wrapping.class)
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(AopUtils.isAopProxy(context.getBean(Service.class))).isFalse();
				assertThat(context.getBean(Service.class).call()).isEqualTo("wrapped called");
				assertThat(successes(context.getBean(Brama.class))).isEqualTo(1);
			});
		assertThat(output).doesNotContain("has no effect");
	}

	private static long successes(Brama brama) {
		return brama.status("partner").orElseThrow().calls().success();
	}

	private static MisusedCircuitBreakerException misuse(Throwable failure) {
		Throwable cause = failure;
		while (cause != null && !(cause instanceof MisusedCircuitBreakerException)) {
			cause = cause.getCause();
		}
		return (MisusedCircuitBreakerException) cause;
	}

	public static class Partner {

		@CircuitBreaker(identifier = "partner")
		public String call() {
			return "called";
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class EarlyByPostProcessor {

		@Bean
		static Partner partner() {
			return new Partner();
		}

		@Bean
		static Logging logging(Partner partner) {
			return new Logging();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class LazyPostProcessor {

		@Bean
		static Partner partner() {
			return new Partner();
		}

		@Bean
		static Logging logging(@Lazy Partner partner) {
			return new Logging();
		}

	}

	static class Logging implements BeanPostProcessor, Ordered {

		@Override
		public int getOrder() {
			return 0;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class EarlyByFactoryPostProcessor {

		@Bean
		static Partner partner() {
			return new Partner();
		}

		@Bean
		static BeanFactoryPostProcessor needy(Partner partner) {
			return (beanFactory) -> {
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class WithoutProxies {

		@Bean
		static BeanFactoryPostProcessor removing() {
			return (beanFactory) -> ((BeanDefinitionRegistry) beanFactory)
				.removeBeanDefinition(AopConfigUtils.AUTO_PROXY_CREATOR_BEAN_NAME);
		}

	}

	public static final class FinalPartner {

		@CircuitBreaker(identifier = "partner")
		public String call() {
			return "called";
		}

	}

	public interface Service {

		String call();

	}

	public static final class FinalService implements Service {

		@Override
		@CircuitBreaker(identifier = "partner")
		public String call() {
			return "called";
		}

	}

	static class Wrapping implements BeanPostProcessor {

		@Override
		public Object postProcessAfterInitialization(Object bean, String name) {
			return (bean instanceof Service service) ? (Service) () -> "wrapped " + service.call() : bean;
		}

	}

	public static class Hen {

		@Autowired
		Egg egg;

		public Egg egg() {
			return this.egg;
		}

		@CircuitBreaker(identifier = "hen")
		public String lay() {
			return "laid";
		}

	}

	public static class Egg {

		@Autowired
		Hen hen;

		public String hatch() {
			this.hen.lay();
			return "hatched";
		}

	}

}
