package io.brama;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

import org.jspecify.annotations.Nullable;

/**
 * Leave for one call. It belongs to the period of the circuit that granted it and takes
 * exactly one outcome; a second one changes nothing, and so does one that comes when the
 * circuit has moved on. What became of an outcome is returned.
 * <p>
 * Closing a permit that has no outcome gives it back: the call is ignored and the place
 * of a trial is free again. Thread-safe.
 */
public final class Permit implements AutoCloseable {

	/** The elapsed time of a call nobody timed. */
	static final long NOT_MEASURED = -1;

	private static final AtomicIntegerFieldUpdater<Permit> SETTLED = AtomicIntegerFieldUpdater.newUpdater(Permit.class,
			"settled");

	private final Admission leave;

	private final long startedAt;

	private volatile int settled;

	Permit(Admission leave) {
		this.leave = leave;
		this.startedAt = leave.period().breaker().traffic().startOfCall(leave);
	}

	/**
	 * Return the state of the circuit that let the call in.
	 * @return the state; OPEN only in a mode that rejects nothing, and never UNKNOWN
	 */
	public CircuitState state() {
		return this.leave.period().state();
	}

	/**
	 * Report that the call succeeded.
	 * @return what became of the outcome
	 */
	public Settlement success() {
		return settle(Outcome.success());
	}

	/**
	 * Report that the call failed.
	 * @param reason why, for people to read
	 * @return what became of the outcome
	 */
	public Settlement failure(@Nullable String reason) {
		return settle(Outcome.failure(reason));
	}

	/**
	 * Report an outcome.
	 * @param outcome the outcome
	 * @return what became of it
	 */
	public Settlement settle(Outcome outcome) {
		ConnectionId.requireGiven(outcome, "outcome of a permit");
		if (this.settled != 0 || !SETTLED.compareAndSet(this, 0, 1)) {
			return Settlement.ALREADY_SETTLED;
		}
		return this.leave.period().breaker().traffic().settle(this.leave, outcome, this.startedAt);
	}

	/**
	 * Run the call. To call its body directly is the same, but for an interference: that
	 * can come between only here. The outcome is not reported by this.
	 * @param <A> what the body works on
	 * @param <T> what the call returns
	 * @param <X> what the call throws
	 * @param argument handed to the body as it is
	 * @param body the call
	 * @return what the call returned
	 * @throws X what the call threw
	 * @see Brama.Builder#interference
	 */
	public <A extends @Nullable Object, T extends @Nullable Object, X extends Throwable> T run(A argument,
			Circuit.Body<? super A, ? extends T, ? extends X> body) throws X {
		ConnectionId.requireGiven(body, "body of a call");
		return this.leave.period().breaker().traffic().run(this.leave, argument, body);
	}

	/**
	 * Say what the end of the call means, as {@link Circuit#call} does; for callers who
	 * must know it. It counts once it is reported, by {@link #settle(Outcome)}.
	 * @param result what the call returned, if it returned something
	 * @param error what the call threw, or {@code null} if it returned
	 * @param handler says what it means
	 * @return what it means
	 */
	public Outcome classify(@Nullable Object result, @Nullable Throwable error, ErrorHandler handler) {
		return Classification.of(result, error, handler, this.leave.period());
	}

	/**
	 * Give the permit back if it has no outcome yet.
	 */
	@Override
	public void close() {
		settle(Outcome.ignored());
	}

	/**
	 * What became of an outcome.
	 */
	public enum Settlement {

		/**
		 * It was taken: it was counted and may have moved the circuit, unless the mode is
		 * OFF or there is no room for the circuit.
		 */
		RECORDED,

		/**
		 * The circuit had moved on; the outcome was counted as late and changed nothing.
		 */
		LATE,

		/** The permit had its outcome already; nothing was counted. */
		ALREADY_SETTLED

	}

}
