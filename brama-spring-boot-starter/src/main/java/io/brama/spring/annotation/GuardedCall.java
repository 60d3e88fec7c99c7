package io.brama.spring.annotation;

import io.brama.Circuit;
import io.brama.CircuitOpenException;
import io.brama.Outcome;
import io.brama.Permit;
import org.jspecify.annotations.Nullable;

/**
 * One call that was let in. Its first end is reported, to the circuit and then to the
 * observer, and tells which fallback is to run; further ones, such as the failure of that
 * fallback, change nothing.
 */
final class GuardedCall {

	private final Guard guard;

	private final Permit permit;

	private final ObservedCall observed;

	private volatile boolean ended;

	private GuardedCall(Guard guard, Permit permit, ObservedCall observed) {
		this.guard = guard;
		this.permit = permit;
		this.observed = observed;
	}

	/**
	 * Ask for leave.
	 * @throws CircuitOpenException if there is none
	 */
	static GuardedCall begin(Circuit circuit, Guard guard) {
		return begin(circuit, guard, null);
	}

	/**
	 * Ask for leave.
	 * @param enclosing the observed call that encloses this one, where the thread does
	 * not tell
	 * @throws CircuitOpenException if there is none
	 */
	static GuardedCall begin(Circuit circuit, Guard guard, @Nullable Object enclosing) {
		ObservedCall observed = guard.observer().begin(circuit.id(), enclosing);
		try {
			return new GuardedCall(guard, circuit.acquire(), observed);
		}
		catch (CircuitOpenException ex) {
			observed.end(new CallEnd(ex.state(), CallEnd.Kind.REJECTED, ex, guard.fallbackFor(ex) != null));
			throw ex;
		}
	}

	/** Run the method, or what calls it, as a part of this call. */
	<A> @Nullable Object run(A argument, Circuit.Body<A, @Nullable Object, Throwable> body) throws Throwable {
		ObservedCall.Scope scope = this.observed.open();
		try {
			return this.permit.run(argument, body);
		}
		finally {
			scope.close();
		}
	}

	/** What a publisher's context should have, if anything. */
	@Nullable Object contextValue() {
		return this.observed.contextValue();
	}

	/**
	 * Report what the call threw.
	 * @return what to run instead, or {@code null} if the exception stands
	 */
	@Nullable FallbackMethod failed(Throwable error) {
		return end(null, error);
	}

	/**
	 * Report what the call returned.
	 * @return what to run instead, or {@code null} if the result stands
	 */
	@Nullable FallbackMethod returned(@Nullable Object result) {
		return end(result, null);
	}

	/** Give the permit back if there was no end yet. */
	void abandon() {
		Permit.Settlement settlement = this.permit.settle(Outcome.ignored());
		if (settlement != Permit.Settlement.ALREADY_SETTLED) {
			this.observed
				.end(new CallEnd(this.permit.state(), CallEnd.Kind.of(Outcome.ignored(), settlement), null, false));
		}
	}

	/**
	 * From now on nobody may ever tell how the call ends; so the observer need not wait.
	 */
	void passesFromSight() {
		this.observed.end(new CallEnd(this.permit.state(), CallEnd.Kind.UNKNOWN, null, false));
	}

	private @Nullable FallbackMethod end(@Nullable Object result, @Nullable Throwable error) {
		if (this.ended) {
			return null;
		}
		this.ended = true;
		Outcome outcome = this.permit.classify(result, error, this.guard.handler());
		Permit.Settlement settlement = this.permit.settle(outcome);
		if (settlement == Permit.Settlement.ALREADY_SETTLED) {
			return null;
		}
		FallbackMethod fallback = (outcome instanceof Outcome.Failure) ? fallback(error) : null;
		this.observed
			.end(new CallEnd(this.permit.state(), CallEnd.Kind.of(outcome, settlement), error, fallback != null));
		return fallback;
	}

	private @Nullable FallbackMethod fallback(@Nullable Throwable error) {
		return (error != null) ? this.guard.fallbackFor(error) : this.guard.fallbackForResult();
	}

}
