package io.brama.spring.actuate;

import java.util.List;

import io.brama.ConnectionId;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

/**
 * The endpoint over HTTP, which answers with the status that fits: 404 for a connection
 * that is not registered, 409 for an identifier that several have.
 */
@EndpointWebExtension(endpoint = BramaEndpoint.class)
public class BramaEndpointWebExtension {

	private static final int CONFLICT = 409;

	private final BramaEndpoint endpoint;

	/**
	 * Create the extension.
	 * @param endpoint the endpoint
	 */
	public BramaEndpointWebExtension(BramaEndpoint endpoint) {
		this.endpoint = endpoint;
	}

	/**
	 * Show one connection.
	 * @param identifier its identifier
	 * @param scope its scope, where several connections have that identifier
	 * @param type its type, likewise
	 * @return the connection or what is wrong
	 */
	@ReadOperation
	public WebEndpointResponse<Object> connection(@Selector String identifier, @Nullable String scope,
			@Nullable String type) {
		try {
			ConnectionView view = this.endpoint.connection(identifier, scope, type);
			return (view != null) ? new WebEndpointResponse<>(view)
					: new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND);
		}
		catch (AmbiguousConnectionException ex) {
			return new WebEndpointResponse<>(new Conflict("Name the scope or type as well", ex.candidates()), CONFLICT);
		}
	}

	/**
	 * Says that an identifier is not enough.
	 *
	 * @param message what to do
	 * @param candidates the connections that have it
	 */
	public record Conflict(String message, List<ConnectionId> candidates) implements OperationResponseBody {
	}

}
