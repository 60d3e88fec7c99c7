package io.brama.spring.metrics;

import java.time.Duration;
import java.util.function.Function;
import java.util.function.ToLongFunction;

import io.brama.Circuit;
import io.brama.ConnectionStatus.Calls;
import io.brama.ConnectionStatus.Durations;
import org.jspecify.annotations.Nullable;

/**
 * What became of a call, as the meters tell it apart.
 */
enum CallOutcome {

	/** The call succeeded. */
	SUCCESS(Calls::success, Durations::success),

	/** The call failed. */
	FAILURE(Calls::failure, Durations::failure),

	/** The call said nothing about the connection. */
	IGNORED(Calls::ignored, null),

	/** The call was not let in. */
	REJECTED(Calls::rejected, null),

	/** The outcome came when the circuit had moved on. */
	LATE(Calls::late, null);

	private final ToLongFunction<Calls> calls;

	private final @Nullable Function<Durations, Duration> time;

	CallOutcome(ToLongFunction<Calls> calls, @Nullable Function<Durations, Duration> time) {
		this.calls = calls;
		this.time = time;
	}

	/** How many calls of a circuit ended so. */
	long calls(Circuit circuit) {
		return this.calls.applyAsLong(circuit.status().calls());
	}

	/** How many nanoseconds they took, as far as that is measured. */
	double nanos(Circuit circuit) {
		return (this.time != null) ? this.time.apply(circuit.status().durations()).toNanos() : 0;
	}

}
