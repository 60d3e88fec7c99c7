package io.brama.benchmark.peer;

import java.util.concurrent.Callable;

/**
 * A guarded connection, called as the users of its library call it. Each JVM of a
 * benchmark calls one implementation, so that the interface itself costs nothing.
 */
public interface Guarded {

	/**
	 * Call the connection. An exception is a failure, and so is the result
	 * {@link Peer#BAD}.
	 * @param body the call
	 * @return what the body returned
	 * @throws Exception what the body threw, or the rejection
	 */
	String call(Callable<String> body) throws Exception;

	/** Open the circuit, for longer than a benchmark takes. */
	default void open() {
		throw new UnsupportedOperationException("cannot be opened");
	}

	/**
	 * Make the circuit half-open, for one trial, and return when whoever is told of such
	 * changes has been.
	 */
	default void halfOpen() {
		throw new UnsupportedOperationException("cannot be told to be half-open");
	}

}
