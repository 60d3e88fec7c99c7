package io.brama;

import java.time.Duration;
import java.util.function.ToLongFunction;

import io.brama.Outcome.Failure;
import io.brama.Verdict.Move;
import io.brama.policy.Trip;
import io.brama.policy.TripCounter;
import io.brama.policy.TripPolicy;
import io.brama.policy.Window.Figures;
import org.jspecify.annotations.Nullable;

/**
 * All is well: every call is let in and counted, until a trip rule is met.
 */
final class Closed extends Period {

	private final TripCounter counter;

	/**
	 * Whether every call is let in with this period as its leave; not in mode OFF, and
	 * not where something interferes.
	 */
	private final boolean plain;

	/**
	 * Worked out when the rules change, because every call asks: 6.1 ns instead of 6.6.
	 */
	private volatile boolean untimed;

	Closed(Breaker breaker, Start start, Terms terms) {
		this(breaker, start, terms, new TripCounter(terms.config().tripPolicy(), 0, start.nanoTime()));
	}

	/** Go on counting. */
	private Closed(Breaker breaker, Start start, Terms terms, TripCounter counter) {
		super(breaker, start, terms);
		this.counter = counter;
		this.plain = terms.config().mode() != Mode.OFF && !breaker.traffic().isDisturbed();
		this.untimed = isUntimed();
	}

	boolean isPlain() {
		return this.plain;
	}

	/** Whether a success is only counted: no rule judges it and nobody times it. */
	boolean isSimple() {
		return this.untimed && this.counter.countsOnly();
	}

	private boolean isUntimed() {
		return this.plain && !timesCalls();
	}

	private boolean timesCalls() {
		return config().watchesSlowCalls() || breaker().timesCalls();
	}

	/**
	 * Count a success where that is all there is to it.
	 * @return {@code false} if it is late
	 */
	boolean countSuccess() {
		return breaker().period() == this && this.counter.success();
	}

	@Override
	void begin() {
		ledger().follow(this.counter.successes());
	}

	/** Unless the next period goes on counting with it, the count ends. */
	@Override
	void end(Period next) {
		if (!(next instanceof Closed closed) || closed.counter != this.counter) {
			ledger().endCount();
		}
	}

	@Override
	CircuitState state() {
		return CircuitState.CLOSED;
	}

	@Override
	public boolean isGranted() {
		return true;
	}

	@Override
	boolean needsTime(Outcome outcome) {
		return this.counter.needsTime(outcome instanceof Failure);
	}

	/** Time opens no closed circuit, but windows go with it. */
	@Override
	Verdict judge(long now) {
		this.counter.turn(now);
		return Verdict.STAY;
	}

	@Override
	long untilJudged(long now) {
		return this.counter.untilTurn(now);
	}

	@Override
	void withoutAlarm() {
		this.counter.withoutTurns();
	}

	@Override
	Verdict record(Admission leave, Outcome outcome, boolean slow, long now) {
		if (outcome == Outcome.Ignored.INSTANCE) {
			return Verdict.STAY;
		}
		Failure failure = (outcome instanceof Failure failed) ? failed : null;
		Trip trip = this.counter.record(failure != null, slow, now);
		if (trip != null || (failure != null && failure.trips())) {
			return verdict(trip, failure, now);
		}
		return asksForTurns() ? Verdict.WAKE : Verdict.STAY;
	}

	/** Turns save reading the clock, which calls that are timed do anyway. */
	private boolean asksForTurns() {
		return this.counter.asksForTurns() && !timesCalls();
	}

	private Verdict verdict(@Nullable Trip trip, @Nullable Failure failure, long now) {
		if (trip == null) {
			return Move.toOpen(TransitionCause.FAILURE_TRIPPED, failure, failureCount());
		}
		return switch (trip) {
			case CONSECUTIVE_FAILURES ->
				Move.toOpen(TransitionCause.CONSECUTIVE_FAILURES, failure, consecutiveFailures());
			case FAILURE_RATE -> Move.toOpen(TransitionCause.FAILURE_RATE,
					share(Figures::failures, "failed", failure, now), failureCount());
			case SLOW_CALL_RATE -> Move.toOpen(TransitionCause.SLOW_CALL_RATE,
					share(Figures::slow, "were slow", failure, now), failureCount());
			case TOO_LATE -> Verdict.LATE;
		};
	}

	/** So many as it takes, though a success may have come meanwhile, or another rule. */
	private int consecutiveFailures() {
		int limit = config().tripPolicy().maxAttempts();
		return (limit != TripPolicy.UNLIMITED) ? Math.max(failureCount(), limit) : failureCount();
	}

	/** What a rate says, in the place of what the failure says that completes it. */
	private Failure share(ToLongFunction<Figures> part, String what, @Nullable Failure failure, long now) {
		Figures figures = figures(now);
		String words = (figures != null && figures.calls() >= config().tripPolicy().minimumCalls())
				? part.applyAsLong(figures) + " of " + figures.calls() + " calls " + what : "too many calls " + what;
		return (failure != null) ? failure.because(words) : Outcome.failure(words);
	}

	@Override
	Verdict adopt(CircuitConfig config, long now) {
		this.counter.adopt(config.tripPolicy(), now);
		Verdict verdict = super.adopt(config, now);
		this.untimed = isUntimed();
		return verdict;
	}

	@Override
	Period renewed(Start start) {
		return new Closed(breaker(), start, termsAt(start.nanoTime()), this.counter);
	}

	/** The calls in the window, if a rate is watched. */
	@Nullable Figures figures(long now) {
		return this.counter.figures(now);
	}

	@Override
	int failureCount() {
		return this.counter.failuresInRow();
	}

	/**
	 * The row of openings is broken when the circuit has proved healthy: when it has been
	 * closed for long enough, whatever commands came meanwhile.
	 */
	@Override
	Openings openingsAt(long now) {
		Duration configured = config().backoffResetAfter();
		long proof = (configured != null) ? configured.toNanos() : openings().lastLength();
		return (timeInState(now) >= proof) ? Openings.NONE : openings();
	}

}
