package io.brama.spring.observation;

import io.brama.CircuitState;
import io.brama.ConnectionId;
import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a guarded call while it is observed. How it ended is known at its end
 * only. Thread-safe.
 */
public final class CallContext extends Observation.Context {

	private final ConnectionId connection;

	private volatile @Nullable End end;

	/**
	 * Create the context of one call.
	 * @param connection what it calls
	 */
	public CallContext(ConnectionId connection) {
		this.connection = connection;
	}

	/**
	 * Return the connection that is called.
	 * @return the connection
	 */
	public ConnectionId connection() {
		return this.connection;
	}

	/**
	 * Return how the call ended.
	 * @return the end, or {@code null} while it goes on
	 */
	public @Nullable End end() {
		return this.end;
	}

	/**
	 * Note how the call ended.
	 * @param end the end
	 */
	public void end(End end) {
		this.end = end;
	}

	/**
	 * How a call ended.
	 *
	 * @param state the state of the circuit that let it in or rejected it
	 * @param outcome success, failure, ignored, rejected or late; unknown for the future
	 * of a call that goes on and tells nobody when it is done
	 * @param answered whether a fallback answers in its place
	 */
	public record End(CircuitState state, String outcome, boolean answered) {
	}

}
