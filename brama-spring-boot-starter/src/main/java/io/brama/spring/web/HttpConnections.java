package io.brama.spring.web;

import java.net.URI;
import java.util.Locale;
import java.util.Objects;

import io.brama.Brama;
import io.brama.ConnectionId;
import io.brama.ErrorHandler;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpRequest;

/**
 * Says which connection an HTTP request calls. A bean of this type replaces the rule of
 * one connection for each host. Must be thread-safe; what it throws reaches the caller of
 * the request, which is then not sent.
 */
@FunctionalInterface
public interface HttpConnections {

	/** The type of a connection over HTTP. */
	String TYPE = "http";

	/**
	 * Return the connection that a request calls.
	 * @param request the request, before it is sent
	 * @return the connection, or {@code null} if the request is not to be guarded
	 */
	@Nullable ConnectionId connectionOf(HttpRequest request);

	/**
	 * Return who says what the answer to a request means. The answer is handed over as a
	 * {@code ResponseEntity} without a body.
	 * @param request the request, before it is sent
	 * @return the handler, or {@code null} for the usual one
	 */
	default @Nullable ErrorHandler errorHandlerOf(HttpRequest request) {
		return null;
	}

	/**
	 * Return the rule of one connection for each host. The identifier is the host in
	 * lower case, followed by the port unless it is the default one of the scheme, such
	 * as {@code api.example.com} or {@code localhost:8080}. The type is {@value #TYPE}
	 * and there is no scope, unless others are configured for the identifier.
	 * @param brama knows what is configured
	 * @return the rule; a request without a host is not guarded
	 */
	static HttpConnections perHost(Brama brama) {
		Objects.requireNonNull(brama, "brama must not be null");
		return (request) -> {
			String host = host(request.getURI());
			return (host != null) ? brama.identify(new ConnectionId(host, TYPE, null)) : null;
		};
	}

	/**
	 * Not {@link URI#getHost()}, which does not know hosts such as {@code my_service}.
	 */
	private static @Nullable String host(URI uri) {
		String authority = uri.getRawAuthority();
		if (authority == null) {
			return null;
		}
		String host = authority.substring(authority.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
		String port = "https".equalsIgnoreCase(uri.getScheme()) ? ":443" : ":80";
		String name = host.endsWith(port) ? host.substring(0, host.length() - port.length()) : host;
		return name.isBlank() ? null : name;
	}

}
