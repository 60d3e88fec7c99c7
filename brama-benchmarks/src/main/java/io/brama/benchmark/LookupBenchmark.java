package io.brama.benchmark;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import io.brama.Brama;
import io.brama.Circuit;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Finding a circuit by name among many, with a name that is another object each time, as
 * names from requests are.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(3)
public class LookupBenchmark {

	/** How many circuits there are. */
	@Param({ "10", "10000", "100000" })
	public int circuits;

	private final Brama brama = Brama.builder().maxConnections(200_000).build();

	private final CircuitBreakerRegistry registry = CircuitBreakerRegistry.ofDefaults();

	private final ConcurrentHashMap<String, String> map = new ConcurrentHashMap<>();

	private String[] names = {};

	/** Make the circuits. */
	@Setup(Level.Trial)
	public void start() {
		this.names = new String[this.circuits];
		for (int number = 0; number < this.circuits; number++) {
			String name = "connection-" + number;
			this.map.put(name, name);
			this.brama.circuit(name);
			this.registry.circuitBreaker(name);
			this.names[number] = new String(name);
		}
	}

	private String name() {
		return this.names[ThreadLocalRandom.current().nextInt(this.names.length)];
	}

	/**
	 * A map alone.
	 * @return what is there
	 */
	@Benchmark
	public @Nullable String map() {
		return this.map.get(name());
	}

	/**
	 * This library.
	 * @return the circuit
	 */
	@Benchmark
	public Circuit brama() {
		return this.brama.circuit(name());
	}

	/**
	 * Resilience4j.
	 * @return the breaker
	 */
	@Benchmark
	public Optional<CircuitBreaker> resilience4j() {
		return this.registry.find(name());
	}

}
