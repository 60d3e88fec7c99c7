package io.brama.spring.health;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.brama.Brama;
import io.brama.Circuit;
import io.brama.CircuitState;
import io.brama.ConnectionId;
import io.brama.ConnectionStatus;
import io.brama.Mode;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * The health contributor {@code brama}: UP, also when circuits are open, because an
 * application that rejects calls does what it is meant to. Only a critical connection
 * whose circuit is OPEN and enforces it makes the application DOWN.
 * <p>
 * HALF_OPEN is not DOWN: an instance that gets no traffic could make no trials, and would
 * never recover.
 */
public final class BramaHealthIndicator implements HealthIndicator {

	/** So many connections are shown at most. */
	static final int MOST = 20;

	private static final Comparator<ConnectionStatus> WORST_FIRST = Comparator.comparingInt(BramaHealthIndicator::rank)
		.thenComparing((status) -> status.id().identifier())
		.thenComparing((status) -> Objects.requireNonNullElse(status.id().scope(), ""))
		.thenComparing((status) -> status.id().type());

	private final Brama brama;

	/**
	 * Create the contributor.
	 * @param brama holds the circuits
	 */
	public BramaHealthIndicator(Brama brama) {
		this.brama = brama;
	}

	/**
	 * Judge the circuits. Never blocks, and of many circuits looks closely only at those
	 * that are not well.
	 * @return UP or DOWN, with the number of circuits in each state, and the connections:
	 * all while there are few, else the worst of those that are not well
	 */
	@Override
	public Health health() {
		List<Circuit> all = this.brama.all();
		boolean few = all.size() <= MOST;
		Map<CircuitState, Integer> counts = new EnumMap<>(CircuitState.class);
		List<ConnectionStatus> shown = new ArrayList<>();
		for (Circuit circuit : all) {
			CircuitState state = circuit.state();
			if (few || isTroubled(state)) {
				ConnectionStatus status = circuit.status();
				state = status.state();
				shown.add(status);
			}
			counts.merge(state, 1, Integer::sum);
		}
		Health.Builder health = shown.stream().anyMatch(BramaHealthIndicator::isDown) ? Health.down() : Health.up();
		return health.withDetail("counts", counts).withDetail("connections", connections(shown)).build();
	}

	private static boolean isDown(ConnectionStatus status) {
		return status.state() == CircuitState.OPEN && status.mode() == Mode.ENFORCE && status.config().isCritical();
	}

	private static List<Map<String, Object>> connections(List<ConnectionStatus> shown) {
		return shown.stream().sorted(WORST_FIRST).limit(MOST).map(BramaHealthIndicator::details).toList();
	}

	private static boolean isTroubled(CircuitState state) {
		return state == CircuitState.OPEN || state == CircuitState.HALF_OPEN;
	}

	private static int rank(ConnectionStatus status) {
		if (isDown(status)) {
			return 0;
		}
		return switch (status.state()) {
			case OPEN -> 1;
			case HALF_OPEN -> 2;
			case CLOSED, UNKNOWN -> 3;
		};
	}

	/** What is not there is absent. Texts that exceptions bring are for the endpoint. */
	private static Map<String, Object> details(ConnectionStatus status) {
		ConnectionId id = status.id();
		Map<String, Object> details = new LinkedHashMap<>();
		details.put("identifier", id.identifier());
		put(details, "scope", id.scope());
		details.put("type", id.type());
		details.put("state", status.state());
		put(details, "mode", (status.mode() != Mode.ENFORCE) ? status.mode() : null);
		put(details, "critical", status.config().isCritical() ? true : null);
		details.put("since", status.stateSince());
		put(details, "remainingOpenTime", status.remainingOpenTime());
		details.put("cause", status.cause());
		put(details, "reason", status.quoted() ? null : status.reason());
		put(details, "errorType", status.errorType());
		return details;
	}

	private static void put(Map<String, Object> details, String name, @Nullable Object value) {
		if (value != null) {
			details.put(name, value);
		}
	}

}
