package io.brama.benchmark;

import org.openjdk.jmh.annotations.Benchmark;

/**
 * What a breaker is made of, to understand the distances between the others.
 */
public class ClockBenchmark extends TimedBenchmark {

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

}
