package io.brama.benchmark;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.CompilerControl;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What a breaker is made of, to understand the distances between the others.
 */
public class ClockBenchmark extends TimedBenchmark {

	private final AtomicLong sum = new AtomicLong();

	private final IllegalStateException problem = new IllegalStateException("down");

	private volatile long read;

	/**
	 * A volatile read.
	 * @return what was read
	 */
	@Benchmark
	public long volatileRead() {
		return this.read;
	}

	/**
	 * An atomic addition.
	 * @return the sum
	 */
	@Benchmark
	public long addition() {
		return this.sum.incrementAndGet();
	}

	/**
	 * An exception made in advance that leaves a method which is not compiled into its
	 * caller.
	 * @return the exception
	 */
	@Benchmark
	public Object exceptionThatLeavesAMethod() {
		try {
			return fail();
		}
		catch (IllegalStateException ex) {
			return ex;
		}
	}

	@CompilerControl(CompilerControl.Mode.DONT_INLINE)
	private Object fail() {
		throw this.problem;
	}

	/**
	 * Wake a thread that sleeps.
	 * @param sleeper the thread
	 */
	@Benchmark
	public void wake(Sleeper sleeper) {
		LockSupport.unpark(sleeper.thread);
	}

	/**
	 * A read of the wall clock.
	 * @return the time
	 */
	@Benchmark
	public Instant wallClock() {
		return Instant.now();
	}

	/**
	 * A read of the clock.
	 * @return the time
	 */
	@Benchmark
	public long clock() {
		return System.nanoTime();
	}

	/**
	 * Two reads of the clock, as around a call that is timed.
	 * @return the difference
	 */
	@Benchmark
	public long twoClocks() {
		long start = System.nanoTime();
		return this.read + System.nanoTime() - start;
	}

	/** A thread that sleeps whenever it is woken. */
	@State(Scope.Benchmark)
	public static class Sleeper {

		private final Thread thread = new Thread(this::sleep, "sleeper");

		private volatile boolean over;

		private void sleep() {
			while (!this.over) {
				LockSupport.park();
			}
		}

		/** Start it. */
		@Setup
		public void start() {
			this.thread.start();
		}

		/** Wait until it sleeps: it says so somewhat before. */
		@Setup(Level.Invocation)
		public void await() {
			long start = System.nanoTime();
			while (this.thread.getState() != Thread.State.WAITING || System.nanoTime() - start < 100_000) {
				Thread.onSpinWait();
			}
		}

		/** End it. */
		@TearDown
		public void end() {
			this.over = true;
			LockSupport.unpark(this.thread);
		}

	}

}
