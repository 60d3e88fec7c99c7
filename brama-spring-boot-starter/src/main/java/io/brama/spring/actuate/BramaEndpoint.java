package io.brama.spring.actuate;

import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import io.brama.Brama;
import io.brama.Circuit;
import io.brama.CircuitState;
import io.brama.ConnectionId;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.audit.listener.AuditApplicationEvent;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.context.ApplicationEventPublisher;

/**
 * The endpoint {@code brama}: the circuits of the application, to see and to steer.
 * Neither creates one. Commands need {@code management.endpoint.brama.access} to be
 * {@code unrestricted}.
 */
@Endpoint(id = "brama", defaultAccess = Access.READ_ONLY)
public class BramaEndpoint {

	private final Brama brama;

	private final Display display;

	private final OptionReader options;

	private final ApplicationEventPublisher audit;

	/**
	 * Create the endpoint.
	 * @param brama holds the circuits
	 * @param display what is shown of them
	 * @param options reads the options that an operator sets
	 * @param audit gets an audit event for each command that was carried out
	 */
	public BramaEndpoint(Brama brama, Display display, OptionReader options, ApplicationEventPublisher audit) {
		this.brama = brama;
		this.display = display;
		this.options = options;
		this.audit = audit;
	}

	/**
	 * Show the connections that match every filter given; those of one identifier in
	 * detail, because not every identifier can be part of an address.
	 * @param identifier the identifier to show
	 * @param scope the scope to show
	 * @param type the type to show
	 * @param state the state to show, in upper or lower case
	 * @return the connections
	 * @throws InvalidEndpointRequestException if there is no such state
	 */
	@ReadOperation
	public ConnectionsView connections(@Nullable String identifier, @Nullable String scope, @Nullable String type,
			@Nullable String state) {
		CircuitState wanted = (state != null) ? stateOf(state) : null;
		List<ConnectionView> connections = circuits(identifier, scope, type)
			.map((identifier != null) ? this.display::detail : this.display::summary)
			.filter((view) -> wanted == null || view.state() == wanted)
			.toList();
		Map<CircuitState, Long> counts = new EnumMap<>(CircuitState.class);
		connections.forEach((view) -> counts.merge(view.state(), 1L, Long::sum));
		return new ConnectionsView(this.display.application(), this.display.time().instant(), this.display.writable(),
				counts, connections);
	}

	/**
	 * Show one connection.
	 * @param identifier its identifier
	 * @param scope its scope, where several connections have that identifier
	 * @param type its type, likewise
	 * @return the connection, or {@code null} if it is not registered
	 * @throws AmbiguousConnectionException if several connections match
	 */
	@ReadOperation
	public @Nullable ConnectionView connection(@Selector String identifier, @Nullable String scope,
			@Nullable String type) {
		Circuit circuit = circuit(identifier, scope, type);
		return (circuit != null) ? this.display.detail(circuit) : null;
	}

	/**
	 * Tell a circuit what to do. Creates none.
	 * @param identifier the identifier of its connection
	 * @param scope its scope, where several connections have that identifier
	 * @param type its type, likewise
	 * @param action open, close, reset, mode or configure
	 * @param reason why
	 * @param expiresIn with open: for how long, such as 1h, or never to stay open until
	 * the next command; default: the circuit's own expiry
	 * @param mode with mode: enforce, observe or off
	 * @param config with configure: options by their keys, as an object or as its JSON
	 * @param security knows who asks
	 * @return the connection afterwards, or {@code null} if it is not registered
	 * @throws InvalidEndpointRequestException if what is asked makes no sense
	 * @throws AmbiguousConnectionException if several connections match
	 */
	@WriteOperation
	public @Nullable ConnectionView control(String identifier, @Nullable String scope, @Nullable String type,
			String action, @Nullable String reason, @Nullable String expiresIn, @Nullable String mode,
			@Nullable Object config, SecurityContext security) {
		Control control = Control.of(new Wish(action, reason, expiresIn, mode, config), actor(security), this.options);
		Circuit circuit = circuit(identifier, scope, type);
		if (circuit == null) {
			return null;
		}
		control.apply(circuit);
		audit("BRAMA_CONTROL", circuit.id(), control.facts(), security);
		return this.display.detail(circuit);
	}

	/**
	 * Unregister a connection.
	 * @param identifier its identifier
	 * @param scope its scope, where several connections have that identifier
	 * @param type its type, likewise
	 * @param security knows who asks
	 * @return what was unregistered, or {@code null} if it is not registered
	 * @throws AmbiguousConnectionException if several connections match
	 */
	@DeleteOperation
	public @Nullable ConnectionId unregister(String identifier, @Nullable String scope, @Nullable String type,
			SecurityContext security) {
		Circuit circuit = circuit(identifier, scope, type);
		if (circuit == null || !this.brama.unregister(circuit.id())) {
			return null;
		}
		audit("BRAMA_UNREGISTER", circuit.id(), Map.of(), security);
		return circuit.id();
	}

	private void audit(String type, ConnectionId id, Map<String, Object> facts, SecurityContext security) {
		Map<String, @Nullable Object> data = new LinkedHashMap<>();
		data.put("identifier", id.identifier());
		data.put("type", id.type());
		if (id.scope() != null) {
			data.put("scope", id.scope());
		}
		data.putAll(facts);
		this.audit.publishEvent(new AuditApplicationEvent(Objects.requireNonNullElse(actor(security), ""), type, data));
	}

	private static @Nullable String actor(SecurityContext security) {
		return (security.getPrincipal() != null) ? security.getPrincipal().getName() : null;
	}

	private @Nullable Circuit circuit(String identifier, @Nullable String scope, @Nullable String type) {
		List<Circuit> circuits = circuits(identifier, scope, type).toList();
		if (circuits.size() > 1) {
			throw new AmbiguousConnectionException(circuits.stream().map(Circuit::id).toList());
		}
		return circuits.isEmpty() ? null : circuits.get(0);
	}

	private Stream<Circuit> circuits(@Nullable String identifier, @Nullable String scope, @Nullable String type) {
		return this.brama.all()
			.stream()
			.filter((circuit) -> matches(circuit.id(), identifier, scope, type))
			.sorted(Comparator.comparing((Circuit circuit) -> circuit.id().identifier())
				.thenComparing((circuit) -> Objects.requireNonNullElse(circuit.id().scope(), ""))
				.thenComparing((circuit) -> circuit.id().type()));
	}

	private static boolean matches(ConnectionId id, @Nullable String identifier, @Nullable String scope,
			@Nullable String type) {
		return (identifier == null || identifier.equals(id.identifier()))
				&& (scope == null || scope.equals(Objects.requireNonNullElse(id.scope(), "")))
				&& (type == null || type.equals(id.type()));
	}

	private static CircuitState stateOf(String state) {
		String name = state.toUpperCase(Locale.ROOT).replace('-', '_');
		return Arrays.stream(CircuitState.values())
			.filter((candidate) -> candidate.name().equals(name))
			.findAny()
			.orElseThrow(() -> new InvalidEndpointRequestException(
					"state must be one of " + Arrays.toString(CircuitState.values()) + ", was '" + state + "'",
					"state must be one of " + Arrays.toString(CircuitState.values())));
	}

}
