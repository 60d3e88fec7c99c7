package io.brama;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.brama.Outcome.Failure;
import io.brama.Permit.Settlement;

/**
 * What a circuit ought to do, written down from the design in the plainest way: one
 * thread, lists instead of counters, every figure computed anew when asked for. The real
 * circuit is held against it.
 */
final class ReferenceCircuit {

	private final boolean timerRuns;

	private long now;

	private Era era;

	private int row;

	private long lastOpeningLength;

	final List<Change> changes = new ArrayList<>();

	final Told told = new Told();

	ReferenceCircuit(Options options, boolean timerRuns) {
		this.timerRuns = timerRuns;
		this.era = new Era(CircuitState.CLOSED, options, new Totals(), TransitionCause.REGISTERED, null, null);
	}

	// Calls

	/** Return the leave, or {@code null} for a rejection. */
	Leave acquire() {
		judge();
		if (this.era.options.mode() == Mode.OFF) {
			return new Leave(this.era, this.now, true, false);
		}
		if (this.era.state == CircuitState.CLOSED) {
			return new Leave(this.era, this.now, false, true);
		}
		if (this.era.state == CircuitState.HALF_OPEN && this.era.freePlaces() > 0) {
			Leave trial = new Leave(this.era, this.now, false, true);
			this.era.inFlight.add(trial);
			return trial;
		}
		this.told.rejected++;
		if (this.era.options.mode() == Mode.OBSERVE) {
			return new Leave(this.era, this.now, true, true);
		}
		this.era.totals.rejected++;
		return null;
	}

	Settlement settle(Leave leave, Outcome outcome) {
		if (leave.settled) {
			return Settlement.ALREADY_SETTLED;
		}
		leave.settled = true;
		Duration slowAfter = leave.era.options.slowAfter();
		boolean slow = slowAfter != null && this.now - leave.startedAt >= slowAfter.toNanos();
		if (leave.passes) {
			if (leave.counts && leave.era != this.era) {
				return late();
			}
			if (leave.counts) {
				count(leave.era.totals, outcome, slow);
			}
			return Settlement.RECORDED;
		}
		boolean trial = leave.era.state == CircuitState.HALF_OPEN;
		if (trial && leave.era == this.era) {
			judge();
		}
		if (leave.era != this.era || (trial && !this.era.inFlight.remove(leave))) {
			return late();
		}
		return record(outcome, slow);
	}

	Settlement report(Outcome outcome) {
		judge();
		if (this.era.options.mode() == Mode.OFF) {
			return Settlement.RECORDED;
		}
		if (this.era.state != CircuitState.OPEN) {
			return record(outcome, false);
		}
		if (this.era.options.mode() == Mode.ENFORCE) {
			return late();
		}
		count(this.era.totals, outcome, false);
		return Settlement.RECORDED;
	}

	private Settlement late() {
		this.era.totals.late++;
		return Settlement.LATE;
	}

	private Settlement record(Outcome outcome, boolean slow) {
		count(this.era.totals, outcome, slow);
		if (outcome.equals(Outcome.ignored())) {
			return Settlement.RECORDED;
		}
		Failure failure = (outcome instanceof Failure failed) ? failed : null;
		this.era.failuresInRow = (failure != null) ? this.era.failuresInRow + 1 : 0;
		if (this.era.state == CircuitState.HALF_OPEN) {
			this.era.trialsEnded.add(failure == null);
			decideTrials(TransitionCause.TRIALS_FAILED, failure);
		}
		else {
			judgeCalls(failure, slow);
		}
		return Settlement.RECORDED;
	}

	private void count(Totals totals, Outcome outcome, boolean slow) {
		if (outcome.equals(Outcome.ignored())) {
			totals.ignored++;
			this.told.ignored++;
			return;
		}
		totals.slow += slow ? 1 : 0;
		if (outcome instanceof Failure failure) {
			totals.failed(failure.reason(), at());
			this.told.failure++;
		}
		else {
			totals.success++;
			this.told.success++;
		}
	}

	// Rules

