package io.brama.benchmark;

import java.util.concurrent.Callable;

import io.brama.benchmark.peer.Guarded;
import io.brama.benchmark.peer.Peer;
import io.brama.benchmark.peer.Rule;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Calls of one closed circuit that all threads share. In the pairs a success comes before
 * each failure, so that no rule is met.
 */
public class CallBenchmark extends TimedBenchmark {

	/** Which library. */
	@Param
	public Peer peer = Peer.DIRECT;

	/** What would open the circuit. */
	@Param
	public Rule rule = Rule.DEFAULT;

	private final IllegalStateException problem = new IllegalStateException("down");

	private final Callable<String> good = () -> "good";

	private final Callable<String> bad = () -> Peer.BAD;

	private final Callable<String> failing = () -> {
		throw this.problem;
	};

	private Guarded guarded = Peer.DIRECT.guarded(Rule.DEFAULT);

	/** Make the circuit. */
	@Setup
	public void start() {
		this.guarded = this.peer.guarded(this.rule);
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

	/**
	 * A success, and a failure by exception.
	 * @param hole takes the results
	 * @throws Exception never
	 */
	@Benchmark
	public void successAndException(Blackhole hole) throws Exception {
		hole.consume(this.guarded.call(this.good));
		try {
			hole.consume(this.guarded.call(this.failing));
		}
		catch (IllegalStateException ex) {
			hole.consume(ex);
		}
	}

	/**
	 * A success, and a failure by result.
	 * @param hole takes the results
	 * @throws Exception never
	 */
	@Benchmark
	public void successAndBadResult(Blackhole hole) throws Exception {
		hole.consume(this.guarded.call(this.good));
		hole.consume(this.guarded.call(this.bad));
	}

}
