package io.brama.benchmark;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

import io.brama.benchmark.peer.Guarded;
import io.brama.benchmark.peer.Peer;
import io.brama.benchmark.peer.Rule;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Calls of a half-open circuit that lets one trial in. The libraries that are left out
 * become half-open by the passing of time only.
 */
public class HalfOpenBenchmark extends TimedBenchmark {

	/** Which library. */
	@Param({ "DIRECT", "BRAMA", "RESILIENCE4J", "RESILIENCE4J_LOCK_FREE", "FAILSAFE" })
	public Peer peer = Peer.DIRECT;

	private final Callable<String> good = () -> "good";

	private Guarded guarded = Peer.DIRECT.guarded(Rule.DEFAULT);

	/** Make the circuit. */
	@Setup
	public void start() {
		this.guarded = this.peer.guarded(Rule.DEFAULT);
	}

	/**
	 * The trial that closes the circuit, and the two reads of the clock by which it is
	 * measured.
	 * @param recovering waits for the trial
	 * @return what it returns
	 * @throws Exception never
	 */
	@Benchmark
	public String trialThatCloses(Recovering recovering) throws Exception {
		return this.guarded.call(this.good);
	}

	/**
	 * A call that is rejected because the trial is still on its way.
	 * @param busy has the trial
	 * @return the rejection
	 */
	@Benchmark
	public Object refusedTrial(Busy busy) {
		try {
			return this.guarded.call(this.good);
		}
		catch (Exception ex) {
			return ex;
		}
	}

	/** A circuit that is half-open before each call. */
	@State(Scope.Benchmark)
	public static class Recovering {

		/**
		 * Make it half-open.
		 * @param benchmark has the circuit
		 */
		@Setup(Level.Invocation)
		public void halfOpen(HalfOpenBenchmark benchmark) {
			benchmark.guarded.halfOpen();
		}

	}

	/** A circuit whose trial does not end. */
	@State(Scope.Benchmark)
	public static class Busy {

		private final CountDownLatch begun = new CountDownLatch(1);

		private final CountDownLatch ended = new CountDownLatch(1);

		/**
		 * Begin the trial.
		 * @param benchmark has the circuit
		 * @throws InterruptedException never
		 */
		@Setup
		public void begin(HalfOpenBenchmark benchmark) throws InterruptedException {
			benchmark.guarded.halfOpen();
			Thread thread = new Thread(() -> trial(benchmark.guarded), "trial");
			thread.setDaemon(true);
			thread.start();
			this.begun.await();
			if (benchmark.refusedTrial(this) instanceof String) {
				throw new UnsupportedOperationException("lets every call in");
			}
		}

		private void trial(Guarded guarded) {
			try {
				guarded.call(() -> {
					this.begun.countDown();
					this.ended.await();
					return "good";
				});
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		}

		/** End the trial. */
		@TearDown
		public void end() {
			this.ended.countDown();
		}

	}

}
