package io.brama;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * How many circuits there may be, and who makes room when there are as many.
 * <p>
 * Maintainers: the number of circuits is counted where the registry adds and removes
 * them; threads that add at the same moment may exceed the limit by their number. To look
 * for the longest idle circuits means to look at all, so one look serves many evictions,
 * and a look that found none is not repeated for a second. Candidates are guarded by the
 * monitor.
 */
final class Capacity {

	private static final System.Logger logger = System.getLogger("io.brama");

	private static final int CANDIDATES = 1000;

	private static final long NEXT_LOOK = Duration.ofSeconds(1).toNanos();

	private static final long NEXT_WARNING = Duration.ofMinutes(1).toNanos();

	private final int max;

	private final TimeSource time;

	private final AtomicInteger size = new AtomicInteger();

	private final LongAdder unguarded = new LongAdder();

	private final Queue<Candidate> candidates = new ArrayDeque<>();

	private long lastLook;

	private long lastWarning;

	Capacity(int max, TimeSource time) {
		this.max = max;
		this.time = time;
		this.lastLook = time.nanoTime() - NEXT_LOOK;
		this.lastWarning = time.nanoTime() - NEXT_WARNING;
	}

	void resize(int change) {
		this.size.addAndGet(change);
	}

	/**
	 * Whether there is room for one more circuit, if need be after an eviction, whose
	 * event the caller has delivered.
	 */
	boolean hasRoom(Registry registry) {
		return this.size.get() < this.max || evictOne(registry);
	}

	/** Count a call that is let in although there is no room for its circuit. */
	void letIn(ConnectionId id) {
		this.unguarded.increment();
		warn(id);
	}

	/** How many calls were let in without a circuit. */
	long unguarded() {
		return this.unguarded.sum();
	}

	private synchronized boolean evictOne(Registry registry) {
		if (evictCandidate(registry)) {
			return true;
		}
		long now = this.time.nanoTime();
		if (now - this.lastLook < NEXT_LOOK) {
			return false;
		}
		lookForCandidates(registry, now);
		if (evictCandidate(registry)) {
			return true;
		}
		this.lastLook = now;
		return false;
	}

	private boolean evictCandidate(Registry registry) {
		for (Candidate next = this.candidates.poll(); next != null; next = this.candidates.poll()) {
			if (registry.lastCall(next.circuit.breaker().period()) == next.lastCall
					&& registry.removeIfIdle(next.circuit, Duration.ZERO)) {
				return true;
			}
		}
		return false;
	}

	private void lookForCandidates(Registry registry, long now) {
		registry.all()
			.filter((circuit) -> Registry.isEvictable(circuit.breaker().period()))
			.map((circuit) -> new Candidate(circuit, registry.lastCall(circuit.breaker().period())))
			.sorted(Comparator.comparingLong((candidate) -> candidate.lastCall - now))
			.limit(CANDIDATES)
			.forEach(this.candidates::add);
	}

	private synchronized void warn(ConnectionId id) {
		long now = this.time.nanoTime();
		if (now - this.lastWarning >= NEXT_WARNING) {
			this.lastWarning = now;
			logger.log(Level.WARNING,
					() -> "There is no room for " + id + ": all " + this.max
							+ " circuits (max-connections) are in use or held open. Its calls pass unguarded, as "
							+ unguarded() + " did so far");
		}
	}

	/** A circuit that was idle when looked for. */
	private record Candidate(Circuit circuit, long lastCall) {
	}

}
