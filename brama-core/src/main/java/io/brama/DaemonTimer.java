package io.brama;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A timer on one daemon thread, which starts with the first task. It refuses tasks when
 * it is closed.
 */
final class DaemonTimer implements TimeSource.Timer {

	private final ScheduledThreadPoolExecutor executor;

	DaemonTimer() {
		this.executor = new ScheduledThreadPoolExecutor(1, (task) -> {
			Thread thread = new Thread(task, "brama-timer");
			thread.setDaemon(true);
			return thread;
		});
		this.executor.setRemoveOnCancelPolicy(true);
	}

	@Override
	public TimeSource.Alarm schedule(Duration delay, Runnable task) {
		Future<?> future = this.executor.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
		return () -> future.cancel(false);
	}

	@Override
	public void close() {
		this.executor.shutdownNow();
	}

}
