package io.brama.policy;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * A window over the last time, in ten slices: the one that runs and the nine before it.
 * Hence a call counts for at least nine tenths of the duration and at most for all of it.
 * <p>
 * Maintainers: a slice is begun by the first call in it, under the monitor, in the place
 * of one that is ten or more older. Failures and slow calls are counted and rates judged
 * under the monitor. Successes are counted without it, and once for the window and for
 * the totals: a slice remembers how many there were before it. Only while the window, as
 * it stood when the slice began, holds fewer calls than the minimum, they are counted
 * under the monitor. A success that meets the end of its slice may be counted in the
 * next.
 * <p>
 * To read the clock costs 22 ns, all else that is done for a success 7. Where many come,
 * the window asks to be turned in time by somebody else, an alarm; while it is, a success
 * goes to the slice that runs, whatever the time. If the turn comes late, the slice
 * counts as the one just ended, because calls have come to it until now: no call leaves
 * the window too early, some leave it as much too late. If it is a whole slice late, the
 * clock is read again for each call.
 */
final class TimeWindow extends Window {

	private static final int SLICES = 10;

	/** From so many calls in a slice on, an alarm costs less than they do. */
	private static final int BUSY = 256;

	/** Guarded by the monitor, like all that judges. */
	private TripPolicy policy;

	private final long origin;

	private final long sliceLength;

	private final StripedCount successes;

	private final @Nullable Slice[] slices = new Slice[SLICES];

	private volatile Slice current;

	private volatile boolean filling = true;

	private volatile Pace pace = Pace.READ;

	TimeWindow(TripPolicy policy, Duration duration, StripedCount successes, long now) {
		this.policy = policy;
		this.successes = successes;
		this.origin = now;
		this.sliceLength = Math.max(1, (duration.toNanos() + SLICES - 1) / SLICES);
		this.current = new Slice(0, successes.sum());
		this.slices[0] = this.current;
	}

	@Override
	synchronized void adopt(TripPolicy policy) {
		this.policy = policy;
		this.filling = figuresAt(this.current.number).calls() < policy.minimumCalls();
	}

	@Override
	boolean countsOnly() {
		return this.pace == Pace.TURNED && !this.filling;
	}

	@Override
	boolean needsTime(boolean failed) {
		return failed || this.pace != Pace.TURNED;
	}

	@Override
	boolean asksForTurns() {
		return this.pace == Pace.ASKING;
	}

	@Override
	synchronized long untilTurn(long now) {
		if (this.pace == Pace.READ) {
			return Long.MAX_VALUE;
		}
		this.pace = Pace.TURNED;
		return Math.max(0, (this.current.number + 1) * this.sliceLength - (now - this.origin));
	}

	@Override
	synchronized void withoutTurns() {
		this.pace = Pace.READ;
	}

	@Override
	void turn(long now) {
		if (this.pace == Pace.TURNED && sliceAt(now) > this.current.number) {
			turnAt(now);
		}
	}

	private synchronized void turnAt(long now) {
		if (sliceAt(now) > this.current.number) {
			begin(sliceAt(now));
		}
	}

	@Override
	public @Nullable Trip record(boolean failed, boolean slow, long now) {
		Slice slice = this.current;
		if (!failed && !slow && !this.filling && (now == TripCounter.NO_TIME || slice.number >= sliceAt(now))) {
			return this.successes.increment() ? null : Trip.TOO_LATE;
		}
		return recordAndJudge(failed, slow, now);
	}

	private synchronized @Nullable Trip recordAndJudge(boolean failed, boolean slow, long now) {
		if (now != TripCounter.NO_TIME && sliceAt(now) > this.current.number) {
			begin(sliceAt(now));
		}
		Slice slice = this.current;
		if (!failed && !this.successes.increment()) {
			return Trip.TOO_LATE;
		}
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
		return (failed || slow || reachesMinimum) ? this.policy.judge(figures) : null;
	}

	/** End the slice that runs. Under the monitor. */
	private void begin(long number) {
		Slice ended = this.current;
		boolean turned = this.pace == Pace.TURNED;
		boolean late = number - ended.number > 1;
		if (turned && late) {
			this.slices[(int) (ended.number % SLICES)] = null;
			ended.number = number - 1;
			this.slices[(int) (ended.number % SLICES)] = ended;
		}
		Slice slice = new Slice(number, this.successes.sum());
		this.slices[(int) (number % SLICES)] = slice;
		this.filling = figuresAt(number).calls() < this.policy.minimumCalls();
		this.current = slice;
		if (late || slice.before - ended.before + ended.failures < BUSY) {
			this.pace = Pace.READ;
		}
		else {
			this.pace = turned ? Pace.TURNED : Pace.ASKING;
		}
	}

	@Override
	public synchronized Figures figures(long now) {
		long number = this.current.number;
		return figuresAt((now != TripCounter.NO_TIME) ? Math.max(sliceAt(now), number) : number);
	}

	private Figures figuresAt(long number) {
		long successes = this.successes.sum();
		long left = successes;
		long failures = 0;
		long slow = 0;
		for (Slice slice : this.slices) {
			if (slice != null && slice.number > number - SLICES) {
				left = Math.min(left, slice.before);
				failures += slice.failures;
				slow += slice.slow;
			}
		}
		return new Figures(successes - left + failures, failures, slow);
	}

	private long sliceAt(long now) {
		return (now - this.origin) / this.sliceLength;
	}

	/** Who sees to it that a slice ends in time. */
	private enum Pace {

		/** Each call, which reads the clock. */
		READ,

		/** Each call, until somebody promises to. */
		ASKING,

		/** Somebody who has promised to call {@link TimeWindow#turn}. */
		TURNED

	}

	/** A tenth of the window. Failures and slow calls are counted under the monitor. */
	private static final class Slice {

		/** Changes once at most, under the monitor, when the slice has ended. */
		private volatile long number;

		/** The successes before it. */
		private final long before;

		private int failures;

		private int slow;

		Slice(long number, long before) {
			this.number = number;
			this.before = before;
		}

	}

}
