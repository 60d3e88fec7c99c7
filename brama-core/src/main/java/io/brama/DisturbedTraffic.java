package io.brama;

import io.brama.Verdict.Move;
import org.jspecify.annotations.Nullable;

/**
 * The traffic of circuits that something interferes with, as in tests.
 * <p>
 * Maintainers: a type of its own, so that the usual traffic has nothing to ask. Where
 * nobody interferes this class is never loaded.
 */
final class DisturbedTraffic extends Traffic {

	private static final Move TURNED_AWAY = Move.by(Command.because("rejected on purpose"), CircuitState.OPEN);

	private final Interference interference;

	private DisturbedTraffic(Services services, Interference interference) {
		super(services);
		this.interference = interference;
	}

	/** Make one, in a way that does not load the class for those who do not. */
	static Traffic of(Services services, Interference interference) {
		return new DisturbedTraffic(services, interference);
	}

	@Override
	boolean isDisturbed() {
		return true;
	}

	@Override
	Admission admit(Breaker breaker, long now) {
		Period current = breaker.currentPeriod(now);
		return isTurnedAway(current) ? refuse(current) : super.admit(breaker, now);
	}

	/** Where an open circuit would reject nothing, nobody is asked. */
	private boolean isTurnedAway(Period current) {
		return !(current instanceof Retired) && current.config().mode() == Mode.ENFORCE
				&& this.interference.rejects(current.breaker().id());
	}

	/** Refuse as an open circuit does, in the name of one that nobody else sees. */
	private Admission refuse(Period current) {
		Breaker breaker = current.breaker();
		services().herald().rejected(breaker.id(), CircuitState.OPEN);
		current.ledger().rejected();
		Start start = breaker.start(current, TURNED_AWAY);
		return new Open(breaker, start, current.termsAt(start.nanoTime()), Expiry.ENDLESS, current.failureCount());
	}

	@Override
	<A extends @Nullable Object, T extends @Nullable Object, X extends Throwable> T run(Admission leave, A argument,
			Circuit.Body<? super A, ? extends T, ? extends X> body) throws X {
		return this.interference.run(leave.period().breaker().id(), argument, body);
	}

}
