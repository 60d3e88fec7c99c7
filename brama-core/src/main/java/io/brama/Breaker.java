package io.brama;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.UnaryOperator;

import io.brama.Outcome.Failure;
import io.brama.Permit.Settlement;
import io.brama.TimeSource.Alarm;
import io.brama.policy.Opening;
import io.brama.policy.TripCounter;
import org.jspecify.annotations.Nullable;

/**
 * The machine of one circuit: a reference to the current period, and the one method that
 * replaces it.
 * <p>
 * Maintainers: a call reads {@code period} once and its outcome goes to the period that
 * granted it; if that is no longer the current one, the outcome is late and changes
 * nothing but the count of late outcomes. Every transition, whoever wants it, goes
 * through {@link #replace}: the next period is built completely, with user code
 * consulted, before a compare-and-set on the period the decision was made for publishes
 * it. Whoever loses that race has lost the decision, too. The monitor of the breaker is
 * held for the compare-and-set, the appending of the events and the setting of the alarm,
 * so that events are queued in the order of transitions; no user code runs while it is
 * held. The alarm only asks the current period what the time decides, so that one that
 * comes late, or for a period long gone, does no harm.
 */
final class Breaker {

	private static final System.Logger logger = System.getLogger("io.brama");

	private static final AtomicReferenceFieldUpdater<Breaker, Period> PERIOD = AtomicReferenceFieldUpdater
		.newUpdater(Breaker.class, Period.class, "period");

	private final ConnectionId id;

	private final Services services;

	private final Herald herald;

	private volatile Period period;

	private @Nullable Alarm alarm;

	Breaker(ConnectionId id, CircuitConfig config, Services services) {
		this.id = id;
		this.services = services;
		this.herald = new Herald(id, services);
		Start start = start(TransitionCause.REGISTERED, null, null);
		this.period = new Closed(this, start, new Terms(config, new Ledger(start.nanoTime()), Openings.NONE));
	}

	ConnectionId id() {
		return this.id;
	}

	Herald herald() {
		return this.herald;
	}

	Period period() {
		return this.period;
	}

	/**
	 * Ask for leave for one call. A refusal is counted and published here.
	 */
	Admission admit() {
		Period current = this.period;
		return (current instanceof Closed closed && closed.isCounting()) ? closed : admitUnlessClosed();
	}

	private Admission admitUnlessClosed() {
		Period current = currentPeriod();
		if (current.config().mode() == Mode.OFF && !(current instanceof Retired)) {
			return new Pass(current, false);
		}
		Admission admission = current.admit(now());
		if (admission instanceof Trial) {
			setAlarmFor(current);
		}
		else if (!admission.isGranted() && !(current instanceof Retired)) {
			this.herald.rejected(current.state());
			if (current.config().mode() == Mode.OBSERVE) {
				return new Pass(current, true);
			}
			current.ledger().rejected();
		}
		return admission;
	}

	/**
	 * Return the current period after everything that the time alone decides. Ends,
	 * because a period that begins now is not over yet.
	 */
	private Period currentPeriod() {
		while (true) {
			Period current = this.period;
			Verdict verdict = current.judge(now());
			if (verdict == Verdict.STAY) {
				return current;
			}
			follow(verdict, current, null);
		}
	}

	/** Called when time may have decided something. */
	private void wake() {
		setAlarmFor(currentPeriod());
	}

	/** Whether a call made now would be let in; changes nothing. */
	boolean isAvailable() {
		Period current = this.period;
		return current.config().mode() != Mode.ENFORCE || current.wouldAdmit(now());
	}

	/** Take an outcome that was reported without a permit. */
	Settlement report(Outcome outcome) {
		Period current = currentPeriod();
		Admission leave = (current.config().mode() != Mode.OFF) ? current : new Pass(current, false);
		return settle(leave, outcome, Permit.NOT_MEASURED);
	}

