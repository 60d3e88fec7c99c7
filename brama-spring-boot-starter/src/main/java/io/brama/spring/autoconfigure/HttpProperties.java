package io.brama.spring.autoconfigure;

import java.util.ArrayList;
import java.util.List;

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
	 * HTTP service groups that get a circuit each, called like the group; * for all.
	 */
	private List<String> groups = new ArrayList<>();

	public Guard getGuard() {
		return this.guard;
	}

	public void setGuard(Guard guard) {
		this.guard = guard;
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
