package io.brama;

import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;

import io.brama.ConnectionStatus.Transition;
import io.brama.TimeSource.Alarm;
import io.brama.Verdict.Move;
import io.brama.policy.Opening;
import org.jspecify.annotations.Nullable;

/**
 * The machine of one circuit: a reference to the current period, and the one method that
 * replaces it.
 * <p>
 * Maintainers: every transition, whoever wants it, goes through {@link #replace}: the
 * next period is built completely, with user code consulted, before it takes the place of
 * the one the decision was made for, if that is still current. Whoever loses that race
 * has lost the decision, too. The monitor of the breaker is held while the old period
 * ends, the new one begins, the events are appended and the alarm is set, so that events
 * are queued in the order of transitions; no user code runs while it is held. The alarm
 * only asks the current period what the time decides, so that one that comes late, or for
 * a period long gone, does no harm.
 */
final class Breaker {

	/** So many transitions are remembered. */
	private static final int TRANSITIONS = 20;

	private final ConnectionId id;

	private final Traffic traffic;

	private volatile Period period;

	/** Made for the first transition: 70 bytes. Guarded by the monitor. */
	private @Nullable Recent<Transition> transitions;

	private @Nullable Alarm alarm;

	Breaker(ConnectionId id, CircuitConfig config, Traffic traffic) {
		this.id = id;
		this.traffic = traffic;
		Start start = Start.atRegistration(now(), instant());
		this.period = new Closed(this, start, new Terms(config, new Ledger(start.nanoTime()), Openings.NONE));
		this.period.begin();
		VarHandle.releaseFence(); // circuits hand machines over without synchronization
	}

	ConnectionId id() {
		return this.id;
	}

	/** What lets calls in and takes their outcomes. */
	Traffic traffic() {
		return this.traffic;
	}

	Period period() {
		return this.period;
	}

	/**
	 * The current period after a transition that is under way: who meets its end waits.
	 */
	synchronized Period settledPeriod() {
		return this.period;
	}

	/** Whether every call is timed, and not only where something asks for it. */
	boolean timesCalls() {
		return services().timesCalls();
	}

	/** The last transitions, the newest first. */
	synchronized List<Transition> transitions() {
		return (this.transitions != null) ? this.transitions.list() : List.of();
	}

	/**
	 * Return the current period after everything that the time alone decides. Ends,
	 * because a period that begins now is not over yet.
	 */
	Period currentPeriod() {
		return currentPeriod(now());
	}

	/** The same for a caller who has read the clock. */
	Period currentPeriod(long now) {
		Period current = this.period;
		Verdict verdict = current.judge(now);
		while (verdict != Verdict.STAY) {
			follow(verdict, current);
			current = this.period;
			verdict = current.judge(now());
		}
		services().events().flush();
		return current;
	}

	/** Called when time may have decided something. */
	private void wake() {
		setAlarmFor(currentPeriod());
	}

	/**
	 * Move as a period has decided, unless somebody else has moved the circuit already.
	 */
	void follow(Verdict verdict, Period from) {
		if (verdict == Verdict.WAKE) {
			setAlarmFor(from);
		}
		if (verdict instanceof Move move) {
			while (this.period == from && !move(from, successor(from, move))) {
				// reconfigured meanwhile
			}
		}
	}

	/**
	 * Move by command, from whatever period is current. An open circuit that is told to
	 * open takes the new reason and deadline.
	 * @return {@code false} if the circuit is retired
	 */
	boolean obey(Command command, CircuitState next) {
		Move move = Move.by(command, next);
		return replaceCurrent((from) -> successor(from, move));
	}

