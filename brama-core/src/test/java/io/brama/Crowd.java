package io.brama;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Many threads that do the same at the same moment. Whatever one of them throws fails the
 * test, and so does one that does not come to an end.
 */
final class Crowd {

	/** A generous limit, so that a hanging call fails the test instead of the build. */
	private static final long PATIENCE_SECONDS = 60;

	private final List<Throwable> problems = Collections.synchronizedList(new ArrayList<>());

	private final CountDownLatch gun = new CountDownLatch(1);

	private final List<Thread> threads = new ArrayList<>();

	private Crowd(int size, Member member) {
		CountDownLatch ready = new CountDownLatch(size);
		for (int i = 0; i < size; i++) {
			int number = i;
			Thread thread = new Thread(() -> {
				try {
					ready.countDown();
					this.gun.await();
					member.act(number);
				}
				catch (Throwable ex) {
					this.problems.add(ex);
				}
			}, "crowd-" + i);
			thread.setDaemon(true);
			thread.start();
			this.threads.add(thread);
		}
		await(ready);
		this.gun.countDown();
	}

	/** Start the threads; all begin once the last one is there. */
	static Crowd of(int size, Member member) {
		return new Crowd(size, member);
	}

	/** Start the threads and wait for the end of all. */
	static void all(int size, Member member) {
		of(size, member).join();
	}

	/** Whether somebody is still at work. */
	boolean isBusy() {
		return this.threads.stream().anyMatch(Thread::isAlive);
	}

	/** Wait for the end of all. */
	void join() {
		long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
		for (Thread thread : this.threads) {
			try {
				thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
			}
			catch (InterruptedException ex) {
				throw new AssertionError("interrupted while waiting for " + thread, ex);
			}
			if (thread.isAlive()) {
				AssertionError stuck = new AssertionError(thread.getName() + " does not come to an end");
				stuck.setStackTrace(thread.getStackTrace());
				throw stuck;
			}
		}
		if (!this.problems.isEmpty()) {
			throw new AssertionError(this.problems.size() + " of " + this.threads.size() + " threads failed, first by "
					+ this.problems.get(0), this.problems.get(0));
		}
	}

	/** Wait for a latch, but not for ever. */
	static void await(CountDownLatch latch) {
		try {
			if (!latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
				throw new AssertionError("nobody came: the latch still stands at " + latch.getCount());
			}
		}
		catch (InterruptedException ex) {
			throw new AssertionError("interrupted while waiting", ex);
		}
	}

	/** What each thread does. */
	@FunctionalInterface
	interface Member {

		void act(int number) throws Exception;

	}

}
