package io.brama.benchmark;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Function;

import io.brama.Brama;
import io.brama.Circuit;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * Finding a circuit by name among many, with a name that is another object each time, as
 * names from requests are.
 */
public class LookupBenchmark extends TimedBenchmark {

	/**
	 * Which library, or a map alone: one whose values are its keys, or one of circuits.
	 */
	@Param({ "MAP", "MAP_OF_CIRCUITS", "BRAMA", "RESILIENCE4J" })
	public String peer = "MAP";

	/** How many circuits there are. */
	@Param({ "10", "10000", "100000" })
	public int circuits;

	private Function<String, @Nullable Object> search = (name) -> name;

	private String[] names = {};

	/** Make the circuits. */
	@Setup
	public void start() {
		switch (this.peer) {
			case "BRAMA" -> {
				Brama brama = Brama.builder().maxConnections(200_000).build();
				start(brama::register, brama::circuit);
			}
			case "RESILIENCE4J" -> {
				CircuitBreakerRegistry registry = CircuitBreakerRegistry.ofDefaults();
				start(registry::circuitBreaker, registry::find);
			}
			case "MAP" -> {
				ConcurrentHashMap<String, String> map = new ConcurrentHashMap<>();
				start((name) -> map.put(name, name), map::get);
			}
			case "MAP_OF_CIRCUITS" -> {
				Brama brama = Brama.builder().maxConnections(200_000).build();
				ConcurrentHashMap<String, Circuit> map = new ConcurrentHashMap<>();
				start((name) -> map.put(name, brama.register(name)), map::get);
			}
			default -> throw new UnsupportedOperationException(this.peer + " is not compared here");
		}
	}

	private void start(Consumer<String> add, Function<String, @Nullable Object> search) {
		this.search = search;
		this.names = new String[this.circuits];
		for (int number = 0; number < this.circuits; number++) {
			String name = "connection-" + number;
			add.accept(name);
			this.names[number] = new String(name);
		}
	}

	/**
	 * Find one.
	 * @return what was found
	 */
	@Benchmark
	public @Nullable Object find() {
		return this.search.apply(this.names[ThreadLocalRandom.current().nextInt(this.names.length)]);
	}

}
