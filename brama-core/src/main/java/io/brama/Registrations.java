package io.brama;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * What was said at registrations. It stays when cleanup takes the circuit away, until the
 * connection is unregistered. Thread-safe.
 * <p>
 * Maintainers: a circuit knows its registration itself from its registration until
 * cleanup takes it away; from then on, also once it is back, the registration stands
 * here. Those that say the same at the same place are one object: many thousand circuits
 * made in a loop need no memory for it, where each needed 100 bytes. What is written is
 * written inside a change of the entry of the circuit in the {@link Directory}.
 */
final class Registrations {

	/** Registrations are kept to be shared until there are so many. */
	private static final int MOST_SHARED = 1_000;

	private final Directory circuits;

	/** The registrations of circuits that cleanup has once taken away. */
	private final Map<String, Map<ConnectionId, Registration>> dormant = new ConcurrentHashMap<>();

	private final Map<Registration, Registration> shared = new ConcurrentHashMap<>();

	Registrations(Directory circuits) {
		this.circuits = circuits;
	}

	/** What was said when a connection was registered, if it was. */
	@Nullable Registration of(ConnectionId id) {
		Circuit live = this.circuits.find(id);
		Registration known = (live != null) ? live.registration() : null;
		return (known != null) ? known : dormant(id.identifier()).get(id);
	}

	boolean contains(ConnectionId id) {
		return of(id) != null;
	}

	/** The options named when a connection was registered. */
	Layer layerOf(ConnectionId id) {
		Registration registration = of(id);
		return (registration != null) ? registration.own() : Settings.NOTHING;
	}

	/**
	 * All connections with an identifier. One that is taken away meanwhile is here then.
	 */
	Set<ConnectionId> named(String identifier) {
		Set<ConnectionId> ids = new HashSet<>();
		for (Circuit circuit : this.circuits.all(identifier)) {
			if (circuit.registration() != null) {
				ids.add(circuit.id());
			}
		}
		ids.addAll(dormant(identifier).keySet());
		return ids;
	}

	/** The connections whose circuits cleanup has taken away. */
	Stream<ConnectionId> dormant() {
		return this.dormant.values().stream().flatMap((ids) -> ids.keySet().stream());
	}

	private Map<ConnectionId, Registration> dormant(String identifier) {
		return this.dormant.getOrDefault(identifier, Map.of());
	}

	/** Note what was said of a live circuit, unless something was said before. */
	void add(Circuit circuit, Registration registration) {
		if (!contains(circuit.id()) && circuit.registration() == null) {
			circuit.register(shared(registration));
		}
	}

	private Registration shared(Registration registration) {
		Registration alike = this.shared.get(registration);
		if (alike != null) {
			return alike;
		}
		if (this.shared.size() >= MOST_SHARED) {
			this.shared.clear();
		}
		this.shared.put(registration, registration);
		return registration;
	}

	/** Keep what was said of a circuit that is taken away. */
	void keep(Circuit circuit) {
		Registration registration = circuit.registration();
		if (registration != null) {
			ConnectionId id = circuit.id();
			this.dormant.merge(id.identifier(), Map.of(id, registration), Registrations::union);
			circuit.register(null);
		}
	}

	private static Map<ConnectionId, Registration> union(Map<ConnectionId, Registration> some,
			Map<ConnectionId, Registration> others) {
		Map<ConnectionId, Registration> all = new HashMap<>(some);
		all.putAll(others);
		return Map.copyOf(all);
	}

	/** Forget what was said of a connection, whose circuit goes, too, if it has one. */
	void forget(ConnectionId id, @Nullable Circuit live) {
		if (live != null) {
			live.register(null);
		}
		this.dormant.computeIfPresent(id.identifier(), (identifier, ids) -> {
			Map<ConnectionId, Registration> rest = new HashMap<>(ids);
			rest.remove(id);
			return rest.isEmpty() ? null : Map.copyOf(rest);
		});
	}

}
