package io.brama;

import io.brama.Permit.Settlement;
import io.brama.policy.TripCounter;
import org.jspecify.annotations.Nullable;

/**
 * What passes through circuits: lets calls in and takes their outcomes.
 * <p>
 * Maintainers: a call reads the current period once and its outcome goes to the period
 * that granted it; if that is no longer the current one, the outcome is late and changes
 * nothing but the count of late outcomes. A healthy call takes no lock, reads no clock
 * and allocates nothing. One object for all circuits, like {@link Herald}, which saves
 * each of them 56 bytes.
 */
sealed class Traffic permits DisturbedTraffic {

	private final Services services;

	Traffic(Services services) {
		this.services = services;
	}

	/** The traffic of all circuits that share some services. */
	static Traffic of(Services services) {
		Interference interference = services.interference();
		return (interference != null) ? DisturbedTraffic.of(services, interference) : new Traffic(services);
	}

	Services services() {
		return this.services;
	}

	/** Whether something interferes with the calls. */
	boolean isDisturbed() {
		return false;
	}

	/**
	 * Ask a circuit for leave for one call. A refusal is counted and published here.
	 * @param now the monotonic time
	 */
	Admission admit(Breaker breaker, long now) {
		Period current = breaker.currentPeriod(now);
		if (current.config().mode() == Mode.OFF && !(current instanceof Retired)) {
			return new Pass(current, false);
		}
		// listeners may have run meanwhile, and the time of a trial begins now
		Admission admission = current.admit((current instanceof HalfOpen) ? breaker.now() : now);
		if (admission instanceof Trial) {
			breaker.setAlarmFor(current);
		}
		else if (!admission.isGranted() && !(current instanceof Retired)) {
			this.services.herald().rejected(breaker.id(), current.state());
			if (current.config().mode() == Mode.OBSERVE) {
				return new Pass(current, true);
			}
			current.ledger().rejected();
		}
		return admission;
	}

	/** Whether a call made now would be let in; changes nothing. */
	boolean isAvailable(Breaker breaker) {
		Period current = breaker.period();
		return current instanceof Closed || current.config().mode() != Mode.ENFORCE
				|| current.wouldAdmit(breaker.now());
	}

	/** Run the body of a call that was let in. */
	<A extends @Nullable Object, T extends @Nullable Object, X extends Throwable> T run(Admission leave, A argument,
			Circuit.Body<? super A, ? extends T, ? extends X> body) throws X {
		return body.apply(argument);
	}

	/**
	 * Take an outcome that was reported without a permit. It goes to the period that is
	 * current when it is taken.
	 */
	Settlement report(Breaker breaker, Outcome outcome) {
		if (isSimpleSuccess(breaker.period(), outcome, Permit.NOT_MEASURED)) {
			return Settlement.RECORDED;
		}
		Period current;
		do {
			current = breaker.currentPeriod();
			if (take(leaveToReport(current), outcome, Permit.NOT_MEASURED)) {
				return Settlement.RECORDED;
			}
		}
		while (current != breaker.settledPeriod());
		current.ledger().late();
		return Settlement.LATE;
	}

	/** Where nothing is rejected, an outcome is recorded as if a call had been let in. */
	private static Admission leaveToReport(Period current) {
		return switch (current.config().mode()) {
			case ENFORCE -> current;
			case OBSERVE -> (current instanceof Open) ? new Pass(current, true) : current;
			case OFF -> new Pass(current, false);
		};
	}

	/**
	 * Take the outcome of a call.
	 * @param leave the grant of the call
	 * @param startedAt when the call began, or {@link Permit#NOT_MEASURED}
	 */
	Settlement settle(Admission leave, Outcome outcome, long startedAt) {
		if (isSimpleSuccess(leave, outcome, startedAt) || take(leave, outcome, startedAt)) {
			return Settlement.RECORDED;
		}
		leave.period().breaker().settledPeriod().ledger().late();
		return Settlement.LATE;
	}

	/**
	 * Count the success of a call for which nothing else is to be done, which is the fate
	 * of most.
	 * @return {@code false} if it is another outcome, there is more to do, or it is late
	 */
	private boolean isSimpleSuccess(Admission leave, Outcome outcome, long startedAt) {
		return outcome == Outcome.Success.INSTANCE && startedAt == Permit.NOT_MEASURED && isSimple(leave)
				&& ((Closed) leave).countSuccess();
	}

	/**
	 * Record an outcome, unless it is late, and do what the period says about it. The
	 * event is delivered after the transition, so that no listener holds that up.
	 */
	private boolean take(Admission leave, Outcome outcome, long startedAt) {
		Period granted = leave.period();
		Breaker breaker = granted.breaker();
		boolean timed = startedAt != Permit.NOT_MEASURED;
		long now = (timed || granted.needsTime(outcome)) ? breaker.now() : TripCounter.NO_TIME;
		long elapsed = timed ? now - startedAt : Permit.NOT_MEASURED;
		boolean slow = timed && granted.config().isSlow(elapsed);
		Verdict verdict = record(leave, outcome, slow, now);
		if (verdict == Verdict.LATE) {
			return false;
		}
		boolean counts = !(leave instanceof Pass pass) || pass.isCounted();
		boolean told = counts && enter(granted, outcome, slow, elapsed);
		breaker.follow(verdict, granted);
		if (told) {
			this.services.events().flush();
		}
		return true;
	}

	/** What the time has decided about a trial comes before its outcome. */
	private Verdict record(Admission leave, Outcome outcome, boolean slow, long now) {
		Period granted = leave.period();
		Breaker breaker = granted.breaker();
		if (leave instanceof Pass pass) {
			return recordOf(pass, outcome);
		}
		if (leave instanceof Trial && breaker.period() == granted) {
			breaker.currentPeriod();
		}
		return (breaker.period() == granted) ? granted.record(leave, outcome, slow, now) : Verdict.LATE;
	}

	/** An outcome that moves nothing is late all the same when the circuit has moved. */
	private static Verdict recordOf(Pass pass, Outcome outcome) {
		Period granted = pass.period();
		if (pass.isCounted() && granted.breaker().period() != granted) {
			return Verdict.LATE;
		}
		if (pass.isCounted() && outcome == Outcome.Success.INSTANCE) {
			granted.ledger().success();
		}
		return Verdict.STAY;
	}

	/** Enter an outcome into the totals, and say whether there is an event to deliver. */
	private boolean enter(Period granted, Outcome outcome, boolean slow, long elapsed) {
		granted.ledger().enter(outcome, slow, elapsed, this.services.time());
		return this.services.herald().offerOutcome(granted.breaker().id(), outcome, elapsed);
	}

	/** Whether calls of a closed circuit are counted and nothing else is done. */
	private boolean isSimple(Admission leave) {
		return leave instanceof Closed closed && closed.isSimple() && !this.services.events().wantsOutcomes();
	}

	/** The time now if the call is timed, or {@link Permit#NOT_MEASURED}. */
	long startOfCall(Admission leave) {
		if (isSimple(leave)) {
			return Permit.NOT_MEASURED;
		}
		Period granted = leave.period();
		boolean timed = this.services.timesCalls() || granted.config().watchesSlowCalls()
				|| this.services.herald().wantsDurations(granted.breaker().id());
		long now = timed ? granted.breaker().now() : Permit.NOT_MEASURED;
		return (timed && now == Permit.NOT_MEASURED) ? now - 1 : now;
	}

}
