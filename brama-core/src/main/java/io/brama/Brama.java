package io.brama;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

import io.brama.TimeSource.Timer;
import org.jspecify.annotations.Nullable;

/**
 * The gate: the circuits of one application, what is configured for them, and the events
 * they publish.
 * <p>
 * Where a method takes an identifier, it means the connection with that identifier
 * outside every scope, or the scope and type configured for it; if there is no such
 * circuit, the only one with that identifier. To ask for or report on a connection that
 * is not registered never throws; a {@code null} or blank identifier, or one that several
 * circuits share so that none of them is meant, is an {@link IllegalArgumentException}.
 * <p>
 * Thread-safe. Closing it ends its threads; its circuits keep guarding calls, without
 * timer and events.
 */
public final class Brama implements AutoCloseable {

	/** Between the application and whoever asks where it registers something. */
	private static final Set<String> OWN = Set.of(Brama.class.getName(), Registry.class.getName());

	private final Services services;

	private final Registry registry;

	private Brama(Builder builder) {
		Dispatcher events = new Dispatcher(builder.delivery);
		Timer timer = builder.timeSource.newTimer();
		this.services = new Services(builder.timeSource, timer, events, new Herald(events, builder.timeSource),
				builder.measureDurations, builder.interference);
		this.registry = new Registry(builder.settings(), this.services, builder.maxConnections);
		Cleanup cleanup = new Cleanup(this.registry, timer, builder.cleanupInterval, builder.inactiveThreshold);
		this.registry.onAdded(cleanup::schedule);
		TransitionLog log = builder.transitionLog;
		events.subscribe(EventFilter.types(BramaEvent.Type.STATE_CHANGE), (event) -> TransitionLine.write(event, log));
	}

	/**
	 * Create a gate with the built-in values.
	 * @return the gate
	 */
	public static Brama create() {
		return builder().build();
	}

	/**
	 * Start to build a gate.
	 * @return a builder whose options are the defaults of all circuits
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Register a connection. Registering it again is no error.
	 * @param identifier the identifier
	 * @return its circuit
	 */
	public Circuit register(String identifier) {
		return register(identifier, (options) -> {
		});
	}

	/**
	 * Register a connection with options of its own. Registering it again is no error
	 * when the options agree.
	 * @param identifier the identifier
	 * @param options sets the options
	 * @return its circuit
	 * @throws IllegalArgumentException if an option is out of range, or differs from the
	 * one the connection is registered with
	 */
	public Circuit register(String identifier, Consumer<? super CircuitConfig.Builder> options) {
		ConnectionId.requireText(identifier, "identifier of a connection");
		ConnectionId.requireGiven(options, "options of connection '" + Text.oneLine(identifier) + "'");
		CircuitConfig.Builder builder = new CircuitConfig.Builder("connection '" + Text.oneLine(identifier) + "'");
		options.accept(builder);
		ConnectionId id = this.registry.settings().identify(identifier, builder.scope(), builder.type());
		String place = builder.place();
		return this.registry.register(id, builder.layer(Settings.NOTHING.origin()),
				(place != null) ? () -> place : Brama::caller);
	}

	/** The place in the application that registers a connection. */
	private static @Nullable String caller() {
		return StackWalker.getInstance()
			.walk((frames) -> frames.filter((frame) -> !OWN.contains(frame.getClassName()))
				.findFirst()
				.map((frame) -> frame.toStackTraceElement().toString().intern())
				.orElse(null));
	}

	/**
	 * Say what holds for a connection as long as nothing is said at its registration or
	 * of it by name. It replaces what was suggested before, loses nothing counted, and
	 * goes with the circuit when that is removed. The connection is registered on this
	 * first use if it is not yet.
	 * @param id the connection
	 * @param options sets the options
	 * @return its circuit
	 * @throws IllegalArgumentException if an option is out of range or contradicts
	 * others; then nothing is changed
	 */
	public Circuit suggest(ConnectionId id, Consumer<? super CircuitOptions<?>> options) {
		ConnectionId.requireGiven(id, "key of a connection");
		return this.registry.suggest(id, layer(id.toString(), options, "suggestion"));
	}

