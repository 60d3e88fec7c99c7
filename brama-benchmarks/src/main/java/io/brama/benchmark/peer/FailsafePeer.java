package io.brama.benchmark.peer;

import java.time.Duration;
import java.util.concurrent.Callable;

import dev.failsafe.CircuitBreaker;
import dev.failsafe.CircuitBreakerBuilder;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.FailsafeExecutor;

/**
 * A breaker of Failsafe.
 */
final class FailsafePeer implements Guarded {

	private final CircuitBreaker<String> breaker;

	private final FailsafeExecutor<String> executor;

	FailsafePeer(Rule rule) {
		CircuitBreakerBuilder<String> builder = CircuitBreaker.<String>builder()
			.handle(Exception.class)
			.handleResult(Peer.BAD)
			.withDelay(Duration.ofDays(1))
			.withSuccessThreshold(1);
		switch (rule) {
			case DEFAULT -> builder.withFailureThreshold(10);
			case COUNT_WINDOW -> builder.withFailureThreshold(100, 100);
			case TIME_WINDOW -> builder.withFailureRateThreshold(100, 20, Duration.ofSeconds(10));
			case SLOW_CALLS -> throw Peer.unsupported(rule);
		}
		this.breaker = builder.build();
		this.executor = Failsafe.with(this.breaker);
	}

	@Override
	public String call(Callable<String> body) throws Exception {
		try {
			return this.executor.get(body::call);
		}
		catch (FailsafeException ex) {
			throw (ex.getCause() instanceof Exception cause) ? cause : ex;
		}
	}

	@Override
	public void open() {
		this.breaker.open();
	}

	@Override
	public void halfOpen() {
		this.breaker.halfOpen();
	}

}
