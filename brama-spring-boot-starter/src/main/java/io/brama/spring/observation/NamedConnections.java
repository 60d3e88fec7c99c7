package io.brama.spring.observation;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

import io.brama.ConnectionId;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * The connections that are named one by one: the first so many that are called. It stays
 * with those, even when their circuits are gone, so that there are never more.
 * Thread-safe.
 */
final class NamedConnections {

	private static final Log logger = LogFactory.getLog(NamedConnections.class);

	private final Set<ConnectionId> named = ConcurrentHashMap.newKeySet();

	private final AtomicBoolean warned = new AtomicBoolean();

	private final int most;

	private volatile boolean full;

	NamedConnections(int most) {
		this.most = most;
		this.full = most <= 0;
	}

	/** Whether a connection is one of them, or becomes one now. */
	boolean contain(ConnectionId connection) {
		boolean contained = this.named.contains(connection) || (!this.full && add(connection));
		if (!contained && this.warned.compareAndSet(false, true)) {
			logger.warn(this.most + " connections have observations of their own name, and no further one will. Set"
					+ " brama.metrics.max-connections to a larger value for more, at the cost of more time series;"
					+ " traces name them all");
		}
		return contained;
	}

	private synchronized boolean add(ConnectionId connection) {
		if (!this.full) {
			this.named.add(connection);
			this.full = this.named.size() >= this.most;
		}
		return this.named.contains(connection);
	}

}
