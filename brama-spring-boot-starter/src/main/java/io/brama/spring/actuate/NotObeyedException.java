package io.brama.spring.actuate;

import io.brama.ConnectionId;

/**
 * A circuit was told to do something and did not, because it was taken away meanwhile and
 * there is no room for it any more.
 */
class NotObeyedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	NotObeyedException(ConnectionId id) {
		super("The circuit of " + id
				+ " was taken away meanwhile, and there is no room to bring it back: all places are "
				+ "in use or held open. Unregister a connection, or raise brama.max-connections");
	}

}
