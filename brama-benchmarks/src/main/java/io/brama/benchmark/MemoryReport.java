package io.brama.benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

import io.brama.Brama;
import io.brama.Circuit;
import io.brama.CircuitConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import org.openjdk.jol.info.GraphLayout;

/**
 * Prints how many bytes a circuit takes with all it is found by, as the difference
 * between 10 000 and 5 000 of them, measured with JOL.
 */
public final class MemoryReport {

	private static final int CIRCUITS = 5_000;

	private static final int USES = 200;

	private MemoryReport() {
	}

	/**
	 * Print the report.
	 * @param arguments none
	 */
	public static void main(String[] arguments) {
		System.setProperty("jol.magicFieldOffset", "true"); // lambdas are hidden classes
		row("Brama, idle", (brama) -> {
		}, (circuit) -> {
		});
		row("Brama, used, default rule", (brama) -> {
		}, MemoryReport::use);
		row("Brama, used, last 100 calls", (options) -> options.failureRate(50).window(100), MemoryReport::use);
		row("Brama, used, last 10 s", (options) -> options.failureRate(50).window(Duration.ofSeconds(10)),
				MemoryReport::use);
		try (Brama timed = Brama.builder().measureDurations(true).build()) {
			print("Brama, used, default rule, timed",
					perCircuit(timed, (number) -> use(timed.register("connection-" + number))));
		}
		row("Brama, hot on all cores", (options) -> {
		}, MemoryReport::crowd);
		resilience4j("Resilience4j, idle", 0);
		resilience4j("Resilience4j, used, last 100 calls", USES);
		failsafe("Failsafe, idle", 0);
		failsafe("Failsafe, used, last 100 calls", USES);
		armeria("Armeria, idle", 0);
		armeria("Armeria, used, last 20 s", USES);
	}

	private static void resilience4j(String what, int calls) {
		CircuitBreakerRegistry registry = CircuitBreakerRegistry.ofDefaults();
		print(what, perCircuit(registry, (number) -> {
			CircuitBreaker breaker = registry.circuitBreaker("connection-" + number);
			times(calls, () -> breaker.executeSupplier(() -> "done"));
		}));
	}

	private static void failsafe(String what, int calls) {
		List<Object> breakers = new ArrayList<>(2 * CIRCUITS);
		print(what, perCircuit(breakers, (number) -> {
			var breaker = dev.failsafe.CircuitBreaker.builder().withFailureThreshold(50, 100).build();
			breakers.add(breaker);
			times(calls, breaker::recordSuccess);
		}));
	}

	private static void armeria(String what, int calls) {
		List<Object> breakers = new ArrayList<>(2 * CIRCUITS);
		print(what, perCircuit(breakers, (number) -> {
			var breaker = com.linecorp.armeria.client.circuitbreaker.CircuitBreaker.of("connection-" + number);
			breakers.add(breaker);
			times(calls, breaker::onSuccess);
		}));
	}

	private static void times(int calls, Runnable call) {
		for (int number = 0; number < calls; number++) {
			call.run();
		}
	}

	private static void row(String what, Consumer<CircuitConfig.Builder> options, Consumer<Circuit> use) {
		try (Brama brama = Brama.create()) {
			print(what, perCircuit(brama, (number) -> use.accept(brama.register("connection-" + number, options))));
		}
	}

	private static long perCircuit(Object root, IntConsumer add) {
		for (int number = 0; number < CIRCUITS; number++) {
			add.accept(number);
		}
		GraphLayout.parseInstance(root); // makes what it needs itself
		long before = GraphLayout.parseInstance(root).totalSize();
		for (int number = 0; number < CIRCUITS; number++) {
			add.accept(CIRCUITS + number);
		}
		return (GraphLayout.parseInstance(root).totalSize() - before) / CIRCUITS;
	}

	private static void use(Circuit circuit) {
		for (int call = 0; call < USES; call++) {
			circuit.run(() -> {
			});
			if (call % 3 == 0) {
				circuit.failure("down");
			}
		}
	}

	private static void crowd(Circuit circuit) {
		List<Thread> threads = new ArrayList<>();
		int cores = Runtime.getRuntime().availableProcessors();
		CyclicBarrier together = new CyclicBarrier(cores);
		for (int number = 0; number < cores; number++) {
			Thread thread = new Thread(() -> {
				await(together);
				for (int call = 0; call < 20_000; call++) {
					circuit.success();
				}
			});
			threads.add(thread);
			thread.start();
		}
		threads.forEach(MemoryReport::join);
	}

	private static void await(CyclicBarrier barrier) {
		try {
			barrier.await();
		}
		catch (InterruptedException | BrokenBarrierException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void join(Thread thread) {
		try {
			thread.join();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void print(String what, long bytes) {
		System.out.printf("%-40s %6d B%n", what, bytes);
	}

}
