package io.brama.spring.actuate;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import io.brama.ConnectionId;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

/**
 * The endpoint over HTTP, which answers with the status that fits and says why: 400 for
 * what makes no sense, 404 for a connection that is not registered, 409 for an identifier
 * that several have.
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
	 * Show the connections that match every filter given.
	 * @param identifier the identifier to show
	 * @param scope the scope to show
	 * @param type the type to show
	 * @param state the state to show
	 * @return the connections or what is wrong
	 */
	@ReadOperation
	public WebEndpointResponse<Object> connections(@Nullable String identifier, @Nullable String scope,
			@Nullable String type, @Nullable String state) {
		return answer("", () -> this.endpoint.connections(identifier, scope, type, state));
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
		return answer(identifier, () -> this.endpoint.connection(identifier, scope, type));
	}

	/**
	 * Tell a circuit what to do.
	 * @param identifier the identifier of its connection
	 * @param scope its scope, where several connections have that identifier
	 * @param type its type, likewise
	 * @param action open, close, reset, mode or configure
	 * @param reason why
	 * @param expiresIn with open: for how long
	 * @param mode with mode: which one
	 * @param config with configure: options by their keys, as JSON
	 * @param security knows who asks
	 * @return the connection afterwards or what is wrong
	 */
	@WriteOperation
	public WebEndpointResponse<Object> control(String identifier, @Nullable String scope, @Nullable String type,
			String action, @Nullable String reason, @Nullable String expiresIn, @Nullable String mode,
			@Nullable Object config, SecurityContext security) {
		return answer(identifier, () -> this.endpoint.control(identifier, scope, type, action, reason, expiresIn, mode,
				config, security));
	}

	/**
	 * Unregister a connection.
	 * @param identifier its identifier
	 * @param scope its scope, where several connections have that identifier
	 * @param type its type, likewise
	 * @param security knows who asks
	 * @return nothing or what is wrong
	 */
	@DeleteOperation
	public WebEndpointResponse<Object> unregister(String identifier, @Nullable String scope, @Nullable String type,
			SecurityContext security) {
		return answer(identifier,
				() -> (this.endpoint.unregister(identifier, scope, type, security) != null) ? Map.of() : null);
	}

	private static WebEndpointResponse<Object> answer(String identifier, Supplier<@Nullable Object> operation) {
		try {
			Object body = operation.get();
			if (body == null) {
				return new WebEndpointResponse<>(new Problem("No connection is registered as '" + identifier + "'"),
						WebEndpointResponse.STATUS_NOT_FOUND);
			}
			return (body instanceof Map) ? new WebEndpointResponse<>(WebEndpointResponse.STATUS_NO_CONTENT)
					: new WebEndpointResponse<>(body);
		}
		catch (InvalidEndpointRequestException ex) {
			return new WebEndpointResponse<>(new Problem(ex.getReason()), WebEndpointResponse.STATUS_BAD_REQUEST);
		}
		catch (AmbiguousConnectionException ex) {
			return new WebEndpointResponse<>(new Conflict("Name the scope or type as well", ex.candidates()), CONFLICT);
		}
	}

	/**
	 * Says what is wrong.
	 *
	 * @param message what is wrong
	 */
	public record Problem(@Nullable String message) implements OperationResponseBody {
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
