package io.brama.spring.actuate;

import java.time.Clock;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
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

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;

/**
 * The endpoint {@code brama}: the circuits of the application. Reading creates none.
 */
@Endpoint(id = "brama")
public class BramaEndpoint {

	private final Brama brama;

	private final @Nullable String application;

	private final Clock clock;

	/**
	 * Create the endpoint.
	 * @param brama holds the circuits
	 * @param application the name of the application, if it has one
	 * @param clock the clock to show the time by
	 */
	public BramaEndpoint(Brama brama, @Nullable String application, Clock clock) {
		this.brama = brama;
		this.application = application;
		this.clock = clock;
	}

	/**
	 * Show the connections that match every filter given.
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
			.map((circuit) -> ConnectionView.of(circuit.status()))
			.filter((view) -> wanted == null || view.state() == wanted)
			.toList();
		Map<CircuitState, Long> counts = new EnumMap<>(CircuitState.class);
		connections.forEach((view) -> counts.merge(view.state(), 1L, Long::sum));
		return new ConnectionsView(this.application, this.clock.instant(), false, counts, connections);
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
		List<Circuit> circuits = circuits(identifier, scope, type).toList();
		if (circuits.size() > 1) {
			throw new AmbiguousConnectionException(circuits.stream().map(Circuit::id).toList());
		}
		return circuits.isEmpty() ? null : ConnectionView.of(circuits.get(0).status());
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
