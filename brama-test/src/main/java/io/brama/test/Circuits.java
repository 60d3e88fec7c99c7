package io.brama.test;

import java.util.List;
import java.util.Objects;

import io.brama.Brama;
import io.brama.Circuit;
import io.brama.CircuitState;
import io.brama.Command;
import io.brama.ConnectionId;
import io.brama.ConnectionStatus;
import io.brama.TransitionCause;

/**
 * Circuits that a test brings into the state it needs. A connection that is not
 * registered yet is registered by that, without a scope and with the usual type unless
 * others are configured for it. Where connections of one identifier differ in scope or
 * type, a {@link ConnectionId} tells them apart. Each method returns the circuit.
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
	 * Return a circuit as it is.
	 * @param id the connection
	 * @return its circuit
	 */
	public Circuit get(ConnectionId id) {
		return this.brama.circuit(id);
	}

	/**
	 * Open a circuit for as long as the test does not say otherwise. Time does not end
	 * that; for an opening that ends as in real life, see {@link #trip(String)}.
	 * @param identifier the connection
	 * @return its circuit
	 */
	public Circuit open(String identifier) {
		return open(get(identifier));
	}

	/**
	 * Open a circuit, like {@link #open(String)}.
	 * @param id the connection
	 * @return its circuit
	 */
	public Circuit open(ConnectionId id) {
		return open(get(id));
	}

	private static Circuit open(Circuit circuit) {
		circuit.open(BY_TEST.untilToldOtherwise());
		return circuit;
	}

	/**
	 * Let trials begin.
	 * @param identifier the connection
	 * @return its circuit
	 */
	public Circuit halfOpen(String identifier) {
		return halfOpen(get(identifier));
	}

	/**
	 * Let trials begin.
	 * @param id the connection
	 * @return its circuit
	 */
	public Circuit halfOpen(ConnectionId id) {
		return halfOpen(get(id));
	}

	private static Circuit halfOpen(Circuit circuit) {
		circuit.halfOpen(BY_TEST);
		return circuit;
	}

	/**
	 * Close a circuit.
	 * @param identifier the connection
	 * @return its circuit
	 */
	public Circuit close(String identifier) {
		return close(get(identifier));
	}

	/**
	 * Close a circuit.
	 * @param id the connection
	 * @return its circuit
	 */
	public Circuit close(ConnectionId id) {
		return close(get(id));
	}

	private static Circuit close(Circuit circuit) {
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
		return fail(get(identifier), times);
	}

	/**
	 * Report failures.
	 * @param id the connection
	 * @param times how many, 0 or more
	 * @return its circuit
	 */
	public Circuit fail(ConnectionId id, int times) {
		return fail(get(id), times);
	}

	private static Circuit fail(Circuit circuit, int times) {
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
		return succeed(get(identifier), times);
	}

	/**
	 * Report successes.
	 * @param id the connection
	 * @param times how many, 0 or more
	 * @return its circuit
	 */
	public Circuit succeed(ConnectionId id, int times) {
		return succeed(get(id), times);
	}

	private static Circuit succeed(Circuit circuit, int times) {
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
		return trip(get(identifier));
	}

	/**
	 * Report failures until the circuit opens, like {@link #trip(String)}.
	 * @param id the connection
	 * @return its circuit
	 * @throws IllegalStateException if failures do not open it
	 */
	public Circuit trip(ConnectionId id) {
		return trip(get(id));
	}

	private static Circuit trip(Circuit circuit) {
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
		return recover(get(identifier));
	}

	/**
	 * Let the connection recover, like {@link #recover(String)}.
	 * @param id the connection
	 * @return its circuit
	 */
	public Circuit recover(ConnectionId id) {
		return recover(get(id));
	}

	private static Circuit recover(Circuit circuit) {
		halfOpen(circuit);
		return succeed(circuit, circuit.status().config().successesToClose());
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
