package io.brama;

import java.io.Serializable;

import org.jspecify.annotations.Nullable;

/**
 * The key of a connection. Two connections are the same only if identifier, type and
 * scope are all equal; the parts are never joined into one string.
 *
 * @param identifier the name of the connection, not blank
 * @param type what kind of system is connected, {@value #DEFAULT_TYPE} unless told
 * otherwise, not blank
 * @param scope the group the connection belongs to, or {@code null} for none; not blank
 */
public record ConnectionId(String identifier, String type, @Nullable String scope) implements Serializable {

	/** The type of a connection nobody gave a type. */
	public static final String DEFAULT_TYPE = "general";

	/**
	 * Check the parts.
	 * @param identifier the name of the connection, not blank
	 * @param type the kind of system, not blank
	 * @param scope the group, or {@code null} for none; not blank
	 * @throws IllegalArgumentException if identifier or type is {@code null} or blank, or
	 * the scope is blank
	 */
	public ConnectionId {
		requireText(identifier, "identifier of a connection");
		if (type == null || type.isBlank()) {
			requireText(type, "type of connection '" + Text.oneLine(identifier) + "'");
		}
		if (scope != null && scope.isBlank()) {
			requireText(scope, "scope of connection '" + Text.oneLine(identifier) + "'");
		}
	}

	/**
	 * Return the key of a connection of the default type outside every scope.
	 * @param identifier the name of the connection
	 * @return the key
	 * @throws IllegalArgumentException if the identifier is {@code null} or blank
	 */
	public static ConnectionId of(String identifier) {
		return new ConnectionId(identifier, DEFAULT_TYPE, null);
	}

	/**
	 * Return the key of the same connection in another scope.
	 * @param scope the scope, or {@code null} for none
	 * @return the key
	 */
	public ConnectionId withScope(@Nullable String scope) {
		return new ConnectionId(this.identifier, this.type, scope);
	}

	/**
	 * Return the key of the same connection with another type.
	 * @param type the type
	 * @return the key
	 */
	public ConnectionId withType(String type) {
		return new ConnectionId(this.identifier, type, this.scope);
	}

	/**
	 * Return the key in words for messages and logs, on one line whatever the parts
	 * contain: {@code connection 'payment-api'}, followed by scope and type where they
	 * are not the default.
	 */
	@Override
	public String toString() {
		StringBuilder words = new StringBuilder("connection '").append(Text.oneLine(this.identifier)).append('\'');
		if (this.scope != null) {
			words.append(" of scope '").append(Text.oneLine(this.scope)).append('\'');
		}
		if (!DEFAULT_TYPE.equals(this.type)) {
			words.append(" of type '").append(Text.oneLine(this.type)).append('\'');
		}
		return words.toString();
	}

	static <T> T requireGiven(@Nullable T value, String what) {
		if (value == null) {
			throw new IllegalArgumentException(what + " must not be null");
		}
		return value;
	}

	static void requireText(@Nullable String value, String what) {
		String given = requireGiven(value, what);
		if (given.isBlank()) {
			throw new IllegalArgumentException(what + " must not be blank, was '" + Text.oneLine(given) + "'");
		}
	}

}
