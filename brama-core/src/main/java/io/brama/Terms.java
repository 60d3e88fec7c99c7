package io.brama;

/**
 * What a period takes over when it begins.
 *
 * @param config the configuration of the circuit
 * @param ledger the totals
 * @param openings the openings in a row
 */
record Terms(CircuitConfig config, Ledger ledger, Openings openings) {
}
