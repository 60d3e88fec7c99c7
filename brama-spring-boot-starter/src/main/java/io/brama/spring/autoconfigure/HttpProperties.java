package io.brama.spring.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Options of the gate in front of HTTP clients.
 */
public class HttpProperties {

	/**
	 * Whether the requests of the clients that Spring Boot builds are guarded, and by
	 * what.
	 */
	private Guard guard = Guard.NONE;

	/**
	 * Identifier of the one circuit that guards the requests of the clients that Spring
	 * Boot builds, whatever hosts they call. Not together with a guard.
	 */
	private @Nullable String identifier;

	/**
	 * HTTP service groups that get a circuit each, called like the group; * for all.
	 */
	private List<String> groups = new ArrayList<>();

	public Guard getGuard() {
		return this.guard;
	}

	public void setGuard(Guard guard) {
		this.guard = guard;
	}

	public @Nullable String getIdentifier() {
		return this.identifier;
	}

	public void setIdentifier(@Nullable String identifier) {
		this.identifier = identifier;
	}

	/** Whether the clients that Spring Boot builds are guarded. */
	boolean guardsClients() {
		return this.guard != Guard.NONE || this.identifier != null;
	}

	public List<String> getGroups() {
		return this.groups;
	}

	public void setGroups(List<String> groups) {
		this.groups = groups;
	}

	/** What guards the requests of a client. */
	public enum Guard {

		/** Nothing. */
		NONE,

		/** A circuit for each host. */
		PER_HOST

	}

}
