package io.brama;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.LongFunction;

import io.brama.ConnectionStatus.Transition;
import org.jspecify.annotations.Nullable;

/**
 * Makes the events of one circuit, and only those that somebody wants.
 * <p>
 * Maintainers: {@code offer…} only queues and may be called under a monitor, and whoever
 * calls it has the queue delivered afterwards; everything else delivers at once.
 */
final class Herald {

	private final ConnectionId id;

	private final Dispatcher events;

	private final TimeSource time;

	Herald(ConnectionId id, Services services) {
		this.id = id;
		this.events = services.events();
		this.time = services.time();
	}

	/** Whether somebody wants to know how long calls take. */
	boolean wantsDurations() {
		return isWanted(BramaEvent.Type.SUCCESS) || isWanted(BramaEvent.Type.FAILURE);
	}

	/**
	 * Tell of an outcome.
	 * @return whether there is an event to deliver
	 */
	boolean offerOutcome(Outcome outcome, long elapsed) {
		if (outcome instanceof Outcome.Failure failure) {
			return isWanted(BramaEvent.Type.FAILURE) && offerFailure(failure, at(), elapsed);
		}
		if (outcome == Outcome.Success.INSTANCE) {
			return isWanted(BramaEvent.Type.SUCCESS) && offerSuccess(at(), elapsed);
		}
		return isWanted(BramaEvent.Type.IGNORED) && offerIgnored(at());
	}

	private boolean offerSuccess(Instant at, long elapsed) {
		return offer(BramaEvent.Type.SUCCESS,
				(number) -> new BramaEvent.Success(at, this.id, number, duration(elapsed)));
	}

	boolean offerFailure(Outcome.Failure failure, Instant at, long elapsed) {
		return offer(BramaEvent.Type.FAILURE, (number) -> new BramaEvent.Failure(at, this.id, number, failure.reason(),
				failure.errorType(), duration(elapsed)));
	}

	private boolean offerIgnored(Instant at) {
		return offer(BramaEvent.Type.IGNORED, (number) -> new BramaEvent.Ignored(at, this.id, number));
	}

	void rejected(CircuitState state) {
		if (isWanted(BramaEvent.Type.REJECTED)) {
			Instant at = at();
			offer(BramaEvent.Type.REJECTED, (number) -> new BramaEvent.Rejected(at, this.id, number, state));
			this.events.flush();
		}
	}

	void handlerFailed(Throwable problem) {
		Instant at = at();
		offer(BramaEvent.Type.ERROR_HANDLER_FAILED,
				(number) -> new BramaEvent.ErrorHandlerFailed(at, this.id, number, problem));
		this.events.flush();
	}

	void offerRegistered(CircuitConfig config, Runnable awaitChange) {
		Instant at = at();
		offer(BramaEvent.Type.REGISTERED,
				after(awaitChange, (number) -> new BramaEvent.Registered(at, this.id, number, config.metadata())));
	}

	void offerUnregistered(Runnable awaitChange) {
		Instant at = at();
		offer(BramaEvent.Type.UNREGISTERED,
				after(awaitChange, (number) -> new BramaEvent.Unregistered(at, this.id, number)));
	}

	void offerRemoved(Duration idle, Runnable awaitChange) {
		Instant at = at();
		offer(BramaEvent.Type.REMOVED,
				after(awaitChange, (number) -> new BramaEvent.Removed(at, this.id, number, idle)));
	}

	/** An event that is made once what it tells of is done. */
	private static LongFunction<BramaEvent> after(Runnable awaitChange, LongFunction<BramaEvent> event) {
		return (number) -> {
			awaitChange.run();
			return event.apply(number);
		};
	}

	void offerReconfigured(CircuitConfig before, CircuitConfig after) {
		List<BramaEvent.Reconfigured.Change> changes = before.changesTo(after);
		if (!changes.isEmpty()) {
			Instant at = at();
			offer(BramaEvent.Type.RECONFIGURED, (number) -> new BramaEvent.Reconfigured(at, this.id, number, changes));
		}
	}

	void offerTransition(Period from, Transition transition) {
		if (from instanceof Open open && transition.cause() == TransitionCause.EXPIRY_REACHED) {
			offer(BramaEvent.Type.EXPIRY_REACHED, (number) -> new BramaEvent.ExpiryReached(transition.at(), this.id,
					number, Duration.ofNanos(open.expiry().nanos())));
		}
		Duration expiry = transition.expiry();
		offer(BramaEvent.Type.STATE_CHANGE,
				(number) -> new BramaEvent.StateChanged(transition.at(), this.id, number, transition.previous(),
						transition.next(), transition.cause(), transition.reason(), transition.actor(),
						transition.failureCount(), expiry, (expiry != null) ? transition.at().plus(expiry) : null));
	}

	private boolean offer(BramaEvent.Type type, LongFunction<BramaEvent> event) {
		boolean wanted = isWanted(type);
		if (wanted) {
			this.events.offer(type, event);
		}
		return wanted;
	}

	private boolean isWanted(BramaEvent.Type type) {
		return this.events.isWanted(type, this.id);
	}

	private Instant at() {
		return this.time.instant();
	}

	private static @Nullable Duration duration(long elapsed) {
		return (elapsed != Permit.NOT_MEASURED) ? Duration.ofNanos(elapsed) : null;
	}

}
