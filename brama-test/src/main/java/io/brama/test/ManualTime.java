package io.brama.test;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.PriorityQueue;

import io.brama.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * A time that stands still until a test moves it. To move it does what is due on the way,
 * in the order in which it is due, on the thread that moves it: an open circuit whose
 * expiry passes is half-open when {@link #advance} returns.
 * <p>
 * Thread-safe.
 */
public final class ManualTime implements TimeSource {

	/** Where the wall clock stands at first, unless told otherwise. */
	public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

	private final PriorityQueue<Task> tasks = new PriorityQueue<>(
			Comparator.comparingLong(Task::due).thenComparingLong(Task::number));

	private final Instant start;

	private final long origin;

	/** Nanoseconds that have passed on the monotonic clock. */
	private long elapsed;

	/** How far the wall clock is ahead of what has passed since its start. */
	private Duration wallOffset = Duration.ZERO;

	private long numbers;

	/**
	 * Begin at {@link #START}.
	 */
	public ManualTime() {
		this(START);
	}

	/**
	 * Begin at a time of one's own.
	 * @param start what the wall clock shows at first
	 */
	public ManualTime(Instant start) {
		this(start, 0);
	}

	/**
	 * Begin at times of one's own.
	 * @param start what the wall clock shows at first
	 * @param nanoTime what the monotonic clock shows at first: any value, since only
	 * differences of it have a meaning
	 */
	public ManualTime(Instant start, long nanoTime) {
		this.start = Objects.requireNonNull(start, "start of a manual time must not be null");
		this.origin = nanoTime;
	}

	@Override
	public synchronized long nanoTime() {
		return this.origin + this.elapsed;
	}

	@Override
	public synchronized Instant instant() {
		return this.start.plusNanos(this.elapsed).plus(this.wallOffset);
	}

	/**
	 * Let time pass on both clocks.
	 * @param duration how much, not negative
	 * @throws IllegalArgumentException if the duration is negative
	 */
	public void advance(Duration duration) {
		if (duration.isNegative()) {
			throw new IllegalArgumentException("time must advance by a duration that is not negative, was " + duration
					+ "; to set the wall clock back, use stepWallClock");
		}
		long target = after(duration);
		for (Task task = nextDue(target); task != null; task = nextDue(target)) {
			task.action.run();
		}
		moveTo(target);
	}

	private synchronized long after(Duration duration) {
		return this.elapsed + duration.toNanos();
	}

	/** A task may have moved on further itself. */
	private synchronized void moveTo(long target) {
		this.elapsed = Math.max(this.elapsed, target);
	}

	private synchronized @Nullable Task nextDue(long target) {
		Task first = this.tasks.peek();
		if (first == null || first.due > target) {
			return null;
		}
		this.tasks.remove();
		moveTo(first.due);
		return first;
	}

	/**
	 * Let the wall clock jump, as clocks of machines do. The monotonic clock, and so all
	 * circuits, do not notice.
	 * @param step how far; back if negative
	 */
	public synchronized void stepWallClock(Duration step) {
		this.wallOffset = this.wallOffset.plus(step);
	}

	/**
	 * Set the wall clock to the start again. The monotonic clock never runs back, so what
	 * is under way goes on.
	 */
	public synchronized void reset() {
		this.wallOffset = Duration.ofNanos(-this.elapsed);
	}

	@Override
	public Timer newTimer() {
		return new ManualTimer();
	}

	@Override
	public String toString() {
		return "manual time " + instant();
	}

	/** Something to do when it is due. */
	private record Task(Timer timer, long due, long number, Runnable action) {
	}

	/** Its tasks are those of one gate. */
	private final class ManualTimer implements Timer {

		private boolean closed;

		@Override
		public Alarm schedule(Duration delay, Runnable action) {
			synchronized (ManualTime.this) {
				Task task = new Task(this, after(delay), ManualTime.this.numbers++, action);
				if (!this.closed) {
					ManualTime.this.tasks.add(task);
				}
				return () -> cancel(task);
			}
		}

		private void cancel(Task task) {
			synchronized (ManualTime.this) {
				ManualTime.this.tasks.remove(task);
			}
		}

		@Override
		public void close() {
			synchronized (ManualTime.this) {
				this.closed = true;
				ManualTime.this.tasks.removeIf((task) -> task.timer == this);
			}
		}

	}

}
