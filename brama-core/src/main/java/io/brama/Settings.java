package io.brama;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * What was said about circuits before any exists, and the answer to what it means for one
 * of them: {@code connections.<name>} beats what was said at registration, that beats a
 * name pattern (the longest first), that a scope, that the defaults, that the built-in
 * values. Each level overrides single options.
 * <p>
 * Immutable but for a cache: circuits about which nothing special was said share one
 * configuration.
 */
final class Settings {

	/** What was said at registration when nothing was said. */
	static final Layer NOTHING = new Layer("registration", Map.of(), Map.of());

	private final Layer defaults;

	private final Map<String, Layer> scopes;

	private final Map<String, CircuitConfig.Builder> connections;

	private final Map<Pattern, Layer> patterns;

	private final Map<List<Layer>, CircuitConfig> shared = new ConcurrentHashMap<>();

	/**
	 * Take what was said.
	 * @param connections by identifier or, with {@code *} in it, by pattern
	 * @throws IllegalArgumentException if something said contradicts itself
	 */
	Settings(Layer defaults, Map<String, Layer> scopes, Map<String, CircuitConfig.Builder> connections) {
		this.defaults = defaults;
		this.scopes = Map.copyOf(scopes);
		this.connections = new LinkedHashMap<>(connections);
		this.patterns = patterns(connections);
		CircuitConfig.merge("the defaults", List.of(defaults));
		scopes.forEach(
				(scope, layer) -> CircuitConfig.merge("scope '" + Text.oneLine(scope) + "'", List.of(layer, defaults)));
		names().forEach((name) -> of(identify(name, null, null), NOTHING));
	}

	private static Map<Pattern, Layer> patterns(Map<String, CircuitConfig.Builder> connections) {
		Map<Pattern, Layer> patterns = new LinkedHashMap<>();
		connections.keySet()
			.stream()
			.filter(Settings::isPattern)
			.sorted(Comparator.comparingInt(String::length).reversed())
			.forEach((name) -> patterns.put(compile(name),
					Objects.requireNonNull(connections.get(name)).layer("pattern '" + Text.oneLine(name) + "'")));
		return patterns;
	}

	private static boolean isPattern(String name) {
		return name.contains("*");
	}

	private static Pattern compile(String name) {
		return Pattern.compile(Pattern.quote(name).replace("*", "\\E.*\\Q"), Pattern.DOTALL);
	}

	/** The identifiers something was said about, without patterns. */
	Set<String> names() {
		return this.connections.keySet()
			.stream()
			.filter((name) -> !isPattern(name))
			.collect(Collectors.toUnmodifiableSet());
	}

	/**
	 * Return the key of a connection, with scope and type as configured where the caller
	 * does not name them.
	 */
	ConnectionId identify(String identifier, @Nullable String scope, @Nullable String type) {
		ConnectionId.requireText(identifier, "identifier of a connection");
		CircuitConfig.Builder said = isPattern(identifier) ? null : this.connections.get(identifier);
		String configuredScope = (said != null) ? said.scope() : null;
		String configuredType = (said != null && said.type() != null) ? said.type() : ConnectionId.DEFAULT_TYPE;
		return new ConnectionId(identifier, (type != null) ? type : configuredType,
				(scope != null) ? scope : configuredScope);
	}

	/**
	 * Return the effective configuration of a connection.
	 * @param own what was said at its registration
	 * @throws IllegalArgumentException if what was said in several places contradicts
	 * itself
	 */
	CircuitConfig of(ConnectionId id, Layer own) {
		List<Layer> layers = new ArrayList<>();
		CircuitConfig.Builder said = this.connections.get(id.identifier());
		if (said != null) {
			layers.add(said.layer("connection '" + Text.oneLine(id.identifier()) + "'"));
		}
		layers.add(own);
		this.patterns.forEach((pattern, layer) -> {
			if (pattern.matcher(id.identifier()).matches()) {
				layers.add(layer);
			}
		});
		Layer scope = (id.scope() != null) ? this.scopes.get(id.scope()) : null;
		if (scope != null) {
			layers.add(scope);
		}
		layers.add(this.defaults);
		layers.removeIf(Layer::isEmpty);
		boolean special = said != null || !own.isEmpty();
		return special ? CircuitConfig.merge(id.toString(), layers)
				: this.shared.computeIfAbsent(layers, (key) -> CircuitConfig.merge(id.toString(), key));
	}

}
