package io.brama.benchmark.peer;

import java.time.Duration;
import java.util.concurrent.Callable;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowSynchronizationStrategy;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;

/**
 * A breaker of Resilience4j. Its default is a window of 100 calls.
 */
final class Resilience4jPeer implements Guarded {

	private final CircuitBreaker breaker;

	Resilience4jPeer(Rule rule, boolean lockFree) {
		this(rule, lockFree, true);
	}

	Resilience4jPeer(Rule rule, boolean lockFree, boolean stackTraces) {
		boolean timed = rule == Rule.TIME_WINDOW;
		CircuitBreakerConfig config = CircuitBreakerConfig.custom()
			.failureRateThreshold(100)
			.slidingWindow(timed ? 10 : 100, timed ? 20 : 100,
					timed ? SlidingWindowType.TIME_BASED : SlidingWindowType.COUNT_BASED,
					lockFree ? SlidingWindowSynchronizationStrategy.LOCK_FREE
							: SlidingWindowSynchronizationStrategy.SYNCHRONIZED)
			.slowCallDurationThreshold(Duration.ofSeconds(10))
			.waitDurationInOpenState(Duration.ofDays(1))
			.permittedNumberOfCallsInHalfOpenState(1)
			.recordResult(Peer::isBad)
			.writableStackTraceEnabled(stackTraces)
			.build();
		this.breaker = CircuitBreaker.of("partner", config);
	}

	@Override
	public String call(Callable<String> body) throws Exception {
		return this.breaker.executeCallable(body);
	}

	@Override
	public void open() {
		this.breaker.transitionToOpenState();
	}

	@Override
	public void halfOpen() {
		open();
		this.breaker.transitionToHalfOpenState();
	}

}
