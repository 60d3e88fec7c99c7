package io.brama.test;

import java.util.List;
import java.util.Objects;

import io.brama.Brama;
import io.brama.Circuit;
import io.brama.CircuitState;
import io.brama.Command;
import io.brama.ConnectionStatus;
import io.brama.TransitionCause;

/**
 * Circuits that a test brings into the state it needs. A connection that is not
 * registered yet is registered by that, without a scope and with the usual type unless
 * others are configured for it. Each method returns the circuit.
 * <p>
 * Thread-safe.
 */
public final class Circuits {

	private static final Command BY_TEST = Command.because("the test says so").by("test");

	/** The reason for which circuits are reset. */
	public static final String RESET = "reset by the test";

	/** A circuit that so many failures do not open, nothing will. */
	private static final int ENOUGH = 100_000;

	private final Brama brama;

	private Circuits(Brama brama) {
		this.brama = brama;
	}

	/**
	 * Take the circuits of a gate in hand.
	 * @param brama the gate
	 * @return its circuits
	 */
	public static Circuits of(Brama brama) {
		return new Circuits(Objects.requireNonNull(brama, "brama must not be null"));
	}

	/**
	 * Return a circuit as it is.
	 * @param identifier the connection
	 * @return its circuit
	 */
	public Circuit get(String identifier) {
		return this.brama.circuit(identifier);
	}

	/**
	 * Open a circuit for as long as the test does not say otherwise. Time does not end
	 * that; for an opening that ends as in real life, see {@link #trip}.
	 * @param identifier the connection
	 * @return its circuit
	 */
	public Circuit open(String identifier) {
		Circuit circuit = get(identifier);
		circuit.open(BY_TEST.untilToldOtherwise());
		return circuit;
	}

	/**
	 * Let trials begin.
	 * @param identifier the connection
	 * @return its circuit
	 */
	public Circuit halfOpen(String identifier) {
		Circuit circuit = get(identifier);
		circuit.halfOpen(BY_TEST);
		return circuit;
	}

	/**
	 * Close a circuit.
	 * @param identifier the connection
	 * @return its circuit
	 */
	public Circuit close(String identifier) {
		Circuit circuit = get(identifier);
		circuit.close(BY_TEST);
		return circuit;
	}

	/**
	 * Report failures.
	 * @param identifier the connection
	 * @param times how many, 0 or more
	 * @return its circuit
	 */
	public Circuit fail(String identifier, int times) {
		Circuit circuit = get(identifier);
		for (int failure = 1; failure <= times; failure++) {
			circuit.failure("failure " + failure + " of " + times + " in a test");
		}
		return circuit;
	}

	/**
	 * Report successes.
	 * @param identifier the connection
	 * @param times how many, 0 or more
	 * @return its circuit
	 */
	public Circuit succeed(String identifier, int times) {
		Circuit circuit = get(identifier);
		for (int success = 1; success <= times; success++) {
			circuit.success();
		}
		return circuit;
	}

	/**
	 * Report failures until the circuit opens by its own rules, for as long as its own
	 * expiry says.
	 * @param identifier the connection
	 * @return its circuit
	 * @throws IllegalStateException if failures do not open it
	 */
	public Circuit trip(String identifier) {
		Circuit circuit = get(identifier);
		for (int failure = 1; circuit.status().state() != CircuitState.OPEN; failure++) {
			if (failure > ENOUGH) {
				throw new IllegalStateException("%s is still %s after %d failures in a row; its mode is %s"
					.formatted(circuit.id(), circuit.status().state(), ENOUGH, circuit.status().mode()));
			}
			circuit.failure("failure " + failure + " in a test");
		}
		return circuit;
	}

	/**
	 * Let the connection recover: trials begin and succeed, until the circuit closes.
	 * @param identifier the connection
	 * @return its circuit
	 */
	public Circuit recover(String identifier) {
		Circuit circuit = halfOpen(identifier);
		return succeed(identifier, circuit.status().config().successesToClose());
	}

	/**
	 * Set everything back: options and modes as they were before the first change at run
	 * time, and circuits as if nothing had been called yet. Registrations stay, and so do
	 * circuits that nothing has happened to.
	 * @return the circuits that were reset, in the order in which they were
	 */
	public List<Circuit> reset() {
		this.brama.restoreConfiguration();
		List<Circuit> used = this.brama.all().stream().filter((circuit) -> !isAsNew(circuit.status())).toList();
		used.forEach((circuit) -> circuit.reset(Command.because(RESET).by("test")));
		return used;
	}

	private static boolean isAsNew(ConnectionStatus status) {
		return status.calls().total() == 0
				&& (status.cause() == TransitionCause.REGISTERED || RESET.equals(status.reason()));
	}

}
