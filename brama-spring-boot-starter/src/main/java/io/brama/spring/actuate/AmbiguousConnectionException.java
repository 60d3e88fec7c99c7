package io.brama.spring.actuate;

import java.util.List;

import io.brama.ConnectionId;

/**
 * An identifier was asked for that several connections have.
 */
class AmbiguousConnectionException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient List<ConnectionId> candidates;

	AmbiguousConnectionException(List<ConnectionId> candidates) {
		super("Name the scope or type as well; the identifier belongs to " + candidates);
		this.candidates = List.copyOf(candidates);
	}

	List<ConnectionId> candidates() {
		return this.candidates;
	}

}
