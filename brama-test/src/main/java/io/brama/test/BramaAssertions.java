package io.brama.test;

import io.brama.Circuit;
import io.brama.ConnectionStatus;
import org.jspecify.annotations.Nullable;

/**
 * The way in to assertions on circuits, for static import. It goes together with the
 * static import of AssertJ's own {@code assertThat}.
 */
public final class BramaAssertions {

	private BramaAssertions() {
	}

	/**
	 * Begin assertions on a circuit. They all look at its status of this moment.
	 * @param circuit the circuit
	 * @return the assertions
	 */
	public static ConnectionStatusAssert assertThat(@Nullable Circuit circuit) {
		return new ConnectionStatusAssert((circuit != null) ? circuit.status() : null);
	}

	/**
	 * Begin assertions on the status of a connection.
	 * @param status the status
	 * @return the assertions
	 */
	public static ConnectionStatusAssert assertThat(@Nullable ConnectionStatus status) {
		return new ConnectionStatusAssert(status);
	}

	/**
	 * Begin assertions on what has been recorded up to this moment.
	 * @param events the record
	 * @return the assertions
	 */
	public static RecordedEventsAssert assertThat(@Nullable RecordedEvents events) {
		return new RecordedEventsAssert(events);
	}

}
