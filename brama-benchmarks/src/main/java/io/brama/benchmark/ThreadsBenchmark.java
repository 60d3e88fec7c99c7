package io.brama.benchmark;

import java.util.concurrent.Callable;

import io.brama.benchmark.peer.Guarded;
import io.brama.benchmark.peer.Peer;
import io.brama.benchmark.peer.Rule;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Calls of one closed circuit by several threads, and by as many with a circuit each.
 * Where there are more threads than cores the throughput is measured, from which
 * {@link Comparison} tells how long a core is busy with a call.
 */
public class ThreadsBenchmark extends TimedBenchmark {

	/** Which library. */
	@Param
	public Peer peer = Peer.DIRECT;

	/** What would open the circuit. */
	@Param
	public Rule rule = Rule.DEFAULT;

	private final Callable<String> good = () -> "good";

	private Guarded guarded = Peer.DIRECT.guarded(Rule.DEFAULT);

	/** Make the circuit. */
	@Setup
	public void start() {
		this.guarded = this.peer.guarded(this.rule);
	}

	/**
	 * A call by one of two threads.
	 * @return what it returns
	 * @throws Exception never
	 */
	@Benchmark
	@Threads(2)
	public String two() throws Exception {
		return this.guarded.call(this.good);
	}

	/**
	 * A call by one of eight threads.
	 * @return what it returns
	 * @throws Exception never
	 */
	@Benchmark
	@Threads(8)
	@BenchmarkMode(Mode.Throughput)
	public String eight() throws Exception {
		return this.guarded.call(this.good);
	}

	/**
	 * A call by one of 64 threads, for so long that each has its turn many times: a
	 * thread that begins late counts its calls by a shorter time.
	 * @return what it returns
	 * @throws Exception never
	 */
	@Benchmark
	@Threads(64)
	@Warmup(iterations = 2, time = 1)
	@Measurement(iterations = 5, time = 1)
	@BenchmarkMode(Mode.Throughput)
	public String sixtyFour() throws Exception {
		return this.guarded.call(this.good);
	}

	/**
	 * A call by one of 64 threads, each of which has a circuit of its own.
	 * @param own the circuit
	 * @return what it returns
	 * @throws Exception never
	 */
	@Benchmark
	@Threads(64)
	@Warmup(iterations = 2, time = 1)
	@Measurement(iterations = 5, time = 1)
	@BenchmarkMode(Mode.Throughput)
	public String sixtyFourApart(Own own) throws Exception {
		return own.guarded.call(this.good);
	}

	/**
	 * The circuit of one thread.
	 */
	@State(Scope.Thread)
	public static class Own {

		private Guarded guarded = Peer.DIRECT.guarded(Rule.DEFAULT);

		/**
		 * Make the circuit.
		 * @param choice which
		 */
		@Setup
		public void start(ThreadsBenchmark choice) {
			this.guarded = choice.peer.guarded(choice.rule);
		}

	}

}
