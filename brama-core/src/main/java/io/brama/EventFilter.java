package io.brama;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * Which events a listener wants. Everything but a predicate of one's own is applied where
 * the event would be made, so that an event nobody wants costs nothing. Immutable; each
 * method returns a narrower filter.
 */
public final class EventFilter {

	private static final EventFilter ALL = new EventFilter(EnumSet.allOf(BramaEvent.Type.class), (connection) -> true,
			(event) -> true);

	private final Set<BramaEvent.Type> types;

	private final Predicate<ConnectionId> connections;

	private final Predicate<? super BramaEvent> predicate;

	private EventFilter(Set<BramaEvent.Type> types, Predicate<ConnectionId> connections,
			Predicate<? super BramaEvent> predicate) {
		this.types = types;
		this.connections = connections;
		this.predicate = predicate;
	}

	/**
	 * Return a filter that lets everything through.
	 * @return the filter
	 */
	public static EventFilter all() {
		return ALL;
	}

	/**
	 * Return a filter for events of some types.
	 * @param types the types, at least one
	 * @return the filter
	 * @throws IllegalArgumentException if no type is given
	 */
	public static EventFilter types(BramaEvent.Type... types) {
		if (types.length == 0) {
			throw new IllegalArgumentException("types of an event filter must be at least one of "
					+ Arrays.toString(BramaEvent.Type.values()) + ", was none");
		}
		return new EventFilter(EnumSet.copyOf(Arrays.asList(types)), ALL.connections, ALL.predicate);
	}

	/**
	 * Narrow the filter to connections with an identifier, whatever their scope and type.
	 * @param identifier the identifier, not blank
	 * @return the filter
	 */
	public EventFilter connection(String identifier) {
		ConnectionId.requireText(identifier, "identifier of an event filter");
		return narrowed((connection) -> connection.identifier().equals(identifier));
	}

	/**
	 * Narrow the filter to one connection.
	 * @param id the connection
	 * @return the filter
	 */
	public EventFilter connection(ConnectionId id) {
		ConnectionId.requireGiven(id, "connection of an event filter");
		return narrowed(id::equals);
	}

	/**
	 * Narrow the filter to a scope.
	 * @param scope the scope, or {@code null} for connections outside every scope
	 * @return the filter
	 */
	public EventFilter scope(@Nullable String scope) {
		return narrowed((connection) -> Objects.equals(connection.scope(), scope));
	}

	/**
	 * Narrow the filter to connections of a type.
	 * @param connectionType the type, not blank
	 * @return the filter
	 */
	public EventFilter connectionType(String connectionType) {
		ConnectionId.requireText(connectionType, "connection type of an event filter");
		return narrowed((connection) -> connection.type().equals(connectionType));
	}

	/**
	 * Narrow the filter by a predicate of one's own, which sees the finished event where
	 * it is delivered.
	 * @param predicate the predicate
	 * @return the filter
	 */
	public EventFilter where(Predicate<? super BramaEvent> predicate) {
		ConnectionId.requireGiven(predicate, "predicate of an event filter");
		Predicate<BramaEvent> both = this.predicate::test;
		return new EventFilter(this.types, this.connections, both.and(predicate));
	}

	private EventFilter narrowed(Predicate<ConnectionId> further) {
		return new EventFilter(this.types, this.connections.and(further), this.predicate);
	}

	Set<BramaEvent.Type> types() {
		return this.types;
	}

	/** Whether an event about to be made is wanted, as far as can be told. */
	boolean wants(BramaEvent.Type type, ConnectionId connection) {
		return this.types.contains(type) && this.connections.test(connection);
	}

	boolean wants(BramaEvent event) {
		return wants(event.type(), event.connection()) && this.predicate.test(event);
	}

}
