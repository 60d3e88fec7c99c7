package io.brama.benchmark;

import java.util.concurrent.Callable;

import io.brama.benchmark.peer.Guarded;
import io.brama.benchmark.peer.Peer;
import io.brama.benchmark.peer.Rule;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * Calls that an open circuit rejects, where the other library is told to make no stack
 * traces. This one never does.
 */
public class StacklessRejectionBenchmark extends TimedBenchmark {

	/** Which library. */
	@Param({ "BRAMA", "RESILIENCE4J" })
	public Peer peer = Peer.BRAMA;

	private final Callable<String> body = () -> "good";

	private Guarded guarded = Peer.DIRECT.guarded(Rule.DEFAULT);

	/** Open the circuit. */
	@Setup
	public void start() {
		this.guarded = (this.peer == Peer.RESILIENCE4J) ? Peer.resilience4jWithoutStackTraces()
				: this.peer.guarded(Rule.DEFAULT);
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

}
