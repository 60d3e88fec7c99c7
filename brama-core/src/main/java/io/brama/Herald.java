package io.brama;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.LongFunction;

import io.brama.ConnectionStatus.Transition;
import org.jspecify.annotations.Nullable;

/**
 * Makes the events of circuits, and only those that somebody wants.
 * <p>
 * Maintainers: {@code offer…} only queues and may be called under a monitor, and whoever
 * calls it has the queue delivered afterwards; everything else delivers at once.
 */
final class Herald {

	private final Dispatcher events;

	private final TimeSource time;

	Herald(Dispatcher events, TimeSource time) {
		this.events = events;
		this.time = time;
	}

	/** Whether somebody wants to know how long calls take. */
	boolean wantsDurations(ConnectionId id) {
		return isWanted(id, BramaEvent.Type.SUCCESS) || isWanted(id, BramaEvent.Type.FAILURE);
	}

	/**
	 * Tell of an outcome.
	 * @return whether there is an event to deliver
	 */
	boolean offerOutcome(ConnectionId id, Outcome outcome, long elapsed) {
		if (outcome instanceof Outcome.Failure failure) {
			return isWanted(id, BramaEvent.Type.FAILURE) && offerFailure(id, failure, at(), elapsed);
		}
		if (outcome == Outcome.Success.INSTANCE) {
			return isWanted(id, BramaEvent.Type.SUCCESS) && offerSuccess(id, at(), elapsed);
		}
		return isWanted(id, BramaEvent.Type.IGNORED) && offerIgnored(id, at());
	}

	private boolean offerSuccess(ConnectionId id, Instant at, long elapsed) {
		return offer(id, BramaEvent.Type.SUCCESS,
				(number) -> new BramaEvent.Success(at, id, number, duration(elapsed)));
	}

	boolean offerFailure(ConnectionId id, Outcome.Failure failure, Instant at, long elapsed) {
		return offer(id, BramaEvent.Type.FAILURE, (number) -> new BramaEvent.Failure(at, id, number, failure.reason(),
				failure.errorType(), duration(elapsed)));
	}

	private boolean offerIgnored(ConnectionId id, Instant at) {
		return offer(id, BramaEvent.Type.IGNORED, (number) -> new BramaEvent.Ignored(at, id, number));
	}

	void rejected(ConnectionId id, CircuitState state) {
		if (isWanted(id, BramaEvent.Type.REJECTED)) {
			Instant at = at();
			offer(id, BramaEvent.Type.REJECTED, (number) -> new BramaEvent.Rejected(at, id, number, state));
			this.events.flush();
		}
	}

	void handlerFailed(ConnectionId id, Throwable problem) {
		Instant at = at();
		offer(id, BramaEvent.Type.ERROR_HANDLER_FAILED,
				(number) -> new BramaEvent.ErrorHandlerFailed(at, id, number, problem));
		this.events.flush();
	}

	void offerRegistered(ConnectionId id, CircuitConfig config, Runnable awaitChange) {
		Instant at = at();
		offer(id, BramaEvent.Type.REGISTERED,
				after(awaitChange, (number) -> new BramaEvent.Registered(at, id, number, config.metadata())));
	}

	void offerUnregistered(ConnectionId id, Runnable awaitChange) {
		Instant at = at();
		offer(id, BramaEvent.Type.UNREGISTERED,
				after(awaitChange, (number) -> new BramaEvent.Unregistered(at, id, number)));
	}

	void offerRemoved(ConnectionId id, Duration idle, Runnable awaitChange) {
		Instant at = at();
		offer(id, BramaEvent.Type.REMOVED,
				after(awaitChange, (number) -> new BramaEvent.Removed(at, id, number, idle)));
	}

	/** An event that is made once what it tells of is done. */
	private static LongFunction<BramaEvent> after(Runnable awaitChange, LongFunction<BramaEvent> event) {
		return (number) -> {
			awaitChange.run();
			return event.apply(number);
		};
	}

	void offerReconfigured(ConnectionId id, CircuitConfig before, CircuitConfig after) {
		List<BramaEvent.Reconfigured.Change> changes = before.changesTo(after);
		if (!changes.isEmpty()) {
			Instant at = at();
			offer(id, BramaEvent.Type.RECONFIGURED, (number) -> new BramaEvent.Reconfigured(at, id, number, changes));
		}
	}

	void offerTransition(ConnectionId id, Period from, Transition transition) {
		if (from instanceof Open open && transition.cause() == TransitionCause.EXPIRY_REACHED) {
			offer(id, BramaEvent.Type.EXPIRY_REACHED, (number) -> new BramaEvent.ExpiryReached(transition.at(), id,
					number, Duration.ofNanos(open.expiry().nanos())));
		}
		Duration expiry = transition.expiry();
		offer(id, BramaEvent.Type.STATE_CHANGE,
				(number) -> new BramaEvent.StateChanged(transition.at(), id, number, transition.previous(),
						transition.next(), transition.cause(), transition.reason(), transition.errorType(),
						transition.quoted(), transition.actor(), transition.failureCount(), expiry,
						(expiry != null) ? transition.at().plus(expiry) : null));
	}

	private boolean offer(ConnectionId id, BramaEvent.Type type, LongFunction<BramaEvent> event) {
		boolean wanted = isWanted(id, type);
		if (wanted) {
			this.events.offer(type, event);
		}
		return wanted;
	}

	private boolean isWanted(ConnectionId id, BramaEvent.Type type) {
		return this.events.isWanted(type, id);
	}

	private Instant at() {
		return this.time.instant();
	}

	private static @Nullable Duration duration(long elapsed) {
		return (elapsed != Permit.NOT_MEASURED) ? Duration.ofNanos(elapsed) : null;
	}

}
