package io.brama.policy;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

import org.jspecify.annotations.Nullable;

/**
 * A window over the last time, in ten slices: the one that runs and the nine before it.
 * Hence a call counts for at least nine tenths of the duration and at most for all of it.
 * <p>
 * Maintainers: a slice is begun by the first call in it, under the monitor, in the place
 * of one that is ten or more older. Failures and slow calls are counted and rates judged
 * under the monitor. A success writes the striped counter of its slice without it, except
 * while the window, as it stood when the slice began, holds fewer calls than the minimum.
 * A success that meets the end of its slice may be counted in the slice just ended; that
 * one is in the window as well.
 */
final class TimeWindow extends Window {

	private static final int SLICES = 10;

	/** Guarded by the monitor, like all that judges. */
	private TripPolicy policy;

	private final long origin;

	private final long sliceLength;

	private final @Nullable Slice[] slices = new Slice[SLICES];

	private volatile Slice current = new Slice(0);

	private volatile boolean filling = true;

	TimeWindow(TripPolicy policy, Duration duration, long now) {
		this.policy = policy;
		this.origin = now;
		this.sliceLength = Math.max(1, (duration.toNanos() + SLICES - 1) / SLICES);
		this.slices[0] = this.current;
	}

	@Override
	synchronized void adopt(TripPolicy policy) {
		this.policy = policy;
		this.filling = figuresAt(this.current.number).calls() < policy.minimumCalls();
	}

	@Override
	public boolean needsTime() {
		return true;
	}

	@Override
	public @Nullable Trip record(boolean failed, boolean slow, long now) {
		Slice slice = this.current;
		if (!failed && !slow && !this.filling && slice.number >= sliceAt(now)) {
			slice.calls.increment();
			return null;
		}
		return recordAndJudge(failed, slow, now);
	}

	private synchronized @Nullable Trip recordAndJudge(boolean failed, boolean slow, long now) {
		Slice slice = this.current;
		long number = sliceAt(now);
		if (slice.number < number) {
			slice = new Slice(number);
			this.slices[(int) (number % SLICES)] = slice;
			this.filling = figuresAt(number).calls() < this.policy.minimumCalls();
			this.current = slice;
		}
		slice.calls.increment();
		slice.failures += failed ? 1 : 0;
		slice.slow += slow ? 1 : 0;
		if (!failed && !slow && !this.filling) {
			return null;
		}
		Figures figures = figuresAt(slice.number);
		boolean reachesMinimum = this.filling && figures.calls() >= this.policy.minimumCalls();
		if (reachesMinimum) {
			this.filling = false;
		}
		return (failed || slow || reachesMinimum)
				? this.policy.judge(figures.calls(), figures.failures(), figures.slow()) : null;
	}

	@Override
	public synchronized Figures figures(long now) {
		return figuresAt(Math.max(sliceAt(now), this.current.number));
	}

	private Figures figuresAt(long number) {
		long calls = 0;
		long failures = 0;
		long slow = 0;
		for (Slice slice : this.slices) {
			if (slice != null && slice.number > number - SLICES) {
				calls += slice.calls.sum();
				failures += slice.failures;
				slow += slice.slow;
			}
		}
		return new Figures(calls, failures, slow);
	}

	private long sliceAt(long now) {
		return (now - this.origin) / this.sliceLength;
	}

	/** The calls of a tenth of the window. Failures and slow calls under the monitor. */
	private static final class Slice {

		private final long number;

		private final LongAdder calls = new LongAdder();

		private int failures;

		private int slow;

		Slice(long number) {
			this.number = number;
		}

	}

}
