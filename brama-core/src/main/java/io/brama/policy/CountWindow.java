package io.brama.policy;

import org.jspecify.annotations.Nullable;

/**
 * A window over the last N calls, exact.
 * <p>
 * A success only raises the number of all calls. A failure (a slow call alike) is marked
 * with its number among all calls; it is in the window as long as fewer than N calls came
 * after it. Of the marks only the last ⌈rate × N⌉ are kept: so many in the window reach
 * the rate, and fewer than that are all there. They are kept for the minimum of calls, if
 * that is more, because nothing opens the circuit below it.
 * <p>
 * Maintainers: marks are written and rates judged under the monitor. A success is counted
 * without it, and once for the window and for the totals, except while the window holds
 * fewer calls than the minimum: then every call goes through the monitor, so that exactly
 * the one that reaches the minimum judges.
 */
final class CountWindow extends Window {

	/** Guarded by the monitor, like all that judges. */
	private TripPolicy policy;

	private final StripedCount successes;

	/** The successes that went before. */
	private final long before;

	private final Marks failures;

	/** Made for the first slow call: 32 bytes. Guarded by the monitor. */
	private @Nullable Marks slow;

	private volatile boolean filling = true;

	CountWindow(TripPolicy policy, StripedCount successes) {
		this.policy = policy;
		this.successes = successes;
		this.before = successes.sum();
		this.failures = new Marks(policy.failureRate(), policy);
	}

	@Override
	synchronized void adopt(TripPolicy policy) {
		this.policy = policy;
		this.failures.keep(policy.failureRate(), policy);
		if (this.slow != null) {
			this.slow.keep(policy.slowCallRate(), policy);
		}
		this.filling = calls() < policy.minimumCalls();
	}

	@Override
	public @Nullable Trip record(boolean failed, boolean slow, long now) {
		if (!failed && !slow && !this.filling) {
			return this.successes.increment() ? null : Trip.TOO_LATE;
		}
		return recordAndJudge(failed, slow);
	}

	@Override
	boolean countsOnly() {
		return !this.filling;
	}

	/** All calls so far. Under the monitor. */
	private long calls() {
		return this.successes.sum() - this.before + this.failures.count;
	}

	private synchronized @Nullable Trip recordAndJudge(boolean failed, boolean slow) {
		if (!failed && !this.successes.increment()) {
			return Trip.TOO_LATE;
		}
		long number = calls() + (failed ? 1 : 0);
		if (failed) {
			this.failures.add(number);
		}
		if (slow) {
			this.slow = (this.slow != null) ? this.slow : new Marks(this.policy.slowCallRate(), this.policy);
			this.slow.add(number);
		}
		boolean reachesMinimum = this.filling && number >= this.policy.minimumCalls();
		if (reachesMinimum) {
			this.filling = false;
		}
		return (failed || slow || reachesMinimum) ? this.policy.judge(figuresAfter(number)) : null;
	}

	@Override
	public synchronized Figures figures(long now) {
		return figuresAfter(calls());
	}

	private Figures figuresAfter(long number) {
		long held = Math.min(number, this.policy.window().calls());
		long left = number - held;
		return new Figures(held, this.failures.after(left), (this.slow != null) ? this.slow.after(left) : 0);
	}

	/** The numbers of the last marked calls. Guarded by the monitor of the window. */
	private static final class Marks {

		private static final long[] NONE = {};

		private int most;

		/** The last marks, in the order of their numbers modulo the length. */
		private long[] ring = NONE;

		private long count;

		Marks(@Nullable Rate rate, TripPolicy policy) {
			keep(rate, policy);
		}

		/**
		 * Keep from now on as many marks as reach a rate, or if there is no rule about
		 * them, as many as the window holds calls, for the figures; never fewer than
		 * before, so that a rate that is raised again finds them all.
		 */
		void keep(@Nullable Rate rate, TripPolicy policy) {
			int calls = policy.window().calls();
			int enough = (rate != null) ? Math.max(rate.of(calls), policy.minimumCalls()) : calls;
			this.most = Math.max(this.most, enough);
		}

		void add(long number) {
			if (this.count >= this.ring.length && this.ring.length < this.most) {
				grow();
			}
			this.ring[(int) (this.count % this.ring.length)] = number;
			this.count++;
		}

		/**
		 * The marks that are held stand where they belong in a ring of another length.
		 */
		private void grow() {
			long[] longer = new long[(int) Math.min(this.most, Math.max(4, this.ring.length * 2L))];
			for (long i = this.count - this.ring.length; i < this.count; i++) {
				longer[(int) (i % longer.length)] = this.ring[(int) (i % this.ring.length)];
			}
			this.ring = longer;
		}

		/** How many marks came after a call; all that are kept, if that many did. */
		int after(long number) {
			int low = 0;
			int high = (int) Math.min(this.count, this.ring.length);
			while (low < high) {
				int middle = (low + high) >>> 1;
				if (this.ring[(int) ((this.count - 1 - middle) % this.ring.length)] > number) {
					low = middle + 1;
				}
				else {
					high = middle;
				}
			}
			return low;
		}

	}

}
