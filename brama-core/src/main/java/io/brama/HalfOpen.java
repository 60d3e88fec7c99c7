package io.brama;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Queue;

import io.brama.ConnectionStatus.Trials;
import io.brama.Outcome.Failure;
import io.brama.Verdict.Move;
import org.jspecify.annotations.Nullable;

/**
 * A limited number of trials finds out whether the connection is well again.
 * <p>
 * Of N places each success and each failure uses one up for good, a trial in flight holds
 * one, and a trial that ends ignored gives its own back. The period closes the circuit at
 * k successes and opens it again once k are out of reach (failures &gt; N - k). Until
 * then fewer than N places are used up, so that one is free or held by a trial; and a
 * trial that does not end by its timeout fails. Hence the period cannot get stuck.
 * <p>
 * Maintainers: all fields are guarded by this object's monitor, and no user code is
 * called while it is held. The first decisive verdict stands: from then on no place is
 * free and every outcome is late. Whoever judges the period meanwhile gets the same
 * verdict, so that the circuit moves even if the thread that brought it about does not
 * come to it.
 */
final class HalfOpen extends Period {

	private final long trialTimeout;

	private final Queue<Trial> inFlight = new ArrayDeque<>(1);

	private int successes;

	private int failures;

	private int failuresInRow;

	/** The first decisive verdict, which stands. */
	private Verdict decision = Verdict.STAY;

	HalfOpen(Breaker breaker, Start start, Terms terms, long trialTimeout, int failureCount) {
		super(breaker, start, terms);
		this.trialTimeout = trialTimeout;
		this.failuresInRow = failureCount;
	}

	@Override
	CircuitState state() {
		return CircuitState.HALF_OPEN;
	}

	@Override
	synchronized Admission admit(long now) {
		if (freePlaces() <= 0) {
			return this;
		}
		Trial trial = new Trial(this, now);
		this.inFlight.add(trial);
		return trial;
	}

	@Override
	synchronized boolean wouldAdmit(long now) {
		long overdue = this.inFlight.stream().filter((trial) -> isOverdue(trial, now)).count();
		return freePlaces() > 0 && this.failures + overdue <= tolerated();
	}

	/**
	 * Fail the trials that are overdue. They are first in the queue: all have the same
	 * timeout.
	 */
	@Override
	synchronized Verdict judge(long now) {
		Trial oldest = this.inFlight.peek();
		while (!isDecided() && oldest != null && isOverdue(oldest, now)) {
			end(oldest);
			countFailure();
			Failure failure = Outcome.failure("no outcome of the trial within " + Text.value(timeout()));
			Instant at = start().at().plusNanos(age(now));
			long elapsed = now - oldest.startedAt();
			ledger().failure(failure, at, elapsed);
			breaker().services().herald().offerFailure(breaker().id(), failure, at, elapsed);
			decide(TransitionCause.TRIAL_TIMED_OUT, failure);
			oldest = this.inFlight.peek();
		}
		return this.decision;
	}

	/** Another number of trials or successes may decide the period at once. */
	@Override
	synchronized Verdict adopt(CircuitConfig config, long now) {
		super.adopt(config, now);
		return decide(TransitionCause.TRIALS_FAILED, null);
	}

	@Override
	synchronized Period renewed(Start start) {
		HalfOpen next = new HalfOpen(breaker(), start, termsAt(start.nanoTime()), this.trialTimeout,
				this.failuresInRow);
		next.successes = this.successes;
		next.failures = this.failures;
		next.decision = this.decision;
		return next;
	}

	/** After how long a trial fails, in nanoseconds, unless a timeout is configured. */
	long trialTimeout() {
		return this.trialTimeout;
	}

	@Override
	synchronized long untilJudged(long now) {
		Trial oldest = this.inFlight.peek();
		if (isDecided() || oldest == null) {
			return isDecided() ? 0 : NEVER;
		}
		return Math.max(0, timeout().toNanos() - (now - oldest.startedAt()));
	}

	@Override
	synchronized Verdict record(Admission leave, Outcome outcome, boolean slow, long now) {
		if (isDecided() || (leave instanceof Trial trial && !end(trial))) {
			return Verdict.LATE;
		}
		if (outcome == Outcome.Success.INSTANCE) {
			this.successes++;
			this.failuresInRow = 0;
			ledger().success();
		}
		Failure failure = (outcome instanceof Failure failed) ? failed : null;
		if (failure != null) {
			countFailure();
		}
		return decide(TransitionCause.TRIALS_FAILED, failure);
	}

	/**
	 * Decide unless that was done before. A failure that trips at once does so while
	 * others would still be tolerated.
	 * @param causeOfFailure why the circuit opens if too many trials have failed
	 * @param failure the failure just counted, if it was one
	 */
	private Verdict decide(TransitionCause causeOfFailure, @Nullable Failure failure) {
		if (isDecided()) {
			return this.decision;
		}
		if (this.successes >= config().successesToClose()) {
			this.decision = Move.to(CircuitState.CLOSED, TransitionCause.TRIALS_SUCCEEDED);
		}
		else if (this.failures > tolerated()) {
			this.decision = Move.toOpen(causeOfFailure, failure, this.failuresInRow);
		}
		else if (failure != null && failure.trips()) {
			this.decision = Move.toOpen(TransitionCause.FAILURE_TRIPPED, failure, this.failuresInRow);
		}
		return this.decision;
	}

	/** How far the trials are. */
	synchronized Trials trials() {
		return new Trials(config().trialCalls(), config().successesToClose(), this.successes, this.failures,
				this.inFlight.size());
	}

	@Override
	synchronized int failureCount() {
		return this.failuresInRow;
	}

	/** End a trial once. Its timeout or its outcome comes first, never both. */
	private boolean end(Trial trial) {
		return this.inFlight.remove(trial);
	}

	private void countFailure() {
		this.failures++;
		this.failuresInRow = Math.max(this.failuresInRow, this.failuresInRow + 1);
	}

	private boolean isDecided() {
		return this.decision instanceof Move;
	}

	private int tolerated() {
		return config().trialCalls() - config().successesToClose();
	}

	private int freePlaces() {
		return isDecided() ? 0 : config().trialCalls() - this.inFlight.size() - this.successes - this.failures;
	}

	/** The timeout as configured by now, or else the one that came with the opening. */
	private Duration timeout() {
		Duration configured = config().trialTimeout();
		return (configured != null) ? configured : Duration.ofNanos(this.trialTimeout);
	}

	private boolean isOverdue(Trial trial, long now) {
		return now - trial.startedAt() >= timeout().toNanos();
	}

}
