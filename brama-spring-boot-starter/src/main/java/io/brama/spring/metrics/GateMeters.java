package io.brama.spring.metrics;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;

import io.brama.Brama;
import io.brama.BramaEvent;
import io.brama.BramaEvent.StateChanged;
import io.brama.Circuit;
import io.brama.CircuitState;
import io.brama.ConnectionId;
import io.brama.EventFilter;
import io.brama.Subscription;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * The meters of a gate in one registry: its own and those of its circuits.
 * <p>
 * Maintainers: an event only says that something about a connection has changed; what
 * counts is whether there is a circuit now. So it does not matter that events are
 * delivered later, or that circuits come and go while {@link #begin} walks through them.
 * The fields are guarded by this object's monitor; the gate holds no lock when it
 * delivers events.
 * <p>
 * No event tells of the first call of a circuit, which gives it a state, because a
 * success shall cost nothing. So whoever reads a meter of the gate itself, as each scrape
 * does, has the states looked after; whichever it is, for any may be switched off.
 */
final class GateMeters {

	private static final Log logger = LogFactory.getLog(GateMeters.class);

	private final Brama brama;

	private final MeterRegistry registry;

	private final Tags tags;

	private final int maxConnections;

	private final Map<ConnectionId, CircuitMeters> circuits = new HashMap<>();

	/** Those of circuits without a call so far. */
	private final Set<CircuitMeters> withoutState = new HashSet<>();

	private final List<Meter> own = new ArrayList<>();

	private @Nullable Subscription subscription;

	private boolean ended;

	private boolean warned;

	GateMeters(Brama brama, MeterRegistry registry, Tags tags, int maxConnections) {
		this.brama = brama;
		this.registry = registry;
		this.tags = tags;
		this.maxConnections = maxConnections;
	}

	void begin() {
		registerOwn();
		this.brama.all().forEach((circuit) -> bringUpToDate(circuit.id()));
	}

	private synchronized void registerOwn() {
		this.subscription = this.brama
			.subscribe(EventFilter.types(BramaEvent.Type.REGISTERED, BramaEvent.Type.UNREGISTERED,
					BramaEvent.Type.REMOVED, BramaEvent.Type.RECONFIGURED, BramaEvent.Type.STATE_CHANGE), this::accept);
		for (CircuitState state : CircuitState.values()) {
			this.own.add(Gauge.builder("brama.connections", this, (meters) -> meters.count(state))
				.tags(this.tags.and("state", TagValues.of(state)))
				.description("The connections whose circuit is in the state")
				.baseUnit("connections")
				.register(this.registry));
		}
		this.own
			.add(FunctionCounter.builder("brama.events.dropped", this, (meters) -> meters.count(Brama::droppedEvents))
				.tags(this.tags)
				.description("The events of calls that were dropped because listeners were too slow")
				.register(this.registry));
		this.own
			.add(FunctionCounter.builder("brama.calls.unguarded", this, (meters) -> meters.count(Brama::unguardedCalls))
				.tags(this.tags)
				.description("The calls let in without a circuit because there was no room for one more")
				.register(this.registry));
	}

	private double count(CircuitState state) {
		return count((gate) -> gate.all().stream().filter((circuit) -> circuit.state() == state).count());
	}

	private double count(ToLongFunction<Brama> total) {
		tellStates();
		return total.applyAsLong(this.brama);
	}

	private synchronized void tellStates() {
		this.withoutState.removeIf(CircuitMeters::tellState);
	}

	private void accept(BramaEvent event) {
		if (event instanceof StateChanged change) {
			count(change);
		}
		else {
			bringUpToDate(event.connection());
		}
	}

	private synchronized void count(StateChanged change) {
		CircuitMeters meters = this.circuits.get(change.connection());
		if (meters != null) {
			meters.count(change);
			tellState(meters);
		}
	}

	private void tellState(CircuitMeters meters) {
		if (meters.tellState()) {
			this.withoutState.remove(meters);
		}
		else {
			this.withoutState.add(meters);
		}
	}

	private synchronized void bringUpToDate(ConnectionId id) {
		Circuit circuit = this.brama.find(id).orElse(null);
		if (circuit == null || this.ended) {
			CircuitMeters gone = this.circuits.remove(id);
			if (gone != null) {
				this.withoutState.remove(gone);
				gone.end();
			}
		}
		else if (this.circuits.containsKey(id) || hasRoom()) {
			CircuitMeters meters = this.circuits.computeIfAbsent(id,
					(added) -> CircuitMeters.of(circuit, this.registry, this.tags));
			meters.bringUpToDate(circuit);
			tellState(meters);
		}
	}

	private boolean hasRoom() {
		boolean room = this.circuits.size() < this.maxConnections;
		if (!room && !this.warned) {
			this.warned = true;
			logger.warn(this.maxConnections + " connections have meters of their own, and no further one will."
					+ " Set brama.metrics.max-connections to a larger value for more, at the cost of about 15 time"
					+ " series for each; brama.connections counts them all");
		}
		return room;
	}

	synchronized void end() {
		this.ended = true;
		if (this.subscription != null) {
			this.subscription.close();
		}
		this.own.forEach(this.registry::remove);
		this.circuits.values().forEach(CircuitMeters::end);
		this.circuits.clear();
		this.withoutState.clear();
	}

}
