package io.brama;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.brama.policy.Window.Figures;
import org.jspecify.annotations.Nullable;

/**
 * Everything known about a connection at one moment. All that describes the state (state,
 * since, deadline, cause) belongs to one and the same period; totals are read while calls
 * go on.
 *
 * @param id the connection
 * @param state the state
 * @param failureCount the failures in a row
 * @param mode how seriously the state is taken
 * @param window the calls that rates look back on, or {@code null} when no rate is
 * watched or the circuit is not closed
 * @param trials how far the trials are, or {@code null} unless HALF_OPEN
 * @param calls the totals since the circuit was registered or reset
 * @param durations how long those calls took, as far as they were timed
 * @param lastFailureAt when the last failure was reported, if there was one
 * @param lastFailureReason its reason, for everybody unless the newest of the last
 * failures is quoted
 * @param lastSuccessAt when the last success was noticed: by the next failure, the next
 * look at the status, or cleanup, hence up to one cleanup interval after it happened; no
 * clock is read for a success
 * @param stateSince when the current period began
 * @param timeInState how long ago that was
 * @param openedAt when the circuit opened, if it is OPEN; a command or another mode in
 * the meantime begins a period, not an opening
 * @param remainingOpenTime how long until trials begin, never negative; {@code null}
 * unless OPEN, and when open until told otherwise
 * @param consecutiveOpenings the openings in a row without proof of health between them
 * @param cause why the current period began
 * @param reason the reason of the failure or command behind it, if any
 * @param errorType the class name of the exception behind it, if one was thrown
 * @param quoted whether the reason repeats what that exception, or one that caused it,
 * says, which may not be for everybody
 * @param actor who gave the command, if anyone was named
 * @param errorHandlerFailures how often an error handler of the connection failed
 * @param expiryStrategyFailures how often its expiry strategy failed
 * @param lastFailures up to 5 failures, the newest first
 * @param lastTransitions up to 20 moves of the circuit, the newest first; a reset does
 * not forget them
 * @param config the effective configuration, with the metadata
 */
