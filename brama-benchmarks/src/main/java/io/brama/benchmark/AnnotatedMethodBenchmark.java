package io.brama.benchmark;

import java.util.concurrent.TimeUnit;

import io.brama.spring.annotation.CircuitBreaker;
import io.brama.spring.autoconfigure.BramaAutoConfiguration;
import org.aopalliance.intercept.MethodInterceptor;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

import org.springframework.aop.Advisor;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.NameMatchMethodPointcut;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/**
 * The closed path of a plain method with {@link CircuitBreaker}, beside what any advice
 * of Spring costs. The claim: at most one and a half times a proxy whose interceptor does
 * nothing, and nothing more allocated.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class AnnotatedMethodBenchmark {

	private final Partner direct = new Partner();

	private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

	private Partner doingNothing = this.direct;

	private Partner chosen = this.direct;

	private Partner guarded = this.direct;

	private String argument = "book";

	/** Make the proxies. */
	@Setup
	public void start() {
		MethodInterceptor nothing = (invocation) -> invocation.proceed();
		this.doingNothing = proxy(new DefaultPointcutAdvisor(nothing));
		NameMatchMethodPointcut pointcut = new NameMatchMethodPointcut();
		pointcut.addMethodName("call");
		this.chosen = proxy(new DefaultPointcutAdvisor(pointcut, nothing));
		this.context.register(BramaAutoConfiguration.class, Partner.class);
		this.context.refresh();
		this.guarded = this.context.getBean(Partner.class);
		if (!AopUtils.isCglibProxy(this.doingNothing) || !AopUtils.isCglibProxy(this.guarded)) {
			throw new IllegalStateException("both must be proxies of the class");
		}
	}

	private Partner proxy(Advisor advisor) {
		ProxyFactory factory = new ProxyFactory(this.direct);
		factory.setProxyTargetClass(true);
		factory.addAdvisor(advisor);
		return (Partner) factory.getProxy();
	}

	/** End the application. */
	@TearDown
	public void stop() {
		this.context.close();
	}

	/**
	 * Call the method itself.
	 * @return what it returns
	 */
	@Benchmark
	public String noProxy() {
		return this.direct.call(this.argument);
	}

	/**
	 * Call it through a proxy with an interceptor that does nothing.
	 * @return what it returns
	 */
	@Benchmark
	public String interceptorThatDoesNothing() {
		return this.doingNothing.call(this.argument);
	}

	/**
	 * Call it through a proxy with an interceptor that does nothing and is for some
	 * methods only, as behind every annotation: Spring looks up by method who is called.
	 * @return what it returns
	 */
	@Benchmark
	public String interceptorOfSomeMethodsThatDoesNothing() {
		return this.chosen.call(this.argument);
	}

	/**
	 * Call it through the gate.
	 * @return what it returns
	 */
	@Benchmark
	public String circuitBreaker() {
		return this.guarded.call(this.argument);
	}

	/** Calls nobody. */
	public static class Partner {

		/**
		 * Answer.
		 * @param argument the answer
		 * @return the argument
		 */
		@CircuitBreaker(identifier = "partner")
		public String call(String argument) {
			return argument;
		}

	}

}
