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
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.Threads;

/**
 * How long the slowest of 10 000 calls takes when eight threads share a closed circuit.
 * With fewer cores some wait for their turn in between, whatever they call:
 * {@link Peer#DIRECT} shows how long.
 */
@BenchmarkMode(Mode.SampleTime)
@Measurement(iterations = 5, time = 1)
@Threads(8)
public class TailBenchmark extends TimedBenchmark {

	/** Which library. */
	@Param
	public Peer peer = Peer.DIRECT;

	private final Callable<String> good = () -> "good";

	private Guarded guarded = Peer.DIRECT.guarded(Rule.DEFAULT);

	/** Make the circuit. */
	@Setup
	public void start() {
		this.guarded = this.peer.guarded(Rule.DEFAULT);
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

}