	private void judgeCalls(Failure failure, boolean slow) {
		Options options = this.era.options;
		long before = window().size();
		this.era.calls.add(new Call(this.now, failure != null, slow));
		if (failure != null && this.era.failuresInRow >= options.maxAttempts()) {
			open(TransitionCause.CONSECUTIVE_FAILURES, failure, failure.reason());
			return;
		}
		List<Call> calls = window();
		boolean judged = failure != null || slow
				|| (before < options.minimumCalls() && calls.size() >= options.minimumCalls());
		long failed = calls.stream().filter(Call::failed).count();
		long slowOnes = calls.stream().filter(Call::slow).count();
		if (judged && isReached(options.failureRate(), failed, calls)) {
			open(TransitionCause.FAILURE_RATE, failure, failed + " of " + calls.size() + " calls failed");
		}
		else if (judged && isReached(options.slowRate(), slowOnes, calls)) {
			open(TransitionCause.SLOW_CALL_RATE, failure, slowOnes + " of " + calls.size() + " calls were slow");
		}
		else if (failure != null && failure.trips()) {
			open(TransitionCause.FAILURE_TRIPPED, failure, failure.reason());
		}
	}

	private boolean isReached(Double percent, long part, List<Call> calls) {
		return percent != null && calls.size() >= this.era.options.minimumCalls() && BigDecimal.valueOf(part * 100)
			.compareTo(BigDecimal.valueOf(percent).multiply(BigDecimal.valueOf(calls.size()))) >= 0;
	}

	/**
	 * The calls that count: the last N, or those of the running tenth of the duration and
	 * of the nine before it.
	 */
	private List<Call> window() {
		Options options = this.era.options;
		if (options.windowDuration() == null) {
			int size = this.era.calls.size();
			return this.era.calls.subList(Math.max(0, size - options.windowCalls()), size);
		}
		return this.era.calls.stream().filter((call) -> tenth(call.at) > tenth(this.now) - 10).toList();
	}

	private long tenth(long time) {
		long length = (this.era.options.windowDuration().toNanos() + 9) / 10;
		return (time - this.era.windowSince) / length;
	}

	private void decideTrials(TransitionCause causeOfFailure, Failure failure) {
		long successes = this.era.trialsEnded.stream().filter((succeeded) -> succeeded).count();
		long failures = this.era.trialsEnded.size() - successes;
		if (successes >= this.era.options.successesToClose()) {
			move(CircuitState.CLOSED, TransitionCause.TRIALS_SUCCEEDED, null, null, null);
		}
		else if (failures > this.era.options.trialCalls() - this.era.options.successesToClose()) {
			String reason = (failure != null) ? failure.reason() : null;
			open(causeOfFailure, failure,
					(causeOfFailure == TransitionCause.TRIAL_TIMED_OUT) ? timeoutReason() : reason);
		}
		else if (failure != null && failure.trips()) {
			open(TransitionCause.FAILURE_TRIPPED, failure, failure.reason());
		}
	}

	// Time

	/**
	 * Let time go by; what comes due on the way is noticed when it is due, and what is
	 * overdue because of another configuration as soon as time goes by.
	 */
	void advance(Duration duration) {
		long target = this.now + duration.toNanos();
		for (long due = nextDue(); this.timerRuns && due <= target; due = nextDue()) {
			this.now = Math.max(this.now, due);
			judge();
		}
		this.now = target;
	}

	private long nextDue() {
		if (this.era.state == CircuitState.OPEN) {
			return this.era.endsAt;
		}
		return this.era.inFlight.isEmpty() ? Long.MAX_VALUE
				: this.era.inFlight.get(0).startedAt + trialTimeout().toNanos();
	}

	private void judge() {
		while (nextDue() <= this.now) {
			if (this.era.state == CircuitState.OPEN) {
				this.told.expiryReached++;
				move(CircuitState.HALF_OPEN, TransitionCause.EXPIRY_REACHED, null, null, null);
			}
			else {
				this.era.inFlight.remove(0);
				this.era.trialsEnded.add(false);
				this.era.failuresInRow++;
				this.era.totals.failed(timeoutReason(), at());
				this.told.failure++;
				decideTrials(TransitionCause.TRIAL_TIMED_OUT, null);
			}
		}
	}

	/** As configured by now, or else as it came with the opening. */
	private Duration trialTimeout() {
		Duration configured = this.era.options.trialTimeout();
		return (configured != null) ? configured : this.era.trialTimeout;
	}

	private String timeoutReason() {
		return "no outcome of the trial within " + Text.value(trialTimeout());
	}

	// Commands and configuration

	void open(Command command) {
		Duration usual = expiryOfNextOpening();
		Duration own = (command.duration() != null) ? command.duration() : usual;
		boolean trialsAsUsual = command.lasts();
		boolean endless = command.lasts() && command.duration() == null;
		open(endless ? null : own, trialsAsUsual ? this.era.options.expiry() : own, TransitionCause.OPERATOR,
				command.reason(), command.actor());
	}

