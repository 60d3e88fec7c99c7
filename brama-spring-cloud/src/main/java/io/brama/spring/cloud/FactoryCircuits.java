package io.brama.spring.cloud;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;

import io.brama.Brama;
import io.brama.BramaEvent;
import io.brama.Circuit;
import io.brama.ConnectionId;
import io.brama.ErrorHandler;
import io.brama.EventFilter;
import org.jspecify.annotations.Nullable;

import org.springframework.cloud.client.circuitbreaker.Customizer;

/**
 * The circuits of a factory and what it was told about them. What was said of an id is a
 * change for good, what was said of all of them a suggestion, so that the former wins.
 * <p>
 * Maintainers: two threads that meet a new circuit may both ask for its defaults and
 * suggest them. Defaults that are replaced meanwhile are found to be old at the next
 * call. A suggestion goes with its circuit; whether there is one, the gate knows. What is
 * remembered here counts only as long as there is, and events that a circuit is gone
 * merely have it forgotten.
 */
final class FactoryCircuits {

	private static final EventFilter GONE = EventFilter.types(BramaEvent.Type.REMOVED, BramaEvent.Type.UNREGISTERED);

	private final Brama brama;

	private final Timeouts timeouts;

	/** What was said of some ids; only the gate remembers all of the options. */
	private final Map<String, BramaConfig> named;

	private final Map<ConnectionId, Applied> applied = new ConcurrentHashMap<>();

	private final Map<String, List<Customizer<Circuit>>> customizers = new ConcurrentHashMap<>();

	private volatile @Nullable Function<String, BramaConfig> defaults;

	FactoryCircuits(Brama brama, Timeouts timeouts, Map<String, BramaConfig> named) {
		this.brama = brama;
		this.timeouts = timeouts;
		this.named = named;
	}

	/** The connection of an id, with the scope and type that are configured for it. */
	ConnectionId identify(String id) {
		return this.brama.identify(ConnectionId.of(id));
	}

	/** The connection of an id in the scope that a group is. */
	ConnectionId identify(String id, @Nullable String group) {
		if (group == null) {
			throw new IllegalArgumentException("group of circuit breaker '" + id + "' must not be null");
		}
		return identify(id).withScope(group);
	}

	/** Say something of some ids, over what was said of them before. */
	void configure(Consumer<BramaConfigBuilder> consumer, String... ids) {
		for (String id : ids) {
			BramaConfigBuilder builder = new BramaConfigBuilder(id);
			consumer.accept(builder);
			BramaConfig config = builder.build();
			this.brama.configureForGood(id, config::applyTo);
			this.named.merge(id, config, BramaConfig::with);
		}
	}

	void configureDefault(Function<String, BramaConfig> defaults) {
		if (this.defaults == null) {
			this.brama.subscribe(GONE, (event) -> this.applied.remove(event.connection()));
		}
		this.defaults = defaults;
	}

	void customize(Customizer<Circuit> customizer, String... ids) {
		for (String id : ids) {
			this.customizers.computeIfAbsent(id, (key) -> new CopyOnWriteArrayList<>())
				.add(Customizer.once(customizer, Circuit::id));
		}
	}

	/**
	 * Return the circuit of a connection and the terms of its calls as they are now.
	 * @throws IllegalArgumentException if what was said of it contradicts itself
	 */
	Guard guard(ConnectionId id) {
		BramaConfig usual = defaultsOf(id);
		Circuit circuit = this.brama.circuit(id);
		this.customizers.getOrDefault(id.identifier(), List.of())
			.forEach((customizer) -> customizer.customize(circuit));
		BramaConfig own = configOf(id.identifier());
		return new Guard(circuit, timeout(id.identifier(), own, usual),
				first(own.errorHandler(), usual.errorHandler(), ErrorHandler.DEFAULT));
	}

	private BramaConfig configOf(String id) {
		return this.named.getOrDefault(id, BramaConfig.NOTHING);
	}

	private BramaConfig defaultsOf(ConnectionId id) {
		Function<String, BramaConfig> defaults = this.defaults;
		if (defaults == null) {
			return BramaConfig.NOTHING;
		}
		Applied before = this.applied.get(id);
		return (before != null && before.source().equals(defaults) && this.brama.isSuggested(id)) ? before.config()
				: apply(defaults, id);
	}

	private BramaConfig apply(Function<String, BramaConfig> defaults, ConnectionId id) {
		BramaConfig config = defaults.apply(id.identifier());
		if (config == null) {
			throw new IllegalArgumentException(
					"default configuration of circuit breaker '" + id.identifier() + "' must not be null");
		}
		this.brama.suggest(id, config::applyTo);
		if (this.brama.isSuggested(id)) {
			this.applied.put(id, new Applied(defaults, config));
		}
		return config;
	}

	private Duration timeout(String id, BramaConfig own, BramaConfig usual) {
		return first(own.timeout(), this.timeouts.byId().get(id), usual.timeout(), this.timeouts.usual(),
				Duration.ZERO);
	}

	/** The first that was said; the last one always is. */
	@SafeVarargs
	private static <T> T first(@Nullable T... said) {
		for (T one : said) {
			if (one != null) {
				return one;
			}
		}
		throw new IllegalStateException("nothing was said");
	}

	/**
	 * The defaults of a circuit and who said so.
	 *
	 * @param source who said so
	 * @param config the defaults
	 */
	private record Applied(Function<String, BramaConfig> source, BramaConfig config) {
	}

	/**
	 * A circuit and the terms of its calls.
	 *
	 * @param circuit the circuit
	 * @param timeout how long a call may take, zero for no limit
	 * @param errorHandler says what the end of a call means
	 */
	record Guard(Circuit circuit, Duration timeout, ErrorHandler errorHandler) {

		boolean isLimited() {
			return !this.timeout.isZero();
		}

	}

}
