package io.brama.spring.cloud;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

import io.brama.TimeSource;

/**
 * Time that passes when a test says so.
 */
public final class ManualTime implements TimeSource {

	private final List<Task> tasks = new ArrayList<>();

	private Duration passed = Duration.ZERO;

	@Override
	public synchronized long nanoTime() {
		return this.passed.toNanos();
	}

	@Override
	public synchronized Instant instant() {
		return Instant.EPOCH.plus(this.passed);
	}

	/** Let time pass and run what is due then. */
	public void advance(Duration duration) {
		takeDue(duration).forEach((task) -> task.work().run());
	}

	private synchronized List<Task> takeDue(Duration duration) {
		this.passed = this.passed.plus(duration);
		List<Task> due = new ArrayList<>();
		for (Iterator<Task> all = this.tasks.iterator(); all.hasNext();) {
			Task task = all.next();
			if (task.due().compareTo(this.passed) <= 0) {
				due.add(task);
				all.remove();
			}
		}
		return due;
	}

	private synchronized Alarm schedule(Task task) {
		this.tasks.add(task);
		return () -> cancel(task);
	}

	private synchronized void cancel(Task task) {
		this.tasks.remove(task);
	}

	@Override
	public Timer newTimer() {
		return new Timer() {

			@Override
			public Alarm schedule(Duration delay, Runnable work) {
				synchronized (ManualTime.this) {
					return ManualTime.this.schedule(new Task(ManualTime.this.passed.plus(delay), work));
				}
			}

			@Override
			public void close() {
				// the tasks end with the test
			}

		};
	}

	/** Something to do at its time. */
	private record Task(Duration due, Runnable work) {
	}

}