	void halfOpen(Command command) {
		move(CircuitState.HALF_OPEN, TransitionCause.OPERATOR, command.reason(), command.actor(), null);
	}

	void close(Command command) {
		move(CircuitState.CLOSED, TransitionCause.OPERATOR, command.reason(), command.actor(), null);
	}

	void reset(Command command) {
		move(CircuitState.CLOSED, TransitionCause.OPERATOR, command.reason(), command.actor(), null);
		this.era.totals = new Totals();
		this.row = 0;
		this.lastOpeningLength = 0;
	}

	void configure(Options options) {
		Options before = this.era.options;
		if (!before.equals(options)) {
			this.told.reconfigured++;
		}
		if (!before.looksAsFarBackAs(options)) {
			this.era.calls.clear();
			this.era.windowSince = this.now;
		}
		this.era.options = options;
		if (before.mode() != options.mode()) {
			renew("another mode is configured", null);
		}
		else if (this.era.state == CircuitState.HALF_OPEN) {
			decideTrials(TransitionCause.TRIALS_FAILED, null);
		}
	}

	void mode(Mode mode, Command command) {
		Options before = this.era.options;
		if (before.mode() != mode) {
			this.told.reconfigured++;
			this.era.options = before.with(before.maxAttempts(), mode);
			renew(command.reason(), command.actor());
		}
	}

	/** Another mode begins another period, in which all else goes on. */
	private void renew(String reason, String actor) {
		Era before = this.era;
		Duration rest = remaining();
		move(before.state, TransitionCause.OPERATOR, reason, actor, rest);
		this.era.failuresInRow = before.failuresInRow;
		this.era.calls.addAll(before.calls);
		this.era.windowSince = before.windowSince;
		this.era.trialsEnded.addAll(before.trialsEnded);
		this.era.endsAt = (before.endsAt != Long.MAX_VALUE) ? Math.max(before.endsAt, this.now) : Long.MAX_VALUE;
		this.era.trialTimeout = before.trialTimeout;
		this.era.trialTimeoutByDefault = before.trialTimeoutByDefault;
	}

	// Transitions

	private void open(TransitionCause cause, Failure failure, String reason) {
		Duration wish = (failure != null) ? failure.retryAfter() : null;
		Duration longest = this.era.options.maxRetryAfter();
		Duration expiry = (wish != null) ? ((wish.compareTo(longest) < 0) ? wish : longest) : expiryOfNextOpening();
		open(expiry, expiry, cause, reason, null);
	}

	private Duration expiryOfNextOpening() {
		Options options = this.era.options;
		if (!options.progressive()) {
			return options.expiry();
		}
		int number = Math.max(1, consecutiveOpenings() + ((this.era.state == CircuitState.OPEN) ? 0 : 1));
		BigDecimal nanos = BigDecimal.valueOf(options.initial().toNanos())
			.multiply(BigDecimal.valueOf(options.factor()).pow(number - 1));
		BigDecimal max = BigDecimal.valueOf(options.max().toNanos());
		return Duration.ofNanos(nanos.min(max).longValue());
	}

	/** Open for a time, or if there is none until told otherwise. */
	private void open(Duration expiry, Duration trialTimeout, TransitionCause cause, String reason, String actor) {
		boolean wasOpen = this.era.state == CircuitState.OPEN;
		int number = consecutiveOpenings() + (wasOpen ? 0 : 1);
		move(CircuitState.OPEN, cause, reason, actor, expiry);
		this.row = number;
		this.era.endsAt = (expiry != null) ? this.now + expiry.toNanos() : Long.MAX_VALUE;
		this.era.trialTimeoutByDefault = trialTimeout;
	}

	private void move(CircuitState next, TransitionCause cause, String reason, String actor, Duration expiry) {
		Era before = this.era;
		this.row = consecutiveOpenings();
		if (before.state == CircuitState.OPEN) {
			this.lastOpeningLength = this.now - before.inStateSince;
		}
		this.changes.add(new Change(before.state, next, cause, reason, actor, before.failuresInRow,
				(next == CircuitState.OPEN) ? expiry : null));
		this.era = new Era(next, before.options, before.totals, cause, reason, actor);
		this.era.inStateSince = (before.state == next) ? before.inStateSince : this.now;
		this.era.failuresInRow = (next == CircuitState.CLOSED) ? 0 : before.failuresInRow;
		if (next == CircuitState.HALF_OPEN) {
			this.era.trialTimeout = switch (before.state) {
				case OPEN -> before.trialTimeoutByDefault;
				case HALF_OPEN -> before.trialTimeout;
				default -> before.options.expiry();
			};
		}
	}

