package io.brama;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.brama.Settings.Order;
import org.jspecify.annotations.Nullable;

/**
 * The circuits that live, by identifier: at most one for each connection.
 * <p>
 * Maintainers: whatever adds or takes away a circuit does so inside a change of its entry
 * in the {@link Directory}, together with the retirement of the machine and the offering
 * of the event. No user code runs inside; events are flushed afterwards. The settings are
 * written under the monitor of the registry, which may be taken inside such a change,
 * never the reverse.
 */
final class Registry {

	private static final System.Logger logger = System.getLogger("io.brama");

	private final Directory circuits;

	private final Registrations registrations;

	/** What was suggested for circuits that live; it goes with them. */
	private final Map<ConnectionId, Layer> suggested = new ConcurrentHashMap<>();

	private final Services services;

	private final Traffic traffic;

	private final Capacity capacity;

	private final AtomicInteger contradictions = new AtomicInteger();

	/** What is restored; written under the monitor. */
	private Settings initial;

	private volatile Settings settings;

	private Runnable onAdded = () -> {
	};

	Registry(Settings settings, Services services, int maxConnections) {
		this.capacity = new Capacity(maxConnections, services.time());
		this.circuits = new Directory(this.capacity::resize);
		this.registrations = new Registrations(this.circuits);
		this.initial = settings;
		this.settings = settings;
		this.services = services;
		this.traffic = Traffic.of(services);
	}

	/** Set what to do whenever a circuit has been added. */
	void onAdded(Runnable onAdded) {
		this.onAdded = onAdded;
	}

	Settings settings() {
		return this.settings;
	}

	Capacity capacity() {
		return this.capacity;
	}

	/**
	 * Change what is said about circuits, all or nothing.
	 * @throws IllegalArgumentException if that contradicts itself or what was said of a
	 * circuit
	 */
	void reconfigure(UnaryOperator<Settings> change) {
		synchronized (this) {
			this.settings = changed(change);
		}
		all().forEach(this::bringUpToDate);
	}

	/**
	 * Change what is said about circuits so that it stays when other changes are taken
	 * back, all or nothing.
	 * @throws IllegalArgumentException if that contradicts itself or what was said of a
	 * circuit
	 */
	void reconfigureForGood(UnaryOperator<Settings> change) {
		synchronized (this) {
			Settings next = changed(change);
			this.initial = change.apply(this.initial);
			this.settings = next;
		}
		all().forEach(this::bringUpToDate);
	}

	private Settings changed(UnaryOperator<Settings> change) {
		Settings next = change.apply(this.settings);
		Stream.concat(all().map(Circuit::id), this.registrations.dormant()).forEach((id) -> requireSense(id, next));
		return next;
	}

	/** Go by what was said before any circuit existed, and since then for good. */
	void restore() {
		synchronized (this) {
			this.settings = this.initial;
		}
		all().forEach(this::bringUpToDate);
	}

	/** Refuse a contradiction, unless there was one before. */
	private void requireSense(ConnectionId id, Settings next) {
		Layer[] own = saidOf(id);
		try {
			next.of(id, own);
		}
		catch (IllegalArgumentException ex) {
			if (this.settings.makesSense(id, own)) {
				throw ex;
			}
		}
	}

	/**
	 * Set options of one circuit by command, all or nothing.
	 * @return {@code false} if the circuit is retired
	 * @throws IllegalArgumentException if that contradicts what applies to the circuit
	 */
	boolean obey(Circuit circuit, Order order) {
		ConnectionId id = circuit.id();
		synchronized (this) {
			if (circuit.breaker().period() instanceof Retired) {
				return false;
			}
			this.settings = this.settings.withOrder(id, order, saidOf(id));
		}
		return bringUpToDate(circuit);
	}

	/**
	 * Apply what was said, and again if that changes meanwhile.
	 * @return {@code false} if the circuit is retired; one that comes back goes by what
	 * is said then
	 */
	private boolean bringUpToDate(Circuit circuit) {
		Settings applied = null;
		Layer suggestion = null;
		boolean alive = true;
		while (applied != this.settings || !Objects.equals(suggestion, this.suggested.get(circuit.id()))) {
			applied = this.settings;
			suggestion = this.suggested.get(circuit.id());
			alive = circuit.breaker().reconfigure(configOf(circuit.id(), applied), applied.commandOf(circuit.id()));
		}
		return alive;
	}

	/**
	 * The configuration of a connection, which a contradiction between a pattern and a
	 * scope does not keep from being called.
	 */
	private CircuitConfig configOf(ConnectionId id, Settings settings) {
		Layer[] own = saidOf(id);
		try {
			return settings.of(id, own);
		}
		catch (IllegalArgumentException ex) {
			int times = this.contradictions.incrementAndGet();
			if (Text.isWorthALine(times)) {
				logger.log(Level.WARNING, "What is configured for " + id + " contradicts itself: " + ex.getMessage()
						+ ". What the weakest place says of it is left out (seen " + Text.times(times) + " so far)");
			}
			return settings.weakened(id, own);
		}
	}

