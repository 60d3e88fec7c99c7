package io.brama.benchmark;

import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

import io.brama.benchmark.peer.Guarded;
import io.brama.benchmark.peer.Peer;
import io.brama.benchmark.peer.Rule;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.CompilerControl;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Calls that an open circuit rejects. For {@link Peer#DIRECT} an exception made in
 * advance is thrown instead.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(3)
public class RejectionBenchmark {

	private static final int FRAMES = 64;

	/** Which library. */
	@Param
	public Peer peer = Peer.DIRECT;

	private final Callable<String> body = () -> "good";

	private Guarded guarded = Peer.DIRECT.guarded(Rule.DEFAULT);

	/** Open the circuit. */
	@Setup
	public void start() {
		this.guarded = this.peer.guarded(Rule.DEFAULT);
		this.guarded.open();
	}

	/**
	 * The rejection is caught where the call is made.
	 * @return the rejection
	 */
	@Benchmark
	public Object shallow() {
		try {
			return this.guarded.call(this.body);
		}
		catch (Exception ex) {
			return ex;
		}
	}

	/**
	 * The rejection passes 64 frames.
	 * @return the rejection
	 */
	@Benchmark
	public Object deep() {
		try {
			return below(FRAMES);
		}
		catch (Exception ex) {
			return ex;
		}
	}

	@CompilerControl(CompilerControl.Mode.DONT_INLINE)
	private String below(int frames) throws Exception {
		return (frames == 0) ? this.guarded.call(this.body) : below(frames - 1);
	}

}
