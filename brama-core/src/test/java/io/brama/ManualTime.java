package io.brama;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * A time that stands still until a test moves it. Moving it runs the timer tasks that
 * come due on the way, in their order, on the thread of the test.
 * <p>
 * The one of the test kit is for all other tests; Maven has the kit wait for the core, so
 * those of the core cannot wait for the kit.
 */
final class ManualTime implements TimeSource {

	static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

	private final PriorityQueue<Task> tasks = new PriorityQueue<>(
			Comparator.comparingLong(Task::due).thenComparingLong(Task::number));

	private final long origin;

	private long elapsed;

	private Duration wallOffset = Duration.ZERO;

	private long numbers;

	private boolean timerStopped;

	ManualTime() {
		this(0);
	}

	/** Begin at this reading of the monotonic clock. */
	ManualTime(long origin) {
		this.origin = origin;
	}

	@Override
	public synchronized long nanoTime() {
		return this.origin + this.elapsed;
	}

	@Override
	public synchronized Instant instant() {
		return START.plusNanos(this.elapsed).plus(this.wallOffset);
	}

	/** Move on, running what comes due on the way. */
	void advance(Duration duration) {
		long target = this.elapsed + duration.toNanos();
		for (Task task = nextDue(target); task != null; task = nextDue(target)) {
			task.action.run();
		}
		synchronized (this) {
			this.elapsed = target;
		}
	}

	/** Let the wall clock jump; the monotonic one does not notice. */
	synchronized void stepWallClock(Duration step) {
		this.wallOffset = this.wallOffset.plus(step);
	}

	/** Let no timer task run any more, as if its thread were starved. */
	synchronized void stopTimer() {
		this.timerStopped = true;
	}

	synchronized int waitingTasks() {
		return this.tasks.size();
	}

	private synchronized Task nextDue(long target) {
		Task first = this.tasks.peek();
		if (this.timerStopped || first == null || first.due > target) {
			return null;
		}
		this.tasks.remove();
		this.elapsed = Math.max(this.elapsed, first.due);
		return first;
	}

	@Override
	public Timer newTimer() {
		return new Timer() {

			private boolean closed;

			@Override
			public Alarm schedule(Duration delay, Runnable task) {
				synchronized (ManualTime.this) {
					Task scheduled = new Task(ManualTime.this.elapsed + delay.toNanos(), ManualTime.this.numbers++,
							task);
					if (!this.closed) {
						ManualTime.this.tasks.add(scheduled);
					}
					return () -> {
						synchronized (ManualTime.this) {
							ManualTime.this.tasks.remove(scheduled);
						}
					};
				}
			}

			@Override
			public void close() {
				synchronized (ManualTime.this) {
					this.closed = true;
					ManualTime.this.tasks.clear();
				}
			}

		};
	}

	private record Task(long due, long number, Runnable action) {
	}

}