	/**
	 * Register a connection, or make sure that it is registered with these options.
	 * @param place finds where in the application that happens
	 */
	Circuit register(ConnectionId id, Layer own, Supplier<@Nullable String> place) {
		boolean known = this.registrations.contains(id);
		Registration registration = new Registration(own, known ? null : place.get());
		return put(id, (present) -> {
			if (present != null || this.registrations.contains(id)) {
				requireAgreement(id, (present != null) ? present.config() : configOf(id, this.settings), own);
			}
			Circuit circuit = (present != null) ? present : new Circuit(this, create(id, this.settings.of(id, own)));
			this.registrations.add(circuit, registration);
			return circuit;
		});
	}

	/**
	 * Replace what was suggested for a connection, which is registered if it is not yet
	 * and there is room.
	 * @throws IllegalArgumentException if that contradicts what else was said of it; then
	 * nothing is changed
	 */
	Circuit suggest(ConnectionId id, Layer suggestion) {
		if (find(id) == null && !hasRoom()) {
			return unguarded(id);
		}
		Circuit circuit = put(id, (present) -> {
			CircuitConfig config = this.settings.of(id, registeredWith(id), suggestion);
			this.suggested.put(id, suggestion);
			return (present != null) ? present : new Circuit(this, create(id, config));
		});
		bringUpToDate(circuit);
		return circuit;
	}

	boolean isSuggested(ConnectionId id) {
		return this.suggested.containsKey(id);
	}

	/**
	 * Return the live circuit of a connection, which is registered if there is none; or,
	 * if there is no room for it, a circuit without a live machine.
	 */
	Circuit live(ConnectionId id) {
		Circuit found = find(id);
		if (found != null) {
			return found;
		}
		if (!hasRoom()) {
			return unguarded(id);
		}
		return put(id, (present) -> (present != null) ? present : new Circuit(this, create(id)));
	}

	private Circuit unguarded(ConnectionId id) {
		Breaker retired = new Breaker(id, configOf(id, this.settings), this.traffic);
		retired.retire();
		return new Circuit(this, retired);
	}

	private boolean hasRoom() {
		boolean room = this.capacity.hasRoom(this);
		this.services.events().flush();
		return room;
	}

	/**
	 * Return the connection that an identifier means among those that were registered on
	 * purpose, live or removed by cleanup: the one outside every scope and of the
	 * configured or default type, or else the only one.
	 * @throws IllegalArgumentException if there are several others
	 */
	Optional<ConnectionId> registered(String identifier) {
		Set<ConnectionId> ids = this.registrations.named(identifier);
		ConnectionId usual = this.settings.identify(identifier, null, null);
		if (ids.size() > 1 && !ids.contains(usual)) {
			throw ambiguous(identifier, ids.stream());
		}
		return ids.contains(usual) ? Optional.of(usual) : ids.stream().findFirst();
	}

	/**
	 * Give a circuit that has been retired the live machine of its connection; if there
	 * is none, the circuit comes back itself.
	 * @return the machine, or {@code null} if there is no room for one
	 */
	@Nullable Breaker revive(Circuit retired) {
		ConnectionId id = retired.id();
		if (find(id) == null && !hasRoom()) {
			return null;
		}
		put(id, (present) -> {
			retired.use((present != null) ? present.breaker() : create(id));
			return (present != null) ? present : retired;
		});
		return retired.breaker();
	}

	private Breaker create(ConnectionId id) {
		return create(id, configOf(id, this.settings));
	}

	private Breaker create(ConnectionId id, CircuitConfig config) {
		Breaker breaker = new Breaker(id, config, this.traffic);
		this.services.herald().offerRegistered(id, config, () -> this.circuits.awaitChange(id));
		return breaker;
	}

	private void requireAgreement(ConnectionId id, CircuitConfig present, Layer own) {
		own.metadata().forEach((key, value) -> {
			String earlier = present.metadata().get(key);
			if (!value.equals(earlier)) {
				throw disagreement("metadata '" + Text.oneLine(key) + "'", id, earlier, value);
			}
		});
		Map<Option, Object> before = registeredWith(id).values();
		own.values().forEach((option, value) -> {
			Object earlier = before.containsKey(option) ? before.get(option) : present.valueOf(option);
			if (!value.equals(earlier)) {
				throw disagreement(option.words(), id, earlier, value);
			}
		});
	}

	/** The place that does not agree stands in the stack trace. */
	private IllegalArgumentException disagreement(String what, ConnectionId id, @Nullable Object earlier,
			Object value) {
		Registration registration = this.registrations.of(id);
		String first = (registration != null) ? registration.place() : null;
		return new IllegalArgumentException(
				what + " of " + id + " is " + Text.value(earlier) + "; it cannot be registered again with "
						+ Text.value(value) + ((first != null) ? " (registered first by " + first + ")" : ""));
	}

