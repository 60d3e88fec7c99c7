package io.brama.benchmark.peer;

import java.time.Duration;
import java.util.concurrent.Callable;

import com.typesafe.config.ConfigFactory;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.pattern.CircuitBreaker;

/**
 * A breaker of Apache Pekko. It knows failures in a row only.
 */
final class PekkoPeer implements Guarded {

	private final CircuitBreaker breaker;

	PekkoPeer(Rule rule) {
		if (rule != Rule.DEFAULT) {
			throw Peer.unsupported(rule);
		}
		ActorSystem system = ActorSystem.create("benchmark",
				ConfigFactory.parseString("pekko.daemonic = on").withFallback(ConfigFactory.load()));
		this.breaker = CircuitBreaker.create(system.scheduler(), 10, Duration.ofDays(1), Duration.ofDays(1));
	}

	@Override
	public String call(Callable<String> body) throws Exception {
		return this.breaker.callWithSyncCircuitBreaker(body,
				(result, error) -> error.isPresent() || Peer.isBad(result.orElse(null)));
	}

	@Override
	public void open() {
		for (int call = 0; call < 10; call++) {
			this.breaker.fail();
		}
	}

}
