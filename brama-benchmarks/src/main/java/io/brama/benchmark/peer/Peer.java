package io.brama.benchmark.peer;

import org.jspecify.annotations.Nullable;

/**
 * The libraries that are compared.
 */
public enum Peer {

	/** No breaker: what the call itself costs. */
	DIRECT,

	/** This library. */
	BRAMA,

	/** Resilience4j as it is by default. */
	RESILIENCE4J,

	/** Resilience4j with its lock-free windows. */
	RESILIENCE4J_LOCK_FREE,

	/** Failsafe. */
	FAILSAFE,

	/** SmallRye Fault Tolerance without a container. */
	SMALLRYE,

	/** Armeria. */
	ARMERIA,

	/** Sentinel. */
	SENTINEL,

	/** Apache Pekko. */
	PEKKO;

	/** A result that is a failure where results are judged. */
	public static final String BAD = "bad";

	/**
	 * Guard a connection.
	 * @param rule what would open its circuit
	 * @return the connection
	 * @throws UnsupportedOperationException if the library has no such rule
	 */
	public Guarded guarded(Rule rule) {
		return switch (this) {
			case DIRECT -> new DirectPeer(rule);
			case BRAMA -> new BramaPeer(rule);
			case RESILIENCE4J -> new Resilience4jPeer(rule, false);
			case RESILIENCE4J_LOCK_FREE -> new Resilience4jPeer(rule, true);
			case FAILSAFE -> new FailsafePeer(rule);
			case SMALLRYE -> new SmallRyePeer(rule);
			case ARMERIA -> new ArmeriaPeer(rule);
			case SENTINEL -> new SentinelPeer(rule);
			case PEKKO -> new PekkoPeer(rule);
		};
	}

	/**
	 * Guard a connection with Resilience4j, whose rejections have no stack trace then.
	 * @return the connection
	 */
	public static Guarded resilience4jWithoutStackTraces() {
		return new Resilience4jPeer(Rule.DEFAULT, false, false);
	}

	@SuppressWarnings("ReferenceEquality") // costs nothing, whatever the library
	static boolean isBad(@Nullable Object result) {
		return result == BAD;
	}

	static UnsupportedOperationException unsupported(Rule rule) {
		return new UnsupportedOperationException("has no rule " + rule);
	}

}
