package io.brama;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * What was said about circuits in general, and the answer to what it means for one of
 * them. The strongest first: what was set by command, what was said of the connection by
 * name, at its registration, as a suggestion, by a name pattern (the longest first), of
 * its scope, as defaults; at each of these levels a change at run time beats what was
 * said before. Each level overrides single options.
 * <p>
 * Immutable but for a cache: circuits about which the same was said share one
 * configuration, which takes 750 bytes if it is not the one of all.
 */
final class Settings {

	private static final Command RECONFIGURED = Command.because("another mode is configured");

	/** What was said at registration when nothing was said. */
	static final Layer NOTHING = new Layer("registration", Map.of(), Map.of());

	/** Configurations are kept to be shared until there are so many. */
	private static final int MOST_SHARED = 1_000;

	private final List<Layer> defaults;

	private final Level scopes;

	private final Level connections;

	/** Scope and type configured for a connection, where something is configured. */
	private final Map<String, Naming> namings;

	/** What was set by command, the latest first; each option stands in one place. */
	private final Map<ConnectionId, List<Order>> orders;

	private final Map<List<Layer>, CircuitConfig> shared = new ConcurrentHashMap<>();

	private Settings(List<Layer> defaults, Level scopes, Level connections, Map<String, Naming> namings,
			Map<ConnectionId, List<Order>> orders) {
		this.defaults = defaults;
		this.scopes = scopes;
		this.connections = connections;
		this.namings = namings;
		this.orders = orders;
		CircuitConfig.merge("the defaults", defaults);
		scopes.names().forEach((scope) -> requireSense("scope '" + Text.oneLine(scope) + "'", scopes.named(scope)));
		connections.names().forEach((name) -> {
			if (Level.isPattern(name)) {
				requireSense(Level.words(name), connections.named(name));
			}
			else {
				of(identify(name, null, null));
			}
		});
	}

	private void requireSense(String owner, Stream<Layer> layers) {
		merge(owner, layers);
	}

	private CircuitConfig merge(String owner, Stream<Layer> layers) {
		return CircuitConfig.merge(owner, Stream.concat(layers, this.defaults.stream()).toList());
	}

	/**
	 * Take what was said before any circuit exists.
	 * @param connections by identifier or, with {@code *} in it, by pattern
	 * @throws IllegalArgumentException if something said contradicts itself
	 */
	static Settings of(Layer defaults, Map<String, Layer> scopes, Map<String, CircuitConfig.Builder> connections) {
		Map<String, Layer> layers = new LinkedHashMap<>();
		Map<String, Naming> namings = new LinkedHashMap<>();
		connections.forEach((name, builder) -> {
			layers.put(name, builder.layer(builder.owner()));
			if (!Level.isPattern(name)) {
				namings.put(name, new Naming(builder.scope(), builder.type()));
			}
		});
		return new Settings(List.of(defaults), new Level(scopes, Map.of()), new Level(layers, Map.of()), namings,
				Map.of());
	}

	/** These settings with other defaults from now on. */
	Settings withDefaults(Layer change) {
		List<Layer> changed = (this.defaults.size() > 1)
				? List.of(this.defaults.get(0).with(change), this.defaults.get(1))
				: List.of(change, this.defaults.get(0));
		return new Settings(changed, this.scopes, this.connections, this.namings, this.orders);
	}

	/** These settings with something else said of a scope from now on. */
	Settings withScope(String scope, Layer change) {
		return new Settings(this.defaults, this.scopes.with(scope, change), this.connections, this.namings,
				this.orders);
	}

	/**
	 * These settings with something else said of a connection or by a pattern. What is
	 * said of a connection replaces what commands said of the same options before.
	 */
	Settings withConnection(String name, Layer change) {
		Map<ConnectionId, List<Order>> orders = new HashMap<>(this.orders);
		orders.replaceAll((id, given) -> id.identifier().equals(name) ? Order.without(change, given) : given);
		return new Settings(this.defaults, this.scopes, this.connections.with(name, change), this.namings,
				Map.copyOf(orders));
	}

	/**
	 * These settings with options of one connection set by command.
	 * @param own what was said at its registration, and weaker than that suggested
	 * @throws IllegalArgumentException if that contradicts what applies to the connection
	 * now: all that was said of it or, if that contradicts itself, what is left of it
	 */
	Settings withOrder(ConnectionId id, Order order, Layer... own) {
		List<Order> given = Stream.concat(Stream.of(order), Order.without(order.layer(), orders(id)).stream()).toList();
		int applied = sensible(id.toString(), layers(id, own).toList()).size() - layersOf(orders(id)).size();
		Stream<Layer> others = said(id, own).limit(Math.max(0, applied));
		requireSense(id.toString(), Stream.concat(layersOf(given).stream(), others));
		Map<ConnectionId, List<Order>> orders = new HashMap<>(this.orders);
		orders.put(id, given);
		return new Settings(this.defaults, this.scopes, this.connections, this.namings, Map.copyOf(orders));
	}

	/** These settings without anything that was set by command for a connection. */
	Settings withoutOrders(ConnectionId id) {
		if (!this.orders.containsKey(id)) {
			return this;
		}
		Map<ConnectionId, List<Order>> orders = new HashMap<>(this.orders);
		orders.remove(id);
		return new Settings(this.defaults, this.scopes, this.connections, this.namings, Map.copyOf(orders));
	}

