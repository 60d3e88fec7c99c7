package io.brama.spring.annotation;

import io.brama.Circuit;
import io.brama.CircuitOpenException;
import io.brama.Outcome;
import io.brama.Permit;
import org.jspecify.annotations.Nullable;

/**
 * One call that was let in. Its first end is reported, and tells which fallback is to
 * run; further ones, such as the failure of that fallback, change nothing.
 */
final class GuardedCall {

	private final Guard guard;

	private final Permit permit;

	private volatile boolean ended;

	private GuardedCall(Guard guard, Permit permit) {
		this.guard = guard;
		this.permit = permit;
	}

	/**
	 * Ask for leave.
	 * @throws CircuitOpenException if there is none
	 */
	static GuardedCall begin(Circuit circuit, Guard guard) {
		return new GuardedCall(guard, circuit.acquire());
	}

	/** Run the method, or what calls it, as a part of this call. */
	<A> @Nullable Object run(A argument, Circuit.Body<A, @Nullable Object, Throwable> body) throws Throwable {
		return this.permit.run(argument, body);
	}

	/**
	 * Report what the call threw.
	 * @return what to run instead, or {@code null} if the exception stands
	 */
	@Nullable FallbackMethod failed(Throwable error) {
		return end(null, error) ? this.guard.fallbackFor(error) : null;
	}

	/**
	 * Report what the call returned.
	 * @return what to run instead, or {@code null} if the result stands
	 */
	@Nullable FallbackMethod returned(@Nullable Object result) {
		return end(result, null) ? this.guard.fallbackForResult() : null;
	}

	/** Give the permit back if there was no end yet. */
	void abandon() {
		this.permit.close();
	}

	/** Whether this end is the first, and a failure. */
	private boolean end(@Nullable Object result, @Nullable Throwable error) {
		if (this.ended) {
			return false;
		}
		this.ended = true;
		Outcome outcome = this.permit.classify(result, error, this.guard.handler());
		return this.permit.settle(outcome) != Permit.Settlement.ALREADY_SETTLED && outcome instanceof Outcome.Failure;
	}

}