	// What can be seen

	Instant at() {
		return ManualTime.START.plusNanos(this.now);
	}

	CircuitState state() {
		boolean blank = this.era.totals.success + this.era.totals.failure + this.era.totals.ignored == 0;
		return (this.era.state == CircuitState.CLOSED && blank) ? CircuitState.UNKNOWN : this.era.state;
	}

	/** The row of openings ends when the circuit has stayed closed for long enough. */
	int consecutiveOpenings() {
		Duration proof = this.era.options.backoffResetAfter();
		boolean proven = this.now
				- this.era.inStateSince >= ((proof != null) ? proof.toNanos() : this.lastOpeningLength);
		return (this.era.state == CircuitState.CLOSED && proven) ? 0 : this.row;
	}

	Instant openedAt() {
		return (this.era.state == CircuitState.OPEN) ? ManualTime.START.plusNanos(this.era.inStateSince) : null;
	}

	Duration remaining() {
		boolean ends = this.era.state == CircuitState.OPEN && this.era.endsAt != Long.MAX_VALUE;
		return ends ? Duration.ofNanos(Math.max(0, this.era.endsAt - this.now)) : null;
	}

	boolean isAvailable() {
		if (this.era.options.mode() != Mode.ENFORCE) {
			return true;
		}
		return switch (this.era.state) {
			case OPEN -> this.era.endsAt <= this.now;
			case HALF_OPEN -> isPlaceFree();
			default -> true;
		};
	}

	private boolean isPlaceFree() {
		long failures = this.era.trialsEnded.stream().filter((succeeded) -> !succeeded).count();
		long overdue = this.era.inFlight.stream()
			.filter((trial) -> this.now - trial.startedAt >= trialTimeout().toNanos())
			.count();
		int tolerated = this.era.options.trialCalls() - this.era.options.successesToClose();
		return this.era.freePlaces() > 0 && failures + overdue <= tolerated;
	}

	Double failureRate() {
		return rate(window().stream().filter(Call::failed).count());
	}

	Double slowCallRate() {
		return (this.era.options.slowRate() != null) ? rate(window().stream().filter(Call::slow).count()) : null;
	}

	private Double rate(long part) {
		Options options = this.era.options;
		int calls = window().size();
		boolean shown = options.hasWindow() && this.era.state == CircuitState.CLOSED && calls >= options.minimumCalls();
		return shown ? (double) part / calls : null;
	}

	Era era() {
		return this.era;
	}

	Options options() {
		return this.era.options;
	}

	/** The options that matter here; what may be {@code null} was not configured. */
	record Options(int maxAttempts, int trialCalls, int successesToClose, boolean progressive, Duration expiry,
			Duration initial, Duration max, double factor, Double failureRate, int windowCalls, Duration windowDuration,
			int minimumCalls, Double slowRate, Duration slowAfter, Duration trialTimeout, Duration backoffResetAfter,
			Duration maxRetryAfter, Mode mode) {

		boolean hasWindow() {
			return this.failureRate != null || this.slowRate != null;
		}

		boolean looksAsFarBackAs(Options other) {
			return hasWindow() && other.hasWindow() && this.windowCalls == other.windowCalls
					&& Objects.equals(this.windowDuration, other.windowDuration);
		}

		Options with(int maxAttempts, Mode mode) {
			return new Options(maxAttempts, this.trialCalls, this.successesToClose, this.progressive, this.expiry,
					this.initial, this.max, this.factor, this.failureRate, this.windowCalls, this.windowDuration,
					this.minimumCalls, this.slowRate, this.slowAfter, this.trialTimeout, this.backoffResetAfter,
					this.maxRetryAfter, mode);
		}

		Options withTrials(int trialCalls, int successesToClose) {
			return new Options(this.maxAttempts, trialCalls, successesToClose, this.progressive, this.expiry,
					this.initial, this.max, this.factor, this.failureRate, this.windowCalls, this.windowDuration,
					this.minimumCalls, this.slowRate, this.slowAfter, this.trialTimeout, this.backoffResetAfter,
					this.maxRetryAfter, this.mode);
		}

		Options withRate(double failureRate, int windowCalls, Duration windowDuration, int minimumCalls) {
			return new Options(this.maxAttempts, this.trialCalls, this.successesToClose, this.progressive, this.expiry,
					this.initial, this.max, this.factor, failureRate, windowCalls, windowDuration, minimumCalls,
					this.slowRate, this.slowAfter, this.trialTimeout, this.backoffResetAfter, this.maxRetryAfter,
					this.mode);
		}

		Options withTimes(Duration expiry, Duration trialTimeout, Duration backoffResetAfter) {
			return new Options(this.maxAttempts, this.trialCalls, this.successesToClose, this.progressive, expiry,
					this.initial, this.max, this.factor, this.failureRate, this.windowCalls, this.windowDuration,
					this.minimumCalls, this.slowRate, this.slowAfter, trialTimeout, backoffResetAfter,
					this.maxRetryAfter, this.mode);
		}

		/** Tell a real circuit, all at once. */
		<B extends CircuitOptions<B>> void applyTo(CircuitOptions<B> builder) {
			builder.maxAttempts(this.maxAttempts)
				.trialCalls(this.trialCalls)
				.successesToClose(this.successesToClose)
				.expiry(this.expiry)
				.maxRetryAfter(this.maxRetryAfter)
				.minimumCalls(this.minimumCalls)
				.mode(this.mode);
			if (this.windowDuration != null) {
				builder.window(this.windowDuration);
			}
			else {
				builder.window(this.windowCalls);
			}
			if (this.progressive) {
				builder.progressiveExpiry(this.initial, this.max, this.factor);
			}
			if (this.failureRate != null) {
				builder.failureRate(this.failureRate);
			}
			if (this.slowRate != null) {
				builder.slowCallRate(this.slowRate).slowCallDuration(this.slowAfter);
			}
			if (this.trialTimeout != null) {
				builder.trialTimeout(this.trialTimeout);
			}
			if (this.backoffResetAfter != null) {
				builder.backoffResetAfter(this.backoffResetAfter);
			}
		}

	}