	private List<Order> orders(ConnectionId id) {
		return this.orders.getOrDefault(id, List.of());
	}

	/** Why and by whom a circuit has another mode now. */
	Command commandOf(ConnectionId id) {
		return orders(id).stream()
			.filter((order) -> order.layer().values().containsKey(Option.MODE))
			.map(Order::command)
			.findFirst()
			.orElse(RECONFIGURED);
	}

	/** The identifiers something was configured for, without patterns. */
	Set<String> names() {
		return this.namings.keySet();
	}

	/**
	 * Return the key of a connection, with scope and type as configured where the caller
	 * does not name them.
	 */
	ConnectionId identify(String identifier, @Nullable String scope, @Nullable String type) {
		ConnectionId configured = identify(ConnectionId.of(identifier));
		return new ConnectionId(identifier, (type != null) ? type : configured.type(),
				(scope != null) ? scope : configured.scope());
	}

	/**
	 * Return the key of a connection, with scope and type as configured where they are,
	 * whatever the caller suggests.
	 */
	ConnectionId identify(ConnectionId usual) {
		Naming configured = this.namings.get(usual.identifier());
		return (configured != null) ? configured.over(usual) : usual;
	}

	/**
	 * Return the effective configuration of a connection.
	 * @param own what was said at its registration, and weaker than that suggested
	 * @throws IllegalArgumentException if what was said in several places contradicts
	 * itself
	 */
	CircuitConfig of(ConnectionId id, Layer... own) {
		List<Layer> layers = Stream.concat(layers(id, own), this.defaults.stream()).toList();
		CircuitConfig present = this.shared.get(layers);
		return (present != null) ? present : merge(id, layers, isShareable(id, own));
	}

	/** Whether what is said of a connection may be said of others. */
	private boolean isShareable(ConnectionId id, Layer... own) {
		return orders(id).isEmpty() && this.connections.named(id.identifier()).findAny().isEmpty()
				&& Arrays.stream(own).allMatch((layer) -> layer.metadata().isEmpty());
	}

	private CircuitConfig merge(ConnectionId id, List<Layer> layers, boolean share) {
		CircuitConfig config = CircuitConfig.merge(id.toString(), layers);
		if (share && this.shared.size() >= MOST_SHARED) {
			this.shared.clear();
		}
		CircuitConfig earlier = share ? this.shared.putIfAbsent(layers, config) : null;
		return (earlier != null) ? earlier : config;
	}

	/** Whether what was said of a connection does not contradict itself. */
	boolean makesSense(ConnectionId id, Layer... own) {
		try {
			of(id, own);
			return true;
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

	/**
	 * Return an effective configuration of a connection about which too much was said: of
	 * what contradicts itself the weakest is left out.
	 */
	CircuitConfig weakened(ConnectionId id, Layer... own) {
		String owner = id.toString();
		return merge(owner, sensible(owner, layers(id, own).toList()).stream());
	}

	/** The strongest of some layers that together make sense. */
	private List<Layer> sensible(String owner, List<Layer> layers) {
		try {
			requireSense(owner, layers.stream());
			return layers;
		}
		catch (IllegalArgumentException ex) {
			// ends, because the defaults alone make sense
			return sensible(owner, layers.subList(0, layers.size() - 1));
		}
	}

	/** All that was said specially, the strongest first. */
	private Stream<Layer> layers(ConnectionId id, Layer... own) {
		return Stream.concat(layersOf(orders(id)).stream(), said(id, own));
	}

	private static List<Layer> layersOf(List<Order> orders) {
		return orders.stream().map(Order::layer).filter((layer) -> !layer.isEmpty()).toList();
	}

	/** All that was said specially, but for commands, the strongest first. */
	private Stream<Layer> said(ConnectionId id, Layer... own) {
		String scope = id.scope();
		return Stream
			.of(this.connections.named(id.identifier()), Arrays.stream(own),
					this.connections.matching(id.identifier()).stream(),
					(scope != null) ? this.scopes.named(scope) : Stream.<Layer>empty())
			.flatMap((layers) -> layers)
			.filter((layer) -> !layer.isEmpty());
	}

	/**
	 * Options of one connection that were set by command.
	 *
	 * @param layer the options
	 * @param command why and by whom
	 */
	record Order(Layer layer, Command command) {

		static Order of(Map<Option, Object> values, Command command) {
			String actor = (command.actor() != null) ? " by " + Text.oneLine(command.actor()) : "";
			String origin = "command" + actor + " (" + Text.oneLine(command.reason()) + ")";
			return new Order(new Layer(origin, values, Map.of()), command);
		}

		/** What remains of some orders once the options of a layer are said elsewhere. */
		static List<Order> without(Layer said, List<Order> orders) {
			return orders.stream()
				.map((order) -> new Order(order.layer().without(said.values().keySet()), order.command()))
				.filter((order) -> !order.layer().isEmpty())
				.toList();
		}

	}

	/** What is configured as scope and type of a connection. */
	private record Naming(@Nullable String scope, @Nullable String type) {

		ConnectionId over(ConnectionId usual) {
			return new ConnectionId(usual.identifier(), (this.type != null) ? this.type : usual.type(),
					(this.scope != null) ? this.scope : usual.scope());
		}

	}

}
