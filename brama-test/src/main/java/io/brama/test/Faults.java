package io.brama.test;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;

import io.brama.Circuit;
import io.brama.ConnectionId;
import io.brama.Interference;
import org.jspecify.annotations.Nullable;

/**
 * What befalls guarded calls on purpose:
 * {@code faults.on("payment-api").fail(new IOException("down")).times(3)}. A fault takes
 * the place of what was called, inside the gate, so that its circuit sees what it would
 * see of the real system.
 * <p>
 * The faults of a connection come in the order in which they were announced: one is over
 * when it has struck as often as it was told to, and then the next one begins.
 * Thread-safe.
 */
public final class Faults implements Interference {

	private final ManualTime time;

	private final List<Fault> faults = new ArrayList<>();

	/**
	 * Announce no fault yet.
	 * @param time what a delay lets pass
	 */
	public Faults(ManualTime time) {
		this.time = Objects.requireNonNull(time, "time of faults must not be null");
	}

	/**
	 * Announce a fault. It does nothing until it is told what.
	 * @param identifier the connection, whatever its scope and type
	 * @return the fault
	 */
	public Fault on(String identifier) {
		Objects.requireNonNull(identifier, "identifier of a fault must not be null");
		return announce(new Fault("'" + identifier + "'", (connection) -> connection.identifier().equals(identifier)));
	}

	/**
	 * Announce a fault of one connection and of no other that has its identifier. It does
	 * nothing until it is told what.
	 * @param id the connection
	 * @return the fault
	 */
	public Fault on(ConnectionId id) {
		Objects.requireNonNull(id, "connection of a fault must not be null");
		return announce(new Fault(id.toString(), id::equals));
	}

	private synchronized Fault announce(Fault fault) {
		this.faults.add(fault);
		return fault;
	}

	/**
	 * Let there be no faults any more.
	 */
	public synchronized void clear() {
		this.faults.clear();
	}

	@Override
	public boolean rejects(ConnectionId connection) {
		return strike(connection, true) != null;
	}

	@Override
	public <A extends @Nullable Object, T extends @Nullable Object, X extends Throwable> T run(ConnectionId connection,
			A argument, Circuit.Body<? super A, ? extends T, ? extends X> body) throws X {
		Fault fault = strike(connection, false);
		if (fault != null) {
			this.time.advance(fault.delay());
			Throwable failure = fault.failure();
			if (failure != null) {
				throw Faults.<X>unchecked(failure);
			}
		}
		return body.apply(argument);
	}

	/** The fault whose turn it is, if it is a rejection, or if it is none. */
	private synchronized @Nullable Fault strike(ConnectionId connection, boolean rejection) {
		for (Iterator<Fault> all = this.faults.iterator(); all.hasNext();) {
			Fault fault = all.next();
			if (fault.isOver()) {
				all.remove();
			}
			else if (fault.isOn(connection)) {
				return fault.strike(rejection) ? fault : null;
			}
		}
		return null;
	}

	/** The caller sees what the system would have thrown. */
	@SuppressWarnings({ "unchecked", "TypeParameterUnusedInFormals" })
	private static <X extends Throwable> X unchecked(Throwable failure) {
		return (X) failure;
	}

}
