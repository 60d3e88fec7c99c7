package io.brama;

/**
 * The end of a circuit that was unregistered or removed. Whoever meets it asks the
 * registry for the live circuit of the same connection.
 */
final class Retired extends Period {

	Retired(Breaker breaker, Start start, Terms terms) {
		super(breaker, start, terms);
	}

	@Override
	CircuitState state() {
		return CircuitState.CLOSED;
	}

	@Override
	Period renewed(Start start) {
		return this;
	}

	@Override
	int failureCount() {
		return 0;
	}

}