	/**
	 * Tell whether something is suggested for a connection now. It is not once the
	 * circuit was removed, nor if there was no room for one.
	 * @param id the connection
	 * @return whether it is
	 * @see #suggest
	 */
	public boolean isSuggested(ConnectionId id) {
		ConnectionId.requireGiven(id, "key of a connection");
		return this.registry.isSuggested(id);
	}

	/**
	 * Return the circuit of a connection, which is registered on this first use if it is
	 * not yet.
	 * @param identifier the identifier
	 * @return its circuit
	 */
	public Circuit circuit(String identifier) {
		Circuit found = this.registry.find(identifier);
		return (found != null) ? found : this.registry.live(this.registry.registered(identifier)
			.orElseGet(() -> this.registry.settings().identify(identifier, null, null)));
	}

	/**
	 * Return the circuit of a connection, which is registered on this first use if it is
	 * not yet.
	 * @param id the connection
	 * @return its circuit
	 */
	public Circuit circuit(ConnectionId id) {
		return this.registry.live(id);
	}

	/**
	 * Return the key of a connection, with the scope and type that are configured for its
	 * identifier in the place of those given. Registers nothing.
	 * @param usual the key if nothing is configured
	 * @return the key
	 */
	public ConnectionId identify(ConnectionId usual) {
		ConnectionId.requireGiven(usual, "key of a connection");
		return this.registry.settings().identify(usual);
	}

	/**
	 * Return the circuit of a connection if it is registered.
	 * @param identifier the identifier
	 * @return its circuit
	 */
	public Optional<Circuit> find(String identifier) {
		return Optional.ofNullable(this.registry.find(identifier));
	}

	/**
	 * Return the circuit of a connection if it is registered.
	 * @param id the connection
	 * @return its circuit
	 */
	public Optional<Circuit> find(ConnectionId id) {
		return Optional.ofNullable(this.registry.find(id));
	}

	/**
	 * Tell whether a call made now would be let in. Takes nothing and changes nothing.
	 * @param identifier the connection
	 * @return whether it would; {@code false} if it is not registered. A connection that
	 * was registered and then removed by cleanup is available, and comes back with the
	 * first report
	 */
	public boolean isAvailable(String identifier) {
		Circuit found = this.registry.find(identifier);
		return (found != null) ? found.isAvailable() : this.registry.registered(identifier).isPresent();
	}

	/**
	 * Tell whether calls to all registered connections of a scope would be let in.
	 * @param scope the scope
	 * @return whether they would; {@code false} if none is registered
	 */
	public boolean isScopeAvailable(String scope) {
		List<Circuit> circuits = inScope(scope);
		return !circuits.isEmpty() && circuits.stream().allMatch(Circuit::isAvailable);
	}

	/**
	 * Report a success of a connection.
	 * @param identifier the connection
	 * @return whether it was recorded; not if the circuit is open or not registered
	 */
	public boolean success(String identifier) {
		return report(identifier, Outcome.success());
	}

	/**
	 * Report a failure of a connection.
	 * @param identifier the connection
	 * @param reason why, for people to read
	 * @return whether it was recorded; not if the circuit is open or not registered
	 */
	public boolean failure(String identifier, @Nullable String reason) {
		return report(identifier, Outcome.failure(reason));
	}

	private boolean report(String identifier, Outcome outcome) {
		Circuit found = this.registry.find(identifier);
		Circuit circuit = (found != null) ? found
				: this.registry.registered(identifier).map(this.registry::live).orElse(null);
		return circuit != null && circuit.report(outcome) == Permit.Settlement.RECORDED;
	}

	/**
	 * Return everything known about a connection.
	 * @param identifier the connection
	 * @return its status, or empty if it is not registered
	 */
	public Optional<ConnectionStatus> status(String identifier) {
		return find(identifier).map(Circuit::status);
	}

	/**
	 * Return everything known about a connection.
	 * @param id the connection
	 * @return its status, or empty if it is not registered
	 */
	public Optional<ConnectionStatus> status(ConnectionId id) {
		return find(id).map(Circuit::status);
	}

	/**
	 * Return the circuits of a scope.
	 * @param scope the scope, or {@code null} for those outside every scope
	 * @return the circuits registered now, in no order
	 */
	public List<Circuit> inScope(@Nullable String scope) {
		return this.registry.all().filter((circuit) -> Objects.equals(circuit.id().scope(), scope)).toList();
	}