	/** What was said when the connection was registered. */
	Layer registeredWith(ConnectionId id) {
		return this.registrations.layerOf(id);
	}

	/** What was said of the connection itself, the strongest first. */
	private Layer[] saidOf(ConnectionId id) {
		return new Layer[] { registeredWith(id), this.suggested.getOrDefault(id, Settings.NOTHING) };
	}

	/** Return the live circuit of a connection. */
	@Nullable Circuit find(ConnectionId id) {
		return this.circuits.find(id);
	}

	/**
	 * Return the live circuit with an identifier: the one outside every scope and of the
	 * configured or default type, or else the only one.
	 * @throws IllegalArgumentException if there are several others
	 */
	@Nullable Circuit find(@Nullable String identifier) {
		String given = ConnectionId.requireGiven(identifier, "identifier of a connection");
		Circuit only = this.circuits.only(given);
		return (only != null) ? only : findAmongNamesakes(given);
	}

	private @Nullable Circuit findAmongNamesakes(String identifier) {
		ConnectionId.requireText(identifier, "identifier of a connection");
		Circuit meant = this.circuits.find(this.settings.identify(identifier, null, null));
		Circuit[] namesakes = this.circuits.all(identifier);
		if (meant == null && namesakes.length > 1) {
			throw ambiguous(identifier, Arrays.stream(namesakes).map(Circuit::id));
		}
		return (meant == null && namesakes.length == 1) ? namesakes[0] : meant;
	}

	private static IllegalArgumentException ambiguous(String identifier, Stream<ConnectionId> ids) {
		return new IllegalArgumentException(
				"identifier of a connection must name one of them, was '" + Text.oneLine(identifier) + "' of "
						+ ids.map(ConnectionId::toString).sorted().collect(Collectors.joining(", ")));
	}

	Stream<Circuit> all() {
		return this.circuits.all();
	}

	boolean isEmpty() {
		return this.circuits.isEmpty();
	}

	/**
	 * Take a circuit away with all that was said at its registration or by command. What
	 * was ordered goes when the circuit has retired and takes no more orders.
	 */
	boolean unregister(ConnectionId id) {
		boolean[] removed = new boolean[1];
		this.circuits.replace(id, (present) -> {
			removed[0] = present != null || this.registrations.contains(id);
			this.registrations.forget(id, present);
			this.suggested.remove(id);
			if (present != null) {
				present.breaker().retire();
				this.services.herald().offerUnregistered(id, () -> this.circuits.awaitChange(id));
			}
			forgetOrders(id);
			return null;
		});
		this.services.events().flush();
		return removed[0];
	}

	private synchronized void forgetOrders(ConnectionId id) {
		this.settings = this.settings.withoutOrders(id);
	}

	/** Take away the closed circuits that had no call for some time. */
	void removeIdle(Duration threshold) {
		long now = this.services.time().nanoTime();
		all().filter((circuit) -> isIdle(circuit.breaker().period(), threshold, now))
			.forEach((circuit) -> removeIfIdle(circuit, threshold));
		this.services.events().flush();
	}

	/**
	 * Take away a circuit if it is closed and had no call for some time; tells nobody
	 * yet.
	 */
	boolean removeIfIdle(Circuit circuit, Duration threshold) {
		return this.circuits.replace(circuit.id(), (present) -> removedIfIdle(present, threshold)) == null;
	}

	/** Whether there was no call for some time, and the circuit may be taken away. */
	private boolean isIdle(Period period, Duration threshold, long now) {
		return isEvictable(period) && now - lastCall(period) >= threshold.toNanos();
	}

	/** When the last call was noticed. */
	long lastCall(Period period) {
		return period.ledger().lastCall(this.services.time());
	}

	/** Whether a circuit may be taken away when it is idle. */
	static boolean isEvictable(Period period) {
		return period instanceof Closed && period.config().mode() == Mode.ENFORCE;
	}

	private @Nullable Circuit removedIfIdle(@Nullable Circuit present, Duration threshold) {
		if (present == null) {
			return null;
		}
		Breaker breaker = present.breaker();
		Period period = breaker.period();
		long lastCall = lastCall(period);
		long now = this.services.time().nanoTime();
		if (!isIdle(period, threshold, now) || !breaker.retire(period)) {
			return present;
		}
		this.suggested.remove(breaker.id());
		this.registrations.keep(present);
		this.services.herald()
			.offerRemoved(breaker.id(), Duration.ofNanos(now - lastCall),
					() -> this.circuits.awaitChange(breaker.id()));
		return null;
	}

	private Circuit put(ConnectionId id, Directory.Change change) {
		Settings before = this.settings;
		Circuit circuit = Objects.requireNonNull(this.circuits.replace(id, change), "a circuit");
		this.onAdded.run();
		this.services.events().flush();
		if (before != this.settings) {
			bringUpToDate(circuit);
		}
		return circuit;
	}

}
