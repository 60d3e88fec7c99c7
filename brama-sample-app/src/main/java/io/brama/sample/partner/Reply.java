package io.brama.sample.partner;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What a partner says to a request.
 *
 * @param status the HTTP status
 * @param body what is sent as JSON
 * @param retryAfterSeconds the value of {@code Retry-After}, or {@code null} for none
 */
record Reply(int status, Object body, @Nullable Integer retryAfterSeconds) {

	static Reply ok(Object body) {
		return new Reply(200, body, null);
	}

	static Reply error(int status, String message) {
		return new Reply(status, Map.of("message", message), null);
	}

	Reply retryAfter(@Nullable Integer seconds) {
		return new Reply(this.status, this.body, seconds);
	}

}