	/**
	 * Return all circuits.
	 * @return the circuits registered now, in no order
	 */
	public List<Circuit> all() {
		return this.registry.all().toList();
	}

	/**
	 * Open the circuit of a connection by hand.
	 * @param identifier the connection
	 * @param command why, how long, and by whom
	 * @return whether it is registered
	 * @see Circuit#open
	 */
	public boolean open(String identifier, Command command) {
		return find(identifier).map((circuit) -> circuit.open(command)).orElse(false);
	}

	/**
	 * Open the circuit of a connection by hand.
	 * @param id the connection
	 * @param command why, how long, and by whom
	 * @return whether it is registered
	 * @see Circuit#open
	 */
	public boolean open(ConnectionId id, Command command) {
		return find(id).map((circuit) -> circuit.open(command)).orElse(false);
	}

	/**
	 * Close the circuit of a connection by hand.
	 * @param identifier the connection
	 * @param command why and by whom
	 * @return whether it is registered
	 * @see Circuit#close
	 */
	public boolean close(String identifier, Command command) {
		return find(identifier).map((circuit) -> circuit.close(command)).orElse(false);
	}

	/**
	 * Close the circuit of a connection by hand.
	 * @param id the connection
	 * @param command why and by whom
	 * @return whether it is registered
	 * @see Circuit#close
	 */
	public boolean close(ConnectionId id, Command command) {
		return find(id).map((circuit) -> circuit.close(command)).orElse(false);
	}

	/**
	 * Reset the circuit of a connection by hand.
	 * @param identifier the connection
	 * @param command why and by whom
	 * @return whether it is registered
	 * @see Circuit#reset
	 */
	public boolean reset(String identifier, Command command) {
		return find(identifier).map((circuit) -> circuit.reset(command)).orElse(false);
	}

	/**
	 * Reset the circuit of a connection by hand.
	 * @param id the connection
	 * @param command why and by whom
	 * @return whether it is registered
	 * @see Circuit#reset
	 */
	public boolean reset(ConnectionId id, Command command) {
		return find(id).map((circuit) -> circuit.reset(command)).orElse(false);
	}

	/**
	 * Take a connection away with all that was said at its registration. If it is used
	 * again it is registered anew.
	 * @param identifier the connection
	 * @return whether it was registered
	 */
	public boolean unregister(String identifier) {
		return find(identifier).map(Circuit::id)
			.or(() -> this.registry.registered(identifier))
			.map(this::unregister)
			.orElse(false);
	}

	/**
	 * Take a connection away with all that was said at its registration. If it is used
	 * again it is registered anew.
	 * @param id the connection
	 * @return whether it was registered
	 */
	public boolean unregister(ConnectionId id) {
		return this.registry.unregister(id);
	}

	/**
	 * Change the defaults of all circuits, those that exist and those to come. What is
	 * not named stays as it is, and nothing counted is lost.
	 * @param options sets the options
	 * @throws IllegalArgumentException if an option is out of range or contradicts
	 * others; then nothing is changed
	 */
	public void configure(Consumer<? super CircuitOptions<?>> options) {
		Layer change = change("the defaults", options);
		this.registry.reconfigure((settings) -> settings.withDefaults(change));
	}

	/**
	 * Change the options of a connection, or by a pattern those of several. What is not
	 * named stays as it is, and nothing counted is lost.
	 * @param name the identifier, or a pattern in which {@code *} stands for any
	 * characters
	 * @param options sets the options
	 * @throws IllegalArgumentException if an option is out of range or contradicts
	 * others; then nothing is changed
	 */
	public void configure(String name, Consumer<? super CircuitOptions<?>> options) {
		ConnectionId.requireText(name, "name of a connection");
		Layer change = change(Level.words(name), options);
		this.registry.reconfigure((settings) -> settings.withConnection(name, change));
	}

	/**
	 * Change the options of a connection, or by a pattern those of several, for good:
	 * {@link #restoreConfiguration} does not take that back. Otherwise it is a change at
	 * run time like others. For what the code of an application says of its connections,
	 * not for people who operate it.
	 * @param name the identifier, or a pattern in which {@code *} stands for any
	 * characters
	 * @param options sets the options
	 * @throws IllegalArgumentException if an option is out of range or contradicts
	 * others; then nothing is changed
	 */
	public void configureForGood(String name, Consumer<? super CircuitOptions<?>> options) {
		ConnectionId.requireText(name, "name of a connection");
		Layer change = change(Level.words(name), options);
		this.registry.reconfigureForGood((settings) -> settings.withConnection(name, change));
	}

