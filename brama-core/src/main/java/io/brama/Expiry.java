package io.brama;

import java.lang.System.Logger.Level;
import java.time.Duration;

import io.brama.Outcome.Failure;
import io.brama.Verdict.Move;
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

	/** Lasts until the next command. */
	static final Expiry ENDLESS = new Expiry(Period.NEVER, Period.NEVER);

	private static final System.Logger logger = System.getLogger("io.brama");

	/** The expiry of an opening. The duration of a command is nobody else's. */
	static Expiry of(Period from, Opening opening, Move move) {
		Command command = move.command();
		Failure failure = move.failure();
		if (command != null && command.lasts()) {
			Duration own = command.duration();
			return new Expiry((own != null) ? own.toNanos() : Period.NEVER, from.config().expiry().toNanos());
		}
		Duration wish = (failure != null) ? failure.retryAfter() : null;
		Duration length = (wish != null) ? shorter(wish, from.config().maxRetryAfter()) : byStrategy(from, opening);
		return new Expiry(length.toNanos(), length.toNanos());
	}

	/** The trial timeout of a half-open period that follows another one. */
	static long trialTimeoutAfter(Period before) {
		if (before instanceof HalfOpen halfOpen) {
			return halfOpen.trialTimeout();
		}
		return (before instanceof Open open) ? open.expiry().trialTimeout() : before.config().expiry().toNanos();
	}

	private static Duration byStrategy(Period from, Opening opening) {
		Throwable problem;
		try {
			Duration length = from.config().expiryStrategy().expiry(opening);
			if (length != null && length.compareTo(Duration.ZERO) > 0) {
				return shorter(length, CircuitConfig.LONGEST);
			}
			problem = new IllegalStateException("it must answer with a duration longer than 0s, was "
					+ ((length != null) ? Text.value(length) : "null"));
		}
		catch (Throwable ex) {
			problem = ex;
		}
		int times = from.ledger().strategyFailed();
		if (Text.isWorthALine(times)) {
			logger.log(Level.WARNING,
					"The expiry strategy of " + from.breaker().id() + " failed on opening " + opening.number() + " ("
							+ Text.times(times) + " so far); the fixed expiry of " + Text.value(from.config().expiry())
							+ " is used instead",
					problem);
		}
		return from.config().expiry();
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
