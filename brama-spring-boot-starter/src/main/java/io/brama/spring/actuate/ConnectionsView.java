package io.brama.spring.actuate;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.brama.CircuitState;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * All connections as the endpoint shows them.
 *
 * @param application the name of the application
 * @param at when this was true
 * @param writable whether the endpoint takes commands
 * @param counts how many of the connections shown are in each state
 * @param connections the connections, sorted by identifier
 */
public record ConnectionsView(@Nullable String application, Instant at, boolean writable,
		Map<CircuitState, Long> counts, List<ConnectionView> connections) implements OperationResponseBody {
}
