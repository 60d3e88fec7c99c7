package io.brama;

import org.jspecify.annotations.Nullable;

/**
 * What comes between calls and the systems they call, on purpose: it turns calls away, or
 * has something else happen than was called. For tests; an application in production has
 * none, and pays nothing for the possibility.
 * <p>
 * Implementations must be thread-safe. They are called with no lock held.
 *
 * @see Brama.Builder#interference
 */
public interface Interference {

	/**
	 * Tell whether a call is turned away as if its circuit were open. Asked once for each
	 * call that asks for leave, before the circuit itself is, unless the mode is one in
	 * which an open circuit rejects nothing.
	 * @param connection the connection that is called
	 * @return whether it is; the circuit does not move, but counts a rejection
	 */
	boolean rejects(ConnectionId connection);

	/**
	 * Run a call that was let in, or do something else in its place. What this returns or
	 * throws is the end of the call, and counts as such.
	 * @param <A> what the body works on
	 * @param <T> what the call returns
	 * @param <X> what the call throws
	 * @param connection the connection that is called
	 * @param argument what to hand to the body
	 * @param body the call
	 * @return what the call returns
	 * @throws X what the call throws
	 */
	<A extends @Nullable Object, T extends @Nullable Object, X extends Throwable> T run(ConnectionId connection,
			A argument, Circuit.Body<? super A, ? extends T, ? extends X> body) throws X;

}
