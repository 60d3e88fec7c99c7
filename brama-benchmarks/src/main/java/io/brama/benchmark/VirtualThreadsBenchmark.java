package io.brama.benchmark;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.stream.Stream;

import io.brama.benchmark.peer.Guarded;
import io.brama.benchmark.peer.Peer;
import io.brama.benchmark.peer.Rule;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.Threads;

/**
 * Calls by virtual threads, 500 for each core, of one closed circuit or of a circuit for
 * each thread. Each makes some calls and gives way to the others. Their start is part of
 * the time; {@link Peer#DIRECT} shows how much. The time is that for which a core is busy
 * with a call. Needs JDK 21 or later.
 */
@Threads(Threads.MAX)
public class VirtualThreadsBenchmark extends TimedBenchmark {

	private static final int THREADS = 500;

	private static final int TURNS = 10;

	private static final int CALLS = 100;

	/** Which library. */
	@Param
	public Peer peer = Peer.DIRECT;

	/** How many circuits they have. */
	@Param({ "1", "" + THREADS })
	public int circuits;

	private final Callable<String> good = () -> "good";

	private Guarded[] guarded = {};

	private ThreadFactory factory = Thread::new;

	/**
	 * Make the circuits.
	 * @throws UnsupportedOperationException if this JVM has no virtual threads
	 */
	@Setup
	public void start() {
		this.guarded = Stream.generate(() -> this.peer.guarded(Rule.DEFAULT))
			.limit(this.circuits)
			.toArray(Guarded[]::new);
		this.factory = virtualThreads();
	}

	/** The compiler knows no more than JDK 17. */
	private static ThreadFactory virtualThreads() {
		try {
			Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
			return (ThreadFactory) Class.forName("java.lang.Thread$Builder").getMethod("factory").invoke(builder);
		}
		catch (ReflectiveOperationException ex) {
			throw new UnsupportedOperationException(
					"virtual threads need JDK 21 or later, this is " + Runtime.version().feature(), ex);
		}
	}

	/**
	 * All threads make their calls.
	 * @throws InterruptedException never
	 */
	@Benchmark
	@OperationsPerInvocation(THREADS * TURNS * CALLS)
	public void fiveHundredForEachCore() throws InterruptedException {
		CountDownLatch working = new CountDownLatch(THREADS);
		for (int number = 0; number < THREADS; number++) {
			Guarded own = this.guarded[number % this.circuits];
			this.factory.newThread(() -> work(own, working)).start();
		}
		working.await();
	}

	@SuppressWarnings("ThreadPriorityCheck") // a virtual thread keeps its core until it
												// gives way
	private void work(Guarded own, CountDownLatch working) {
		try {
			for (int turn = 0; turn < TURNS; turn++) {
				for (int call = 0; call < CALLS; call++) {
					call(own);
				}
				Thread.yield();
			}
		}
		finally {
			working.countDown();
		}
	}

	private void call(Guarded own) {
		try {
			if (own.call(this.good).isEmpty()) {
				throw new IllegalStateException("another result");
			}
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

}