	/**
	 * Change the options of the connections of a scope. What is not named stays as it is,
	 * and nothing counted is lost.
	 * @param scope the scope
	 * @param options sets the options
	 * @throws IllegalArgumentException if an option is out of range or contradicts
	 * others; then nothing is changed
	 */
	public void configureScope(String scope, Consumer<? super CircuitOptions<?>> options) {
		ConnectionId.requireText(scope, "scope");
		Layer change = change("scope '" + Text.oneLine(scope) + "'", options);
		this.registry.reconfigure((settings) -> settings.withScope(scope, change));
	}

	/**
	 * Take back all options that were changed and all modes that were set at run time.
	 * What was said when the gate was built, at registrations, and for good, counts
	 * again. Nothing counted is lost.
	 */
	public void restoreConfiguration() {
		this.registry.restore();
	}

	private static Layer change(String owner, Consumer<? super CircuitOptions<?>> options) {
		return layer(owner, options, "run-time change of " + owner);
	}

	private static Layer layer(String owner, Consumer<? super CircuitOptions<?>> options, String origin) {
		ConnectionId.requireGiven(options, "options of " + owner);
		CircuitConfig.Builder builder = new CircuitConfig.Builder(owner);
		options.accept(builder);
		return builder.layer(origin);
	}

	/**
	 * Listen to events.
	 * @param filter which ones
	 * @param listener the listener; what it throws is logged and harms nobody
	 * @return a handle that ends it
	 */
	public Subscription subscribe(EventFilter filter, Consumer<? super BramaEvent> listener) {
		ConnectionId.requireGiven(filter, "filter of a listener");
		ConnectionId.requireGiven(listener, "listener");
		return this.services.events().subscribe(filter, listener);
	}

	/**
	 * Return how many per-call events were dropped because listeners were too slow. State
	 * changes are never dropped.
	 * @return the number since the start
	 */
	public long droppedEvents() {
		return this.services.events().dropped();
	}

	/**
	 * Return how many calls were let in without a circuit because there was no room for
	 * one more.
	 * @return the number since the start
	 * @see Builder#maxConnections
	 */
	public long unguardedCalls() {
		return this.registry.capacity().unguarded();
	}

	/**
	 * Return the identifiers something was configured for and that no circuit uses yet.
	 * @return the identifiers, without patterns
	 */
	public Set<String> unusedNames() {
		Set<String> names = new TreeSet<>(this.registry.settings().names());
		this.registry.all().forEach((circuit) -> names.remove(circuit.id().identifier()));
		return names;
	}

	/**
	 * End the timer and, after what waits has been delivered, the delivery of events.
	 */
	@Override
	public void close() {
		this.services.timer().close();
		this.registry.all().map(Circuit::breaker).forEach(Breaker::forgetAlarm);
		this.services.events().close();
	}

	/**
	 * Builds a gate. Its options are the defaults of all circuits. Not thread-safe.
	 */
	public static final class Builder extends CircuitOptions<Builder> {

		private final Map<String, Layer> scopes = new LinkedHashMap<>();

		private final Map<String, CircuitConfig.Builder> connections = new LinkedHashMap<>();

		private Duration cleanupInterval = Duration.ofSeconds(10);

		private Duration inactiveThreshold = Duration.ofHours(24);

		private int maxConnections = 100_000;

		private Delivery delivery = Delivery.ASYNC;

		private boolean measureDurations;

		private TimeSource timeSource = TimeSource.system();

		private TransitionLog transitionLog = TransitionLine::writeWords;

		private @Nullable Interference interference;

		private Builder() {
			super("the defaults");
		}

		/**
		 * Set options for the connections of a scope.
		 * @param scope the scope, not blank
		 * @param options sets the options
		 * @return this
		 */
		public Builder scope(String scope, Consumer<? super CircuitOptions<?>> options) {
			ConnectionId.requireText(scope, "scope");
			String origin = "scope '" + Text.oneLine(scope) + "'";
			ConnectionId.requireGiven(options, "options of " + origin);
			CircuitConfig.Builder builder = new CircuitConfig.Builder(origin);
			options.accept(builder);
			this.scopes.put(scope, builder.layer(origin));
			return this;
		}

