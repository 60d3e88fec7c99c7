package io.brama;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * What was said about circuits in general, and the answer to what it means for one of
 * them. The strongest first: what was said of the connection by name, at its
 * registration, by a name pattern (the longest first), of its scope, as defaults; at each
 * of these levels a change at run time beats what was said before. Each level overrides
 * single options.
 * <p>
 * Immutable but for a cache: circuits about which nothing special was said share one
 * configuration.
 */
final class Settings {

	/** What was said at registration when nothing was said. */
	static final Layer NOTHING = new Layer("registration", Map.of(), Map.of());

	private final List<Layer> defaults;

	private final Level scopes;

	private final Level connections;

	/** Scope and type configured for a connection. */
	private final Map<String, ConnectionId> ids;

	private final Map<List<Layer>, CircuitConfig> shared = new ConcurrentHashMap<>();

	private Settings(List<Layer> defaults, Level scopes, Level connections, Map<String, ConnectionId> ids) {
		this.defaults = defaults;
		this.scopes = scopes;
		this.connections = connections;
		this.ids = ids;
		CircuitConfig.merge("the defaults", defaults);
		scopes.names().forEach((scope) -> requireSense("scope '" + Text.oneLine(scope) + "'", scopes.named(scope)));
		connections.names()
			.filter(Level::isPattern)
			.forEach((pattern) -> requireSense(Level.words(pattern), connections.named(pattern)));
		ids.values().forEach((id) -> of(id, NOTHING));
	}

	private void requireSense(String owner, Stream<Layer> layers) {
		CircuitConfig.merge(owner, Stream.concat(layers, this.defaults.stream()).toList());
	}

	/**
	 * Take what was said before any circuit exists.
	 * @param connections by identifier or, with {@code *} in it, by pattern
	 * @throws IllegalArgumentException if something said contradicts itself
	 */
	static Settings of(Layer defaults, Map<String, Layer> scopes, Map<String, CircuitConfig.Builder> connections) {
		Map<String, Layer> layers = new LinkedHashMap<>();
		Map<String, ConnectionId> ids = new LinkedHashMap<>();
		connections.forEach((name, builder) -> {
			layers.put(name, builder.layer(builder.owner()));
			if (!Level.isPattern(name)) {
				ids.put(name, builder.id(name));
			}
		});
		return new Settings(List.of(defaults), new Level(scopes, Map.of()), new Level(layers, Map.of()), ids);
	}

	/** These settings with other defaults from now on. */
	Settings withDefaults(Layer change) {
		List<Layer> changed = (this.defaults.size() > 1)
				? List.of(this.defaults.get(0).with(change), this.defaults.get(1))
				: List.of(change, this.defaults.get(0));
		return new Settings(changed, this.scopes, this.connections, this.ids);
	}

	/** These settings with something else said of a scope from now on. */
	Settings withScope(String scope, Layer change) {
		return new Settings(this.defaults, this.scopes.with(scope, change), this.connections, this.ids);
	}

	/** These settings with something else said of a connection or by a pattern. */
	Settings withConnection(String name, Layer change) {
		return new Settings(this.defaults, this.scopes, this.connections.with(name, change), this.ids);
	}

	/** The identifiers something was configured for, without patterns. */
	Set<String> names() {
		return this.ids.keySet();
	}

	/**
	 * Return the key of a connection, with scope and type as configured where the caller
	 * does not name them.
	 */
	ConnectionId identify(String identifier, @Nullable String scope, @Nullable String type) {
		ConnectionId.requireText(identifier, "identifier of a connection");
		ConnectionId configured = this.ids.getOrDefault(identifier, ConnectionId.of(identifier));
		return new ConnectionId(identifier, (type != null) ? type : configured.type(),
				(scope != null) ? scope : configured.scope());
	}

	/**
	 * Return the effective configuration of a connection.
	 * @param own what was said at its registration
	 * @throws IllegalArgumentException if what was said in several places contradicts
	 * itself
	 */
	CircuitConfig of(ConnectionId id, Layer own) {
		List<Layer> special = Stream.concat(this.connections.named(id.identifier()), Stream.of(own))
			.filter((layer) -> !layer.isEmpty())
			.toList();
		List<Layer> layers = new ArrayList<>(special);
		layers.addAll(this.connections.matching(id.identifier()));
		if (id.scope() != null) {
			this.scopes.named(id.scope()).forEach(layers::add);
		}
		layers.addAll(this.defaults);
		return special.isEmpty() ? this.shared.computeIfAbsent(layers, (key) -> CircuitConfig.merge(id.toString(), key))
				: CircuitConfig.merge(id.toString(), layers);
	}

}
