package io.brama;

import io.brama.Verdict.Move;
import org.jspecify.annotations.Nullable;

/**
 * The traffic of a circuit that something interferes with, as in tests.
 * <p>
 * Maintainers: a type of its own, so that the usual traffic has nothing to ask. Where
 * nobody interferes this class is never loaded.
 */
final class DisturbedTraffic extends Traffic {

	private static final Move TURNED_AWAY = Move.by(Command.because("rejected on purpose"), CircuitState.OPEN);

	private final Breaker breaker;

	private final Interference interference;

	private DisturbedTraffic(Breaker breaker, Services services, Interference interference) {
		super(breaker, services);
		this.breaker = breaker;
		this.interference = interference;
	}

	/** Make one, in a way that does not load the class for those who do not. */
	static Traffic of(Breaker breaker, Services services, Interference interference) {
		return new DisturbedTraffic(breaker, services, interference);
	}

	@Override
	boolean isDisturbed() {
		return true;
	}

	@Override
	Admission admit(long now) {
		Period current = this.breaker.currentPeriod(now);
		return isTurnedAway(current) ? refuse(current) : super.admit(now);
	}

	/** Where an open circuit would reject nothing, nobody is asked. */
	private boolean isTurnedAway(Period current) {
		return !(current instanceof Retired) && current.config().mode() == Mode.ENFORCE
				&& this.interference.rejects(this.breaker.id());
	}

	/** Refuse as an open circuit does, in the name of one that nobody else sees. */
	private Admission refuse(Period current) {
		this.breaker.herald().rejected(CircuitState.OPEN);
		current.ledger().rejected();
		Start start = this.breaker.start(current, TURNED_AWAY);
		return new Open(this.breaker, start, current.termsAt(start.nanoTime()), Expiry.ENDLESS, current.failureCount());
	}

	@Override
	<A extends @Nullable Object, T extends @Nullable Object, X extends Throwable> T run(A argument,
			Circuit.Body<? super A, ? extends T, ? extends X> body) throws X {
		return this.interference.run(this.breaker.id(), argument, body);
	}

}
