package io.brama.benchmark;

import java.util.concurrent.Callable;

import io.brama.benchmark.peer.Guarded;
import io.brama.benchmark.peer.Peer;
import io.brama.benchmark.peer.Rule;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.CompilerControl;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * Calls that an open circuit rejects. For {@link Peer#DIRECT} an exception made in
 * advance is thrown instead.
 */
public class RejectionBenchmark extends TimedBenchmark {

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
