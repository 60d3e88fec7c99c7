package io.brama;

/**
 * What a period takes over when it begins.
 *
 * @param config the configuration of the circuit
 * @param ledger the totals
 * @param openings the openings in a row
 */
record Terms(CircuitConfig config, Ledger ledger, Openings openings) {

	/** The same with one more opening. */
	Terms opened() {
		return new Terms(this.config, this.ledger, this.openings.next());
	}

	/** The same with nothing that was counted. */
	Terms blank(long now) {
		return new Terms(this.config, new Ledger(now), Openings.NONE);
	}

}