	/**
	 * Take the outcome of a call.
	 * @param leave the grant of the call, or the current period for an outcome without
	 * one
	 * @param startedAt when the call began, or {@link Permit#NOT_MEASURED}
	 */
	Settlement settle(Admission leave, Outcome outcome, long startedAt) {
		Period granted = leave.period();
		boolean timed = startedAt != Permit.NOT_MEASURED;
		long now = (timed || granted.needsTime()) ? now() : TripCounter.NO_TIME;
		long elapsed = timed ? now - startedAt : Permit.NOT_MEASURED;
		boolean slow = timed && granted.config().isSlow(elapsed);
		if (leave instanceof Pass pass) {
			return settle(pass, outcome, slow, elapsed);
		}
		Verdict verdict = (this.period == granted) ? granted.record(leave, outcome, slow, now) : Verdict.LATE;
		if (verdict == Verdict.LATE) {
			this.period.ledger().late();
			return Settlement.LATE;
		}
		boolean told = count(granted.ledger(), outcome, slow, elapsed);
		if (verdict != Verdict.STAY) {
			follow(verdict, granted, (outcome instanceof Failure failure) ? failure : null);
		}
		if (told) {
			this.services.events().flush();
		}
		return Settlement.RECORDED;
	}

	private Settlement settle(Pass pass, Outcome outcome, boolean slow, long elapsed) {
		if (pass.isCounted() && count(pass.period().ledger(), outcome, slow, elapsed)) {
			this.services.events().flush();
		}
		return Settlement.RECORDED;
	}

	/**
	 * Enter an outcome into the ledger.
	 * @return whether there is an event to deliver, which is done after the transition so
	 * that no listener holds it up
	 */
	private boolean count(Ledger ledger, Outcome outcome, boolean slow, long elapsed) {
		if (slow && outcome != Outcome.Ignored.INSTANCE) {
			ledger.slow();
		}
		if (outcome == Outcome.Success.INSTANCE) {
			ledger.success();
			return this.herald.offerSuccess(elapsed);
		}
		if (outcome instanceof Failure failure) {
			Instant at = instant();
			ledger.failure(failure.reason(), at);
			return this.herald.offerFailure(failure.reason(), at, elapsed);
		}
		ledger.ignored();
		return this.herald.offerIgnored();
	}

	/** Take note of an error handler that threw or returned {@code null}. */
	void handlerFailed(Throwable problem) {
		int times = this.period.ledger().handlerFailed();
		if (Text.isWorthALine(times)) {
			logger.log(Level.WARNING, () -> "An error handler of " + this.id + " failed (" + times
					+ " times so far); the default classification is used instead", problem);
		}
		this.herald.handlerFailed(problem);
	}

	/**
	 * Move as a period has decided, unless somebody else has moved the circuit already.
	 */
	private void follow(Verdict verdict, Period from, @Nullable Failure failure) {
		CircuitState state = verdict.next();
		TransitionCause cause = verdict.cause();
		if (state == null || cause == null) {
			return;
		}
		Failure decisive = (failure != null) ? failure : from.decisiveFailure();
		boolean moved = false;
		while (!moved && this.period == from) {
			String reason = (decisive != null) ? decisive.reason() : from.reasonOf(verdict, now());
			moved = move(from, successor(state, from, start(cause, reason, null), decisive));
		}
	}

	private Period successor(CircuitState state, Period from, Start start, @Nullable Failure decisive) {
		return switch (state) {
			case OPEN -> {
				Openings openings = nextOpenings(from, start.nanoTime());
				Opening opening = new Opening(openings.count(), start.cause().name(), start.reason());
				yield opened(from, start, openings, Expiry.ofFailure(this.id, opening, from.config(),
						(decisive != null) ? decisive.retryAfter() : null));
			}
			case HALF_OPEN -> halfOpened(from, start);
			default -> closed(from, start);
		};
	}

	/**
	 * Open by command; when open already, with a new reason and a new deadline.
	 * @return {@code false} if the circuit is retired
	 */
	boolean open(Command command) {
		return obey((from) -> {
			Start start = start(command);
			Openings openings = nextOpenings(from, start.nanoTime());
			Opening opening = new Opening(openings.count(), start.cause().name(), command.reason());
			return opened(from, start, openings, Expiry.ofCommand(this.id, opening, from.config(), command));
		});
	}

	/**
	 * Let trials begin by command.
	 * @return {@code false} if the circuit is retired
	 */
	boolean halfOpen(Command command) {
		return obey((from) -> halfOpened(from, start(command)));
	}

	/**
	 * Close by command: counts start anew.
	 * @return {@code false} if the circuit is retired
	 */
	boolean close(Command command) {
		return obey((from) -> closed(from, start(command)));
	}

	/**
	 * Begin by command as if just registered.
	 * @return {@code false} if the circuit is retired
	 */
	boolean reset(Command command) {
		return obey((from) -> {
			Start start = start(command);
			return new Closed(this, start, new Terms(from.config(), new Ledger(start.nanoTime()), Openings.NONE));
		});
	}