		/**
		 * Set options for a connection. Creates no circuit.
		 * @param name its identifier, or a pattern in which {@code *} stands for any
		 * characters
		 * @param options sets the options
		 * @return this
		 */
		public Builder connection(String name, Consumer<? super CircuitConfig.Builder> options) {
			ConnectionId.requireText(name, "name of a connection");
			ConnectionId.requireGiven(options, "options of " + Level.words(name));
			CircuitConfig.Builder builder = new CircuitConfig.Builder(Level.words(name));
			options.accept(builder);
			if (Level.isPattern(name) && (builder.scope() != null || builder.type() != null)) {
				throw new IllegalArgumentException("scope and type of " + builder.owner()
						+ " must not be set: they are a part of what a connection is called, not an option");
			}
			this.connections.put(name, builder);
			return this;
		}

		/**
		 * Set how often circuits without traffic are looked for.
		 * @param cleanupInterval from 1 ms to 100 years; default 10 seconds
		 * @return this
		 */
		public Builder cleanupInterval(Duration cleanupInterval) {
			Option.EXPIRY.check(cleanupInterval, "cleanup-interval");
			this.cleanupInterval = cleanupInterval;
			return this;
		}

		/**
		 * Set after what time without a call a closed circuit is removed.
		 * @param inactiveThreshold from 1 ms to 100 years; default 24 hours
		 * @return this
		 */
		public Builder inactiveThreshold(Duration inactiveThreshold) {
			Option.EXPIRY.check(inactiveThreshold, "inactive-threshold");
			this.inactiveThreshold = inactiveThreshold;
			return this;
		}

		/**
		 * Set how many circuits there may be. Beyond it, the closed circuit that is idle
		 * for the longest time makes room for a connection that is registered by its
		 * first use; if there is none, calls of that connection are let in unguarded.
		 * @param maxConnections from 1 to 10 000 000; default 100 000
		 * @return this
		 */
		public Builder maxConnections(int maxConnections) {
			if (maxConnections < 1 || maxConnections > 10_000_000) {
				throw new IllegalArgumentException(
						"max-connections must be between 1 and 10000000, was " + maxConnections);
			}
			this.maxConnections = maxConnections;
			return this;
		}

		/**
		 * Set on which thread events are delivered.
		 * @param delivery the kind of delivery; default {@link Delivery#ASYNC}
		 * @return this
		 */
		public Builder delivery(Delivery delivery) {
			this.delivery = ConnectionId.requireGiven(delivery, "delivery");
			return this;
		}

		/**
		 * Set whether every call is timed, so that the status of a circuit says how long
		 * its calls took. Otherwise a call is timed only where something asks for it:
		 * slow calls, or a listener of successes or failures. It costs two readings of
		 * the clock for each call.
		 * @param measureDurations whether it is; default {@code false}
		 * @return this
		 * @see ConnectionStatus#durations()
		 */
		public Builder measureDurations(boolean measureDurations) {
			this.measureDurations = measureDurations;
			return this;
		}

		/**
		 * Set where the time comes from.
		 * @param timeSource the source; default {@link TimeSource#system()}
		 * @return this
		 */
		public Builder timeSource(TimeSource timeSource) {
			this.timeSource = ConnectionId.requireGiven(timeSource, "time source");
			return this;
		}

		/**
		 * Set what comes between calls and the systems they call. For tests.
		 * @param interference the interference; default none
		 * @return this
		 */
		public Builder interference(Interference interference) {
			this.interference = ConnectionId.requireGiven(interference, "interference");
			return this;
		}

		/**
		 * Set where the line goes that is written for each transition.
		 * @param transitionLog the log; default: the logger {@code io.brama} of
		 * {@link System.Logger}
		 * @return this
		 */
		public Builder transitionLog(TransitionLog transitionLog) {
			this.transitionLog = ConnectionId.requireGiven(transitionLog, "transition log");
			return this;
		}

		/**
		 * Build the gate. No thread is started before it is needed.
		 * @return the gate
		 * @throws IllegalArgumentException if options contradict each other
		 */
		public Brama build() {
			return new Brama(this);
		}

		private Settings settings() {
			return Settings.of(new Layer("defaults", values(), Map.of()), this.scopes, this.connections);
		}

	}

}
