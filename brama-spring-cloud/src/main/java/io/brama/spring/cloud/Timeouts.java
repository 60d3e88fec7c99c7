package io.brama.spring.cloud;

import java.time.Duration;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * How long calls may take where no code says so. Immutable.
 *
 * @param usual the time for every id, zero or {@code null} for no limit
 * @param byId the time for some ids, zero for no limit
 */
public record Timeouts(@Nullable Duration usual, Map<String, Duration> byId) {

	/** No limit for any id. */
	public static final Timeouts NONE = new Timeouts(null, Map.of());

	/**
	 * Check the values.
	 * @param usual the time for every id, zero or {@code null} for no limit
	 * @param byId the time for some ids, zero for no limit
	 * @throws IllegalArgumentException if one is negative
	 */
	public Timeouts {
		byId = Map.copyOf(byId);
		if (usual != null) {
			check("circuit breakers", usual);
		}
		byId.forEach((id, timeout) -> check("circuit breaker '" + id + "'", timeout));
	}

	static void check(String owner, @Nullable Duration timeout) {
		if (timeout == null || timeout.isNegative()) {
			throw new IllegalArgumentException(
					"timeout of " + owner + " must be 0 for no limit, or longer, was " + timeout);
		}
	}

}