	/**
	 * Go by another configuration. Nothing that was counted is lost, and no deadline
	 * moves; but another mode begins a new period of the same state, so that no call of
	 * the old mode is counted in the new one.
	 * @return {@code false} if the circuit is retired
	 */
	boolean reconfigure(CircuitConfig config, Command command) {
		Period current;
		Mode before;
		Verdict verdict;
		synchronized (this) {
			current = this.period;
			before = current.config().mode();
			this.herald.offerReconfigured(current.config(), config);
			verdict = current.adopt(config, now());
			setAlarmFor(current);
		}
		this.services.events().flush();
		if (verdict != Verdict.STAY) {
			follow(verdict, current, null);
		}
		return (config.mode() != before) ? obey((from) -> from.renewed(start(command))) : !(current instanceof Retired);
	}

	/** Do what a command says to whatever period is current. */
	private boolean obey(UnaryOperator<Period> next) {
		while (true) {
			Period from = this.period;
			if (from instanceof Retired) {
				return false;
			}
			if (move(from, next.apply(from))) {
				return true;
			}
		}
	}

	/**
	 * End the circuit for good, whatever its state. Delivers nothing: the registry calls
	 * this while it holds the entry of the circuit.
	 */
	void retire() {
		boolean retired = false;
		while (!retired) {
			retired = retire(this.period);
		}
	}

	/** End the circuit for good in this period, if that is still the current one. */
	boolean retire(Period from) {
		return replace(from, new Retired(this, start(TransitionCause.OPERATOR, null, null), from.terms()));
	}

	/** When the last call was noticed; notices calls. */
	long lastCall() {
		Ledger ledger = this.period.ledger();
		ledger.notice(instant(), now());
		return ledger.lastCall();
	}

	/** For how many nanoseconds there was no call, as far as has been noticed. */
	long idle() {
		long lastCall = lastCall();
		return now() - lastCall;
	}

	private Period opened(Period from, Start start, Openings openings, Expiry expiry) {
		Terms terms = new Terms(from.config(), from.ledger(), openings);
		return new Open(this, start, terms, expiry, from.failureCount());
	}

	private Period halfOpened(Period from, Start start) {
		return new HalfOpen(this, start, from.termsAt(start.nanoTime()), Expiry.trialTimeoutAfter(from),
				from.failureCount());
	}

	private Period closed(Period from, Start start) {
		return new Closed(this, start, from.termsAt(start.nanoTime()));
	}

	/**
	 * The row of openings with the one that begins now: to replace an opening adds none.
	 */
	private static Openings nextOpenings(Period from, long now) {
		Openings before = from.termsAt(now).openings();
		return (from instanceof Open) ? before : before.next();
	}

	/** Move the circuit from the period for which that was decided, and tell. */
	private boolean move(Period from, Period next) {
		boolean moved = replace(from, next);
		this.services.events().flush();
		return moved;
	}

	/**
	 * The only place that replaces a period. Refuses one that was built before a
	 * reconfiguration of the current one.
	 */
	private synchronized boolean replace(Period from, Period next) {
		if (next.config() != from.config() || !PERIOD.compareAndSet(this, from, next)) {
			return false;
		}
		if (!(next instanceof Retired)) {
			this.herald.offerTransition(from, next);
		}
		setAlarmFor(next);
		return true;
	}

	/** Have the timer ask again when time may decide something in the current period. */
	private synchronized void setAlarmFor(Period current) {
		if (this.period != current) {
			return;
		}
		if (this.alarm != null) {
			this.alarm.cancel();
		}
		long delay = current.untilJudged(now());
		this.alarm = (delay != Period.NEVER) ? this.services.timer().schedule(Duration.ofNanos(delay), this::wake)
				: null;
	}

	private Start start(Command command) {
		return start(TransitionCause.OPERATOR, command.reason(), command.actor());
	}

	private Start start(TransitionCause cause, @Nullable String reason, @Nullable String actor) {
		return new Start(now(), instant(), cause, reason, actor);
	}

	/** The time now if the call is timed, or {@link Permit#NOT_MEASURED}. */
	long startOfCall(Admission leave) {
		boolean timed = leave.period().config().watchesSlowCalls() || this.herald.wantsDurations();
		return timed ? now() : Permit.NOT_MEASURED;
	}

	ConnectionStatus status() {
		return ConnectionStatus.of(this.period, now(), instant());
	}

	long now() {
		return this.services.time().nanoTime();
	}

	private Instant instant() {
		return this.services.time().instant();
	}

}
