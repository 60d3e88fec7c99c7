package io.brama;

import java.lang.System.Logger.Level;
import java.time.Duration;

import io.brama.policy.Opening;
import org.jspecify.annotations.Nullable;

/**
 * How long one opening lasts, decided before it begins: by the duration of the command
 * that opens the circuit, or else by the wish of the failure that does, or else by the
 * strategy.
 *
 * @param nanos the length in nanoseconds, or {@link Period#NEVER} for an opening that
 * lasts until the next command
 * @param trialTimeout after how many nanoseconds a trial of the half-open period that
 * follows counts as failed, unless a timeout is configured by then
 */
record Expiry(long nanos, long trialTimeout) {

	private static final System.Logger logger = System.getLogger("io.brama");

	/** The expiry of an opening by failures. */
	static Expiry ofFailure(ConnectionId id, Opening opening, CircuitConfig config, @Nullable Duration retryAfter) {
		Duration length = (retryAfter != null) ? shorter(retryAfter, config.maxRetryAfter())
				: byStrategy(id, opening, config);
		return new Expiry(length.toNanos(), length.toNanos());
	}

	/** The expiry of an opening by command, whose own duration is nobody else's. */
	static Expiry ofCommand(ConnectionId id, Opening opening, CircuitConfig config, Command command) {
		if (command.isUntilToldOtherwise()) {
			return new Expiry(Period.NEVER, config.expiry().toNanos());
		}
		Duration own = command.duration();
		return (own != null) ? new Expiry(own.toNanos(), config.expiry().toNanos())
				: ofFailure(id, opening, config, null);
	}

	/** The trial timeout of a half-open period that follows another one. */
	static long trialTimeoutAfter(Period before) {
		Duration configured = before.config().trialTimeout();
		if (configured != null) {
			return configured.toNanos();
		}
		return (before instanceof Open open) ? open.expiry().trialTimeout() : before.config().expiry().toNanos();
	}

	private static Duration byStrategy(ConnectionId id, Opening opening, CircuitConfig config) {
		Throwable problem;
		try {
			Duration length = config.expiryStrategy().expiry(opening);
			if (length != null && length.compareTo(Duration.ZERO) > 0) {
				return shorter(length, CircuitConfig.LONGEST);
			}
			problem = new IllegalStateException("it must answer with a duration longer than 0s, was "
					+ ((length != null) ? Text.value(length) : "null"));
		}
		catch (Throwable ex) {
			problem = ex;
		}
		logger.log(Level.WARNING, "The expiry strategy of " + id + " failed on opening " + opening.number()
				+ "; the fixed expiry of " + Text.value(config.expiry()) + " is used instead", problem);
		return config.expiry();
	}

	private static Duration shorter(Duration one, Duration other) {
		return (one.compareTo(other) < 0) ? one : other;
	}

	/** The length, or {@code null} if it lasts until the next command. */
	@Nullable Duration length() {
		return isEndless() ? null : Duration.ofNanos(this.nanos);
	}

	boolean isEndless() {
		return this.nanos == Period.NEVER;
	}

}
