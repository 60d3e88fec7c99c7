package io.brama.benchmark;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import io.brama.Brama;
import io.brama.Circuit;
import io.brama.TimeSource;

/**
 * Prints what 100 000 circuits in one gate take: the time to make them, the heap, and the
 * time of the cleanup while calls go on. The first round warms up and is not printed.
 */
public final class ManyReport {

	private static final int CIRCUITS = 100_000;

	private static final int ROUNDS = 6;

	private ManyReport() {
	}

	/**
	 * Print the report.
	 * @param arguments none
	 * @throws InterruptedException never
	 */
	public static void main(String[] arguments) throws InterruptedException {
		for (int round = 0; round < ROUNDS; round++) {
			Round result = measure();
			if (round > 0) {
				System.out.printf(Locale.ROOT,
						"%d circuits: made in %.0f ms, %.1f MB; looked through in %.1f ms, all removed in %.1f ms, "
								+ "while %.0f calls/ms went on, the slowest for %.2f ms (otherwise %.0f and %.2f)%n",
						CIRCUITS, millis(result.creation), result.heap / 1e6, millis(result.look),
						millis(result.removal), result.during.perMillisecond(), millis(result.during.slowest),
						result.before.perMillisecond(), millis(result.before.slowest));
			}
		}
	}

	private static double millis(long nanos) {
		return nanos / 1e6;
	}

	private static Round measure() throws InterruptedException {
		HandMovedTime time = new HandMovedTime();
		long empty = heap();
		try (Brama brama = Brama.builder().timeSource(time).maxConnections(CIRCUITS + 1).build()) {
			Circuit busy = brama.register("busy");
			long start = System.nanoTime();
			for (int number = 0; number < CIRCUITS; number++) {
				brama.register("connection-" + number);
			}
			long creation = System.nanoTime() - start;
			long heap = heap() - empty;
			Traffic before = Traffic.during(busy, () -> pause(Duration.ofMillis(200)));
			long[] sweeps = new long[2];
			Traffic during = Traffic.during(busy, () -> {
				sweeps[0] = time.sweep();
				time.ahead = Duration.ofDays(2).toNanos();
				pause(Duration.ofMillis(50));
				sweeps[1] = time.sweep();
			});
			if (brama.all().size() != 1) {
				throw new IllegalStateException("all but the busy circuit must be gone");
			}
			return new Round(creation, heap, sweeps[0], sweeps[1], before, during);
		}
	}

	private static long heap() {
		for (int time = 0; time < 3; time++) {
			System.gc();
		}
		return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
	}

	private static void pause(Duration duration) {
		try {
			TimeUnit.NANOSECONDS.sleep(duration.toNanos());
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** What was measured of one gate: nanoseconds, and bytes of heap. */
	private record Round(long creation, long heap, long look, long removal, Traffic before, Traffic during) {
	}

	/** Calls that another thread made while something else went on. */
	private record Traffic(long calls, long slowest, long duration) {

		static Traffic during(Circuit circuit, Runnable work) throws InterruptedException {
			AtomicBoolean over = new AtomicBoolean();
			AtomicReference<Traffic> result = new AtomicReference<>();
			Thread thread = new Thread(() -> result.set(until(over, circuit)), "calls");
			thread.start();
			work.run();
			over.set(true);
			thread.join();
			return result.get();
		}

		private static Traffic until(AtomicBoolean over, Circuit circuit) {
			long calls = 0;
			long slowest = 0;
			long start = System.nanoTime();
			long last = start;
			while (!over.get()) {
				circuit.run(() -> {
				});
				long now = System.nanoTime();
				slowest = Math.max(slowest, now - last);
				last = now;
				calls++;
			}
			return new Traffic(calls, slowest, last - start);
		}

		double perMillisecond() {
			return this.calls / millis(this.duration);
		}

	}

	/** The time of the machine, put ahead by hand, whose one timer waits for a sign. */
	private static final class HandMovedTime implements TimeSource {

		private final AtomicReference<Runnable> next = new AtomicReference<>(() -> {
		});

		private volatile long ahead;

		/** Run the cleanup, which is the only task. */
		long sweep() {
			long start = System.nanoTime();
			this.next.get().run();
			return System.nanoTime() - start;
		}

		@Override
		public long nanoTime() {
			return System.nanoTime() + this.ahead;
		}

		@Override
		public Instant instant() {
			return Instant.now();
		}

		@Override
		public Timer newTimer() {
			return new Timer() {

				@Override
				public Alarm schedule(Duration delay, Runnable task) {
					HandMovedTime.this.next.set(task);
					return () -> {
					};
				}

				@Override
				public void close() {
				}

			};
		}

	}

}
