package io.brama.spring.annotation;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;

import io.brama.Brama;
import io.brama.CircuitOpenException;
import io.brama.ConnectionStatus;
import io.brama.spring.autoconfigure.BramaAutoConfiguration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.aop.framework.Advised;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.concurrent.ConcurrentMapCacheManager;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.resilience.annotation.ConcurrencyLimit;
import org.springframework.resilience.annotation.EnableResilientMethods;
import org.springframework.resilience.annotation.Retryable;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.SimpleTransactionStatus;

import static io.brama.Command.because;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The place of the gate among Spring's own annotations: inside {@code @Async},
 * {@code @ConcurrencyLimit} and {@code @Retryable}, outside of {@code @Transactional} and
 * {@code @Cacheable}.
 */
class OrderTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(AopAutoConfiguration.class, BramaAutoConfiguration.class))
		.withUserConfiguration(Everything.class)
		.withBean(Partner.class);

	@Test
	void theGateHasItsPlaceAmongAllOthers() {
		this.runner.run((context) -> assertThat(advice(context.getBean(Partner.class))).containsSubsequence(
				"AnnotationAsyncExecutionInterceptor", "ConcurrencyLimitInterceptor", "RetryAnnotationInterceptor",
				"CircuitBreakerInterceptor", "TransactionInterceptor", "CacheInterceptor"));
	}

	@Test
	void aPropertyMovesTheGate() {
		this.runner.withPropertyValues("brama.aop.order=2147483647")
			.run((context) -> assertThat(advice(context.getBean(Partner.class))).endsWith("CircuitBreakerInterceptor"));
	}

	@Test
	@Tag("T67")
	void everyAttemptPassesTheGate() {
		this.runner.withPropertyValues("brama.max-attempts=3").run((context) -> {
			Partner partner = context.getBean(Partner.class);
			assertThatExceptionOfType(CircuitOpenException.class).isThrownBy(partner::retried);
			assertThat(partner.attempts()).isEqualTo(3);
			assertThat(calls(context.getBean(Brama.class))).isEqualTo(new ConnectionStatus.Calls(0, 3, 0, 3, 0, 0));
		});
	}

	@Test
	@Tag("T67")
	void anOpenCircuitIsNotTriedAgainWhereItsRejectionIsExcluded() {
		this.runner.withPropertyValues("brama.max-attempts=3").run((context) -> {
			Partner partner = context.getBean(Partner.class);
			assertThatException().isThrownBy(partner::retriedUnlessOpen);
			assertThat(partner.attempts()).isEqualTo(3);
			assertThat(calls(context.getBean(Brama.class))).isEqualTo(new ConnectionStatus.Calls(0, 3, 0, 1, 0, 0));
		});
	}

	@Test
	void aRejectedCallBeginsNoTransaction() {
		this.runner.run((context) -> {
			Transactions transactions = context.getBean(Transactions.class);
			context.getBean(Partner.class).transactional();
			assertThat(transactions.log).containsExactly("begin", "commit");
			context.getBean(Brama.class).open("partner", because("maintenance"));
			assertThatExceptionOfType(CircuitOpenException.class)
				.isThrownBy(context.getBean(Partner.class)::transactional);
			assertThat(transactions.log).hasSize(2);
		});
	}

	@Test
	void aFailedCommitIsAFailure() {
		this.runner.run((context) -> {
			context.getBean(Transactions.class).failing = true;
			assertThatException().isThrownBy(context.getBean(Partner.class)::transactional);
			assertThat(calls(context.getBean(Brama.class)).failure()).isEqualTo(1);
		});
	}

	@Test
	void anAsynchronousCallIsRejectedInItsFuture() {
		this.runner.run((context) -> {
			context.getBean(Brama.class).open("partner", because("maintenance"));
			assertThatExceptionOfType(CompletionException.class)
				.isThrownBy(context.getBean(Partner.class).asynchronous()::join)
				.withCauseInstanceOf(CircuitOpenException.class);
		});
	}

	@Test
	void anAsynchronousFailureIsAFailure() {
		this.runner.run((context) -> {
			assertThatExceptionOfType(CompletionException.class)
				.isThrownBy(context.getBean(Partner.class).asynchronous()::join)
				.withCauseInstanceOf(IllegalStateException.class);
			assertThat(calls(context.getBean(Brama.class))).isEqualTo(new ConnectionStatus.Calls(0, 1, 0, 0, 0, 0));
		});
	}

	@Test
	void aCachedAnswerIsBehindTheGate() {
		this.runner.run((context) -> {
			Partner partner = context.getBean(Partner.class);
			assertThat(partner.cached("a")).isEqualTo("fresh a");
			assertThat(partner.cached("a")).isEqualTo("fresh a");
			assertThat(partner.attempts()).isEqualTo(1);
			context.getBean(Brama.class).open("partner", because("maintenance"));
			assertThatExceptionOfType(CircuitOpenException.class).isThrownBy(() -> partner.cached("a"));
		});
	}

	@Test
	void aCachedAnswerIsThereWhileTheCircuitIsOpenIfTheCacheIsOutside() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(AopAutoConfiguration.class, BramaAutoConfiguration.class))
			.withUserConfiguration(CacheOutside.class)
			.withBean(Partner.class)
			.run((context) -> {
				Partner partner = context.getBean(Partner.class);
				assertThat(partner.cached("a")).isEqualTo("fresh a");
				context.getBean(Brama.class).open("partner", because("maintenance"));
				assertThat(partner.cached("a")).isEqualTo("fresh a");
				assertThatExceptionOfType(CircuitOpenException.class).isThrownBy(() -> partner.cached("b"));
			});
	}

	private static ConnectionStatus.Calls calls(Brama brama) {
		return brama.status("partner").orElseThrow().calls();
	}

	private static List<String> advice(Object bean) {
		return Stream.of(((Advised) bean).getAdvisors())
			.map((advisor) -> advisor.getAdvice().getClass().getSimpleName())
			.toList();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableResilientMethods
	@EnableAsync
	@EnableTransactionManagement
	@EnableCaching
	static class Everything {

		@Bean
		CacheManager cacheManager() {
			return new ConcurrentMapCacheManager();
		}

		@Bean
		Transactions transactionManager() {
			return new Transactions();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableCaching(order = 0)
	static class CacheOutside {

		@Bean
		CacheManager cacheManager() {
			return new ConcurrentMapCacheManager();
		}

	}

	/** Only notes what it is asked for. */
	static class Transactions implements PlatformTransactionManager {

		private final List<String> log = new ArrayList<>();

		private boolean failing;

		@Override
		public TransactionStatus getTransaction(TransactionDefinition definition) {
			this.log.add("begin");
			return new SimpleTransactionStatus();
		}

		@Override
		public void commit(TransactionStatus status) {
			if (this.failing) {
				throw new IllegalStateException("connection lost");
			}
			this.log.add("commit");
		}

		@Override
		public void rollback(TransactionStatus status) {
			this.log.add("rollback");
		}

	}

	public static class Partner {

		private int attempts;

		@Retryable(maxRetries = 5, delay = 0)
		@CircuitBreaker(identifier = "partner")
		public void retried() {
			this.attempts++;
			throw new IllegalStateException("no answer");
		}

		@Retryable(maxRetries = 5, delay = 0, excludes = CircuitOpenException.class)
		@CircuitBreaker(identifier = "partner")
		public void retriedUnlessOpen() {
			this.attempts++;
			throw new IllegalStateException("no answer");
		}

		@Transactional
		@CircuitBreaker(identifier = "partner")
		public void transactional() {
		}

		@Async
		@CircuitBreaker(identifier = "partner")
		public CompletableFuture<String> asynchronous() {
			throw new IllegalStateException("no answer");
		}

		@Cacheable("answers")
		@CircuitBreaker(identifier = "partner")
		public String cached(String key) {
			this.attempts++;
			return "fresh " + key;
		}

		@ConcurrencyLimit(2)
		@CircuitBreaker(identifier = "partner")
		public void limited() {
		}

		public int attempts() {
			return this.attempts;
		}

	}

}