public record ConnectionStatus(ConnectionId id, CircuitState state, Mode mode, int failureCount,
		@Nullable Window window, @Nullable Trials trials, Calls calls, Durations durations,
		@Nullable Instant lastFailureAt, @Nullable String lastFailureReason, @Nullable Instant lastSuccessAt,
		Instant stateSince, Duration timeInState, @Nullable Instant openedAt, @Nullable Duration remainingOpenTime,
		int consecutiveOpenings, TransitionCause cause, @Nullable String reason, @Nullable String errorType,
		boolean quoted, @Nullable String actor, int errorHandlerFailures, int expiryStrategyFailures,
		List<FailureSeen> lastFailures, List<Transition> lastTransitions, CircuitConfig config) {

	/**
	 * Return the metadata of the connection.
	 * @return the metadata, unmodifiable
	 */
	public Map<String, String> metadata() {
		return this.config.metadata();
	}

	/**
	 * Return the share of failures in the window.
	 * @return the rate from 0 to 1, or {@code null} if there is no window or too few
	 * calls are in it
	 */
	public @Nullable Double failureRate() {
		return (this.window != null) ? this.window.failureRate() : null;
	}

	/**
	 * Return the share of slow calls in the window.
	 * @return the rate from 0 to 1, or {@code null} if there is no window, too few calls
	 * are in it, or slow calls are not watched
	 */
	public @Nullable Double slowCallRate() {
		return (this.window != null && this.config.watchesSlowCalls()) ? this.window.slowCallRate() : null;
	}

	static ConnectionStatus of(Period period, long now, Instant at) {
		Ledger ledger = period.ledger();
		ledger.notice(at, now);
		Open open = (period instanceof Open current) ? current : null;
		List<FailureSeen> failures = ledger.failuresSeen();
		FailureSeen lastFailure = failures.isEmpty() ? null : failures.get(0);
		Start start = period.start();
		CircuitConfig config = period.config();
		return new ConnectionStatus(period.breaker().id(), stateOf(period), config.mode(), period.failureCount(),
				Window.of(period, config, now), (period instanceof HalfOpen halfOpen) ? halfOpen.trials() : null,
				ledger.calls(), ledger.durations(), (lastFailure != null) ? lastFailure.at() : null,
				(lastFailure != null) ? lastFailure.reason() : null, ledger.lastSuccess(), start.at(),
				Duration.ofNanos(period.age(now)), (open != null) ? start.entry().at() : null,
				(open != null && !open.expiry().isEndless()) ? Duration.ofNanos(open.remaining(now)) : null,
				period.openingsAt(now).count(), start.cause(), start.reason(), start.errorType(), start.quoted(),
				start.actor(), ledger.handlerFailures(), ledger.strategyFailures(), failures,
				period.breaker().transitions(), config);
	}

	/** The state of a circuit in a period; UNKNOWN while nothing is recorded. */
	static CircuitState stateOf(Period period) {
		CircuitState state = period.state();
		return (state == CircuitState.CLOSED && period.ledger().isBlank()) ? CircuitState.UNKNOWN : state;
	}

	/**
	 * The calls that rates look back on.
	 *
	 * @param calls all of them
	 * @param minimumCalls so many must be there before a rate counts
	 * @param failures those that failed; counted as far as it takes to open the circuit
	 * @param slow those that were slow; likewise
	 */
	public record Window(long calls, int minimumCalls, long failures, long slow) {

		static @Nullable Window of(Period period, CircuitConfig config, long now) {
			Figures figures = (period instanceof Closed closed) ? closed.figures(now) : null;
			return (figures != null) ? new Window(figures.calls(), config.tripPolicy().minimumCalls(),
					figures.failures(), figures.slow()) : null;
		}

		/**
		 * Return the share of failures.
		 * @return the rate from 0 to 1, or {@code null} if there are too few calls
		 */
		public @Nullable Double failureRate() {
			return rate(this.failures);
		}

		/**
		 * Return the share of slow calls.
		 * @return the rate from 0 to 1, or {@code null} if there are too few calls
		 */
		public @Nullable Double slowCallRate() {
			return rate(this.slow);
		}

		private @Nullable Double rate(long part) {
			return (this.calls >= this.minimumCalls) ? (double) part / this.calls : null;
		}

	}

	/**
	 * How far the trials of a half-open circuit are.
	 *
	 * @param permitted how many there may be
	 * @param needed how many must succeed to close the circuit
	 * @param succeeded how many have succeeded
	 * @param failed how many have failed
	 * @param inFlight how many have begun and not ended
	 */
	public record Trials(int permitted, int needed, int succeeded, int failed, int inFlight) {
	}

	/**
	 * A failure that was reported.
	 *
	 * @param at when
	 * @param errorType the class name of the exception, if one was thrown
	 * @param reason why
	 * @param quoted whether the reason repeats what that exception, or one that caused
	 * it, says, which may not be for everybody
	 */
	public record FailureSeen(Instant at, @Nullable String errorType, String reason, boolean quoted) {
	}

	/**
	 * A move of the circuit.
	 *
	 * @param at when
	 * @param previous the state before
	 * @param next the state after
	 * @param cause why
	 * @param reason the reason of the failure or command behind it
	 * @param errorType the class name of the exception behind it
	 * @param quoted whether the reason repeats what that exception, or one that caused
	 * it, says, which may not be for everybody
	 * @param actor who gave the command
	 * @param failureCount the failures in a row that led there
	 * @param expiry how long it was to stay open, if it opened and not for good
	 */
	public record Transition(Instant at, CircuitState previous, CircuitState next, TransitionCause cause,
			@Nullable String reason, @Nullable String errorType, boolean quoted, @Nullable String actor,
			int failureCount, @Nullable Duration expiry) {

		static Transition of(Period from, Period next) {
			Start start = next.start();
			Open open = (next instanceof Open opening) ? opening : null;
			return new Transition(start.at(), from.state(), next.state(), start.cause(), start.reason(),
					start.errorType(), start.quoted(), start.actor(),
					(open != null) ? open.failureCount() : from.failureCount(),
					(open != null) ? open.expiry().length() : null);
		}

	}

	/**
	 * Calls by what became of them.
	 *
	 * @param success calls that succeeded
	 * @param failure calls that failed; a trial that timed out is one of them
	 * @param ignored calls that said nothing about the connection
	 * @param rejected calls that were not let in
	 * @param late outcomes that came when the circuit had moved on
	 * @param slow those of the successes and failures that were slow; counted where slow
	 * calls are configured
	 */
	public record Calls(long success, long failure, long ignored, long rejected, long late, long slow) {

		/**
		 * Return the number of all calls.
		 * @return the sum of all but the slow ones, which are counted as what they are
		 */
		public long total() {
			return this.success + this.failure + this.ignored + this.rejected + this.late;
		}

		/**
		 * Return the share of successes among successes and failures.
		 * @return the rate from 0 to 1, or {@code null} if there is neither
		 */
		public @Nullable Double successRate() {
			long judged = this.success + this.failure;
			return (judged != 0) ? (double) this.success / judged : null;
		}

	}

	/**
	 * How long calls took, all together. Only timed calls have a duration: all that have
	 * a permit where durations are measured, otherwise those of a circuit that watches
	 * slow calls, or while somebody listens to successes or failures.
	 *
	 * @param success the time of the calls that succeeded
	 * @param failure the time of the calls that failed; for a trial that timed out, the
	 * time until then
	 * @see Brama.Builder#measureDurations
	 */
	public record Durations(Duration success, Duration failure) {
	}

}
