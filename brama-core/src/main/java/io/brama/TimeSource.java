package io.brama;

import java.time.Duration;
import java.time.Instant;

/**
 * Where the time comes from: a monotonic clock for every decision, a wall clock for
 * display, and a timer that follows the monotonic one.
 * <p>
 * Implementations must be thread-safe.
 */
public interface TimeSource {

	/**
	 * Return the monotonic time in nanoseconds from an arbitrary origin. Only differences
	 * have a meaning; the value may be negative and may wrap.
	 * @return the reading
	 */
	long nanoTime();

	/**
	 * Return the wall time. It may jump; nothing is decided by it.
	 * @return the reading
	 */
	Instant instant();

	/**
	 * Create the timer of one {@link Brama}, which closes it when it is closed itself.
	 * The default runs tasks on one daemon thread that starts with the first task.
	 * @return a new timer
	 */
	default Timer newTimer() {
		return new DaemonTimer();
	}

	/**
	 * Return the time of the machine.
	 * @return {@link System#nanoTime()} and the system's clock
	 */
	static TimeSource system() {
		return SystemTime.INSTANCE;
	}

	/**
	 * Runs tasks later. Thread-safe.
	 */
	interface Timer extends AutoCloseable {

		/**
		 * Run a task once, when the delay is over. A task must be short and must not
		 * block.
		 * @param delay the delay from now
		 * @param task the task
		 * @return a handle that takes the task back
		 */
		Alarm schedule(Duration delay, Runnable task);

		/**
		 * Forget all tasks and end the thread. Tasks scheduled later are ignored or
		 * refused by an exception.
		 */
		@Override
		void close();

	}

	/**
	 * A task that waits for its time.
	 */
	interface Alarm {

		/**
		 * Take the task back. No effect when it has run.
		 */
		void cancel();

	}

}
