package io.brama.spring.autoconfigure;

import java.util.Map;
import java.util.Objects;

import io.brama.ConnectionId;
import io.brama.spring.web.HttpConnections;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpRequest;

/**
 * The rule of one connection for each host, with scope and type as configured for it.
 */
final class HttpConnectionIds implements HttpConnections {

	private static final HttpConnections PER_HOST = HttpConnections.perHost();

	private static final ConnectionProperties NOTHING = new ConnectionProperties();

	private final Map<String, ConnectionProperties> configured;

	HttpConnectionIds(BramaProperties properties) {
		this.configured = properties.getConnections();
	}

	@Override
	public @Nullable ConnectionId connectionOf(HttpRequest request) {
		ConnectionId host = PER_HOST.connectionOf(request);
		return (host != null) ? of(host.identifier()) : null;
	}

	/** The connection over HTTP with an identifier. */
	ConnectionId of(String identifier) {
		ConnectionProperties options = this.configured.getOrDefault(identifier, NOTHING);
		return new ConnectionId(identifier, Objects.requireNonNullElse(options.getType(), TYPE), options.getScope());
	}

}
