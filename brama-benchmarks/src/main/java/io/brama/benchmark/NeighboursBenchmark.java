package io.brama.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import io.brama.benchmark.peer.Guarded;
import io.brama.benchmark.peer.Peer;
import io.brama.benchmark.peer.Rule;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.infra.ThreadParams;

/**
 * Calls by two threads, of one circuit or each of its own. Circuits side by side in
 * memory share lines of the cache, where each thread can slow down the other.
 */
@Threads(2)
public class NeighboursBenchmark extends TimedBenchmark {

	/** Which library. */
	@Param
	public Peer peer = Peer.DIRECT;

	/** Where the circuits are. */
	@Param
	public Place place = Place.SHARED;

	private final Callable<String> good = () -> "good";

	private final List<byte[]> between = new ArrayList<>();

	private Guarded first = Peer.DIRECT.guarded(Rule.DEFAULT);

	private Guarded second = this.first;

	/** Make the circuits. */
	@Setup
	public void start() {
		this.first = this.peer.guarded(Rule.DEFAULT);
		for (int kilobyte = 0; this.place == Place.APART && kilobyte < 1_024; kilobyte++) {
			this.between.add(new byte[1_000]);
		}
		this.second = (this.place == Place.SHARED) ? this.first : this.peer.guarded(Rule.DEFAULT);
	}

	/**
	 * A call by one of the threads.
	 * @param caller has the circuit of the thread
	 * @return what it returns
	 * @throws Exception never
	 */
	@Benchmark
	public String success(Caller caller) throws Exception {
		return caller.guarded.call(this.good);
	}

	/** Where the circuits of the two threads are. */
	public enum Place {

		/** There is only one. */
		SHARED,

		/** Made one after the other. */
		ADJACENT,

		/** Made with a megabyte between them. */
		APART

	}

	/** One of the threads. */
	@State(Scope.Thread)
	public static class Caller {

		private Guarded guarded = Peer.DIRECT.guarded(Rule.DEFAULT);

		/**
		 * Choose the circuit.
		 * @param benchmark has them
		 * @param thread knows its number
		 */
		@Setup
		public void choose(NeighboursBenchmark benchmark, ThreadParams thread) {
			this.guarded = (thread.getThreadIndex() % 2 == 0) ? benchmark.first : benchmark.second;
		}

	}

}
