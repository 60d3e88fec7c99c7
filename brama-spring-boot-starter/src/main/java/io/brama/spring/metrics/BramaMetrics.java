package io.brama.spring.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.brama.Brama;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * The meters of a gate and its circuits, for any number of registries.
 * <p>
 * All but the counters of transitions, which are as rare as those, are read from the gate
 * when somebody looks; a call does nothing for them. The meters of a circuit come when it
 * is registered and go when it is removed; when it comes back, so do they, and count from
 * 0 as its totals do. The totals, and so the meters of calls, also start from 0 with a
 * reset.
 * <p>
 * The time of calls is there if the gate was built to
 * {@linkplain Brama.Builder#measureDurations measure durations}. Thread-safe.
 */
public final class BramaMetrics implements MeterBinder, AutoCloseable {

	/** How many circuits have meters of their own unless told otherwise. */
	public static final int DEFAULT_MAX_CONNECTIONS = 1000;

	private final Brama brama;

	private final int maxConnections;

	private final Tags tags;

	private final Map<MeterRegistry, GateMeters> bound = new ConcurrentHashMap<>();

	/**
	 * Prepare the meters of a gate.
	 * @param brama the gate
	 */
	public BramaMetrics(Brama brama) {
		this(brama, DEFAULT_MAX_CONNECTIONS, Tags.empty());
	}

	/**
	 * Prepare the meters of a gate.
	 * @param brama the gate
	 * @param maxConnections how many circuits have meters of their own, from 0 to 10 000
	 * 000; those that are registered when so many have them, have none
	 * @param tags further tags of all meters, for instance to tell two gates apart that
	 * share a registry
	 * @throws IllegalArgumentException if {@code maxConnections} is out of range
	 */
	public BramaMetrics(Brama brama, int maxConnections, Iterable<Tag> tags) {
		if (maxConnections < 0 || maxConnections > 10_000_000) {
			throw new IllegalArgumentException(
					"max-connections of the metrics must be between 0 and 10000000, was " + maxConnections);
		}
		this.brama = brama;
		this.maxConnections = maxConnections;
		this.tags = Tags.of(tags);
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		GateMeters meters = new GateMeters(this.brama, registry, this.tags, this.maxConnections);
		if (this.bound.putIfAbsent(registry, meters) == null) {
			meters.begin();
		}
	}

	/**
	 * Take the meters away from all registries.
	 */
	@Override
	public void close() {
		this.bound.values().forEach(GateMeters::end);
		this.bound.clear();
	}

}