	private boolean replaceCurrent(UnaryOperator<Period> next) {
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
	 * Build the next period. To open an open circuit anew adds no opening to the row.
	 */
	private Period successor(Period from, Move move) {
		Start start = start(from, move);
		Terms terms = from.termsAt(start.nanoTime());
		return switch (move.next()) {
			case UNKNOWN -> new Closed(this, start, terms.blank(start.nanoTime()));
			case CLOSED -> new Closed(this, start, terms);
			case HALF_OPEN -> new HalfOpen(this, start, terms, Expiry.trialTimeoutAfter(from), from.failureCount());
			case OPEN -> {
				Terms opened = (from instanceof Open) ? terms : terms.opened();
				Opening opening = new Opening(opened.openings().count(), move.cause().name(), move.reason(),
						move.errorType());
				yield new Open(this, start, opened, Expiry.of(from, opening, move),
						Math.max(move.failureCount(), from.failureCount()));
			}
		};
	}

	/**
	 * Go by another configuration. Nothing that was counted is lost, and no deadline
	 * moves; but another mode begins a new period of the same state, so that no call of
	 * the old mode is counted in the new one.
	 * @param command why and by whom, for another mode
	 * @return {@code false} if the circuit is retired, of which nothing more is told
	 */
	boolean reconfigure(CircuitConfig config, Command command) {
		Period current;
		Mode before;
		Verdict verdict;
		synchronized (this) {
			current = this.period;
			if (current instanceof Retired) {
				return false;
			}
			CircuitConfig former = current.config();
			before = former.mode();
			verdict = current.adopt(config, now());
			services().herald().offerReconfigured(this.id, former, config);
			setAlarmFor(current);
		}
		services().events().flush();
		follow(verdict, current);
		if (config.mode() != before) {
			current.ledger().touch(now());
			replaceCurrent((from) -> from.renewed(start(from, Move.by(command, from.state()))));
		}
		return true;
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
		Start start = start(from, Move.to(from.state(), TransitionCause.OPERATOR));
		return replace(from, new Retired(this, start, from.termsAt(start.nanoTime())));
	}

	/** Move the circuit from the period for which that was decided, and tell. */
	private boolean move(Period from, Period next) {
		boolean moved = replace(from, next);
		services().events().flush();
		return moved;
	}

	/**
	 * The only place that replaces a period: a compare-and-set under the monitor, so that
	 * the count of the old one has ended before anybody sees the new one. Refuses one
	 * that was built before a reconfiguration of the current one.
	 */
	private synchronized boolean replace(Period from, Period next) {
		if (this.period != from || next.config() != from.config()) {
			return false;
		}
		from.end(next);
		next.begin();
		this.period = next;
		if (!(next instanceof Retired)) {
			Transition transition = Transition.of(from, next);
			this.transitions = (this.transitions != null) ? this.transitions : new Recent<>(TRANSITIONS);
			this.transitions.add(transition);
			services().herald().offerTransition(this.id, from, transition);
		}
		setAlarmFor(next);
		return true;
	}

	/** Have the timer ask again when time may decide something in the current period. */
	synchronized void setAlarmFor(Period current) {
		if (this.period != current) {
			return;
		}
		if (this.alarm != null) {
			this.alarm.cancel();
		}
		long delay = current.untilJudged(now());
		this.alarm = (delay != Period.NEVER) ? schedule(delay) : null;
		if (this.alarm == null) {
			current.withoutAlarm();
		}
	}

	/** Expect no alarm any more: the timer has ended. */
	synchronized void forgetAlarm() {
		this.alarm = null;
		this.period.withoutAlarm();
	}

	/** Without a thread to be had for the timer, calls ask what time decides. */
	private @Nullable Alarm schedule(long delay) {
		try {
			return services().timer().schedule(Duration.ofNanos(delay), this::wake);
		}
		catch (Throwable ex) {
			return null;
		}
	}

	Start start(Period from, Move move) {
		Start first = (from.state() == move.next()) ? from.start().entry() : null;
		return new Start(now(), instant(), move.cause(), move.background(), first);
	}

	ConnectionStatus status() {
		return ConnectionStatus.of(this.period, now(), instant());
	}

	Services services() {
		return this.traffic.services();
	}

	long now() {
		return services().time().nanoTime();
	}

	private Instant instant() {
		return services().time().instant();
	}

}
