package io.brama.benchmark;

import java.util.concurrent.Callable;
import java.util.concurrent.atomic.LongAdder;

import io.brama.Brama;
import io.brama.BramaEvent;
import io.brama.Circuit;
import io.brama.Delivery;
import io.brama.EventFilter;
import io.brama.benchmark.peer.Guarded;
import io.brama.spring.metrics.BramaMetrics;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * Calls of a closed circuit that somebody observes.
 */
public class ObserverBenchmark extends TimedBenchmark {

	/** Which library; events of Resilience4j reach subscribers inside the call. */
	@Param({ "BRAMA", "BRAMA_DIRECT_DELIVERY", "RESILIENCE4J" })
	public String peer = "BRAMA";

	/** Who observes. */
	@Param
	public Observer observer = Observer.NOBODY;

	private final Callable<String> good = () -> "good";

	private final LongAdder heard = new LongAdder();

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	private Guarded guarded = Callable::call;

	/** Make the circuit. */
	@Setup
	public void start() {
		this.guarded = switch (this.peer) {
			case "BRAMA" -> brama(Delivery.ASYNC);
			case "BRAMA_DIRECT_DELIVERY" -> brama(Delivery.DIRECT);
			case "RESILIENCE4J" -> resilience4j();
			default -> throw new UnsupportedOperationException(this.peer + " is not compared here");
		};
	}

	private Guarded brama(Delivery delivery) {
		Brama brama = Brama.builder().delivery(delivery).measureDurations(this.observer == Observer.METERS).build();
		Circuit circuit = brama.register("partner");
		switch (this.observer) {
			case NOBODY -> {
			}
			case METERS, METERS_WITHOUT_DURATIONS -> new BramaMetrics(brama).bindTo(this.meters);
			case SUBSCRIBER ->
				brama.subscribe(EventFilter.types(BramaEvent.Type.SUCCESS), (event) -> this.heard.increment());
		}
		return circuit::call;
	}

	private Guarded resilience4j() {
		CircuitBreakerRegistry registry = CircuitBreakerRegistry.ofDefaults();
		CircuitBreaker breaker = registry.circuitBreaker("partner");
		switch (this.observer) {
			case NOBODY -> {
			}
			case METERS -> TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(registry).bindTo(this.meters);
			case METERS_WITHOUT_DURATIONS -> throw new UnsupportedOperationException("always measures durations");
			case SUBSCRIBER -> breaker.getEventPublisher().onSuccess((event) -> this.heard.increment());
		}
		return breaker::executeCallable;
	}

	/**
	 * One call that succeeds.
	 * @return what it returns
	 * @throws Exception never
	 */
	@Benchmark
	public String success() throws Exception {
		return this.guarded.call(this.good);
	}

	/** Who observes the circuit. */
	public enum Observer {

		/** Nobody. */
		NOBODY,

		/** The meters, as they are by default. */
		METERS,

		/** The meters, of which none wants to know how long calls take. */
		METERS_WITHOUT_DURATIONS,

		/**
		 * A subscriber that is told of each success. Where it is slower than the calls,
		 * some of the events do not reach it.
		 */
		SUBSCRIBER

	}

}
