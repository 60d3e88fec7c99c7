package io.brama.benchmark.peer;

import java.time.Duration;
import java.util.concurrent.Callable;

import com.linecorp.armeria.client.circuitbreaker.CircuitBreaker;
import com.linecorp.armeria.client.circuitbreaker.CircuitState;
import com.linecorp.armeria.client.circuitbreaker.FailFastException;

/**
 * A breaker of Armeria, used as its client decorator uses it. It knows rates over time
 * only.
 */
final class ArmeriaPeer implements Guarded {

	private final CircuitBreaker breaker;

	ArmeriaPeer(Rule rule) {
		if (rule != Rule.DEFAULT && rule != Rule.TIME_WINDOW) {
			throw Peer.unsupported(rule);
		}
		this.breaker = CircuitBreaker.builder("partner")
			.failureRateThreshold(1)
			.counterSlidingWindow(Duration.ofSeconds((rule == Rule.DEFAULT) ? 20 : 10))
			.circuitOpenWindow(Duration.ofDays(1))
			.build();
	}

	@Override
	public String call(Callable<String> body) throws Exception {
		if (!this.breaker.tryRequest()) {
			throw new FailFastException(this.breaker);
		}
		String result;
		try {
			result = body.call();
		}
		catch (Exception ex) {
			this.breaker.onFailure();
			throw ex;
		}
		if (Peer.isBad(result)) {
			this.breaker.onFailure();
		}
		else {
			this.breaker.onSuccess();
		}
		return result;
	}

	@Override
	public void open() {
		this.breaker.enterState(CircuitState.FORCED_OPEN);
	}

}
