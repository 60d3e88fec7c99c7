package io.brama.sample.partner;

import java.util.Objects;

import com.fasterxml.jackson.annotation.JsonCreator;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;

/**
 * How well a partner does its work.
 *
 * @param failureRate the share of requests it fails, from 0 (none) to 1 (all)
 * @param latencyMillis how long it thinks about each request, from 0 to 60 000 ms
 * @param status the HTTP status of its failures, from 200 (it says that all is well, and
 * does nothing) to 599
 * @param retryAfterSeconds what its failures say in {@code Retry-After}, from 1 to 86 400
 * s, or {@code null} to say nothing
 */
record Behaviour(
		@DecimalMin(value = "0", message = FAILURE_RATE) @DecimalMax(value = "1",
				message = FAILURE_RATE) double failureRate,
		@Min(value = 0, message = LATENCY) @Max(value = 60_000, message = LATENCY) long latencyMillis,
		@Min(value = 200, message = STATUS) @Max(value = 599, message = STATUS) int status,
		@Min(value = 1, message = RETRY_AFTER) @Max(value = 86_400,
				message = RETRY_AFTER) @Nullable Integer retryAfterSeconds) {

	/** A partner that always answers, and at once. */
	static final Behaviour WELL = of(null, null, null, null);

	private static final String FAILURE_RATE = "must be between 0 and 1";

	private static final String LATENCY = "must be between 0 and 60000";

	private static final String STATUS = "must be between 200 and 599";

	private static final String RETRY_AFTER = "must be between 1 and 86400";

	/**
	 * Return a behaviour in which whatever is left out is as in a partner that is well.
	 */
	@JsonCreator
	static Behaviour of(@Nullable Double failureRate, @Nullable Long latencyMillis, @Nullable Integer status,
			@Nullable Integer retryAfterSeconds) {
		return new Behaviour(Objects.requireNonNullElse(failureRate, 0.0),
				Objects.requireNonNullElse(latencyMillis, 0L), Objects.requireNonNullElse(status, 503),
				retryAfterSeconds);
	}

	/**
	 * Tell whether a request fails.
	 * @param chance a random number from 0 (inclusive) to 1 (exclusive), so that a rate
	 * of 0 never fails and a rate of 1 always does
	 */
	boolean fails(double chance) {
		return chance < this.failureRate;
	}

}