	/** A transition as its event ought to tell it. */
	record Change(CircuitState previous, CircuitState next, TransitionCause cause, String reason, String actor,
			int failureCount, Duration expiry) {

		static Change of(BramaEvent.StateChanged event) {
			return new Change(event.previous(), event.next(), event.cause(), event.reason(), event.actor(),
					event.failureCount(), event.expiry());
		}

	}

	/** How many events of the other kinds there ought to be. */
	static final class Told {

		int success;

		int failure;

		int ignored;

		int rejected;

		int expiryReached;

		int reconfigured;

	}

	/** The totals since registration or reset. */
	static final class Totals {

		private int success;

		private int failure;

		private int ignored;

		private int rejected;

		private int late;

		private int slow;

		private String lastReason;

		private Instant lastAt;

		private void failed(String reason, Instant at) {
			this.failure++;
			this.lastReason = reason;
			this.lastAt = at;
		}

		ConnectionStatus.Calls calls() {
			return new ConnectionStatus.Calls(this.success, this.failure, this.ignored, this.rejected, this.late,
					this.slow);
		}

		String lastReason() {
			return this.lastReason;
		}

		Instant lastAt() {
			return this.lastAt;
		}

	}

	/** The time between two transitions. */
	final class Era {

		final CircuitState state;

		final long since = ReferenceCircuit.this.now;

		/** The same, but for commands and other modes that change no state. */
		private long inStateSince = this.since;

		final TransitionCause cause;

		final String reason;

		final String actor;

		private Options options;

		Totals totals;

		int failuresInRow;

		private final List<Call> calls = new ArrayList<>();

		private long windowSince = this.since;

		private long endsAt;

		private Duration trialTimeoutByDefault;

		private Duration trialTimeout;

		private final List<Leave> inFlight = new ArrayList<>();

		private final List<Boolean> trialsEnded = new ArrayList<>();

		Era(CircuitState state, Options options, Totals totals, TransitionCause cause, String reason, String actor) {
			this.state = state;
			this.options = options;
			this.totals = totals;
			this.cause = cause;
			this.reason = reason;
			this.actor = actor;
		}

		private int freePlaces() {
			return this.options.trialCalls() - this.inFlight.size() - this.trialsEnded.size();
		}

	}

	/** Leave for one call. */
	static final class Leave {

		private final Era era;

		private final long startedAt;

		/** Let in whatever the circuit says. */
		private final boolean passes;

		private final boolean counts;

		private boolean settled;

		private Leave(Era era, long startedAt, boolean passes, boolean counts) {
			this.era = era;
			this.startedAt = startedAt;
			this.passes = passes;
			this.counts = counts;
		}

	}

	private record Call(long at, boolean failed, boolean slow) {
	}

}
