package io.brama.benchmark.peer;

import java.util.function.Function;

/**
 * The libraries that are compared.
 */
public enum Peer {

	/** No breaker: what the call itself costs. */
	DIRECT(DirectPeer::new),

	/** This library. */
	BRAMA(BramaPeer::new),

	/** Resilience4j as it is by default. */
	RESILIENCE4J((rule) -> new Resilience4jPeer(rule, false)),

	/** Resilience4j with its lock-free windows. */
	RESILIENCE4J_LOCK_FREE((rule) -> new Resilience4jPeer(rule, true)),

	/** Failsafe. */
	FAILSAFE(FailsafePeer::new),

	/** SmallRye Fault Tolerance without a container. */
	SMALLRYE(SmallRyePeer::new),

	/** Armeria. */
	ARMERIA(ArmeriaPeer::new),

	/** Sentinel. */
	SENTINEL(SentinelPeer::new),

	/** Apache Pekko. */
	PEKKO(PekkoPeer::new);

	/** A result that is a failure where results are judged. */
	public static final String BAD = "bad";

	private final Function<Rule, Guarded> creation;

	Peer(Function<Rule, Guarded> creation) {
		this.creation = creation;
	}

	/**
	 * Guard a connection.
	 * @param rule what would open its circuit
	 * @return the connection
	 * @throws UnsupportedOperationException if the library has no such rule
	 */
	public Guarded guarded(Rule rule) {
		return this.creation.apply(rule);
	}

	static UnsupportedOperationException unsupported(Rule rule) {
		return new UnsupportedOperationException("has no rule " + rule);
	}

}
