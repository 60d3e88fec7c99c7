package io.brama;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

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
		return this.events.isWanted(BramaEvent.Type.SUCCESS) || this.events.isWanted(BramaEvent.Type.FAILURE);
	}

	boolean offerSuccess(long elapsed) {
		return isWanted(BramaEvent.Type.SUCCESS)
				&& offer(new BramaEvent.Success(at(), this.id, next(), duration(elapsed)));
	}

	boolean offerFailure(String reason, Instant at, long elapsed) {
		return isWanted(BramaEvent.Type.FAILURE)
				&& offer(new BramaEvent.Failure(at, this.id, next(), reason, duration(elapsed)));
	}

	boolean offerIgnored() {
		return isWanted(BramaEvent.Type.IGNORED) && offer(new BramaEvent.Ignored(at(), this.id, next()));
	}

	void rejected(CircuitState state) {
		if (isWanted(BramaEvent.Type.REJECTED)) {
			publish(new BramaEvent.Rejected(at(), this.id, next(), state));
		}
	}

	void handlerFailed(Throwable problem) {
		if (isWanted(BramaEvent.Type.ERROR_HANDLER_FAILED)) {
			publish(new BramaEvent.ErrorHandlerFailed(at(), this.id, next(), problem));
		}
	}

	void offerRegistered(CircuitConfig config) {
		offer(BramaEvent.Type.REGISTERED, () -> new BramaEvent.Registered(at(), this.id, next(), config.metadata()));
	}

	void offerUnregistered() {
		offer(BramaEvent.Type.UNREGISTERED, () -> new BramaEvent.Unregistered(at(), this.id, next()));
	}

	void offerRemoved(Duration idle) {
		offer(BramaEvent.Type.REMOVED, () -> new BramaEvent.Removed(at(), this.id, next(), idle));
	}

	void offerReconfigured(CircuitConfig before, CircuitConfig after) {
		List<BramaEvent.Reconfigured.Change> changes = before.changesTo(after);
		if (!changes.isEmpty()) {
			offer(BramaEvent.Type.RECONFIGURED, () -> new BramaEvent.Reconfigured(at(), this.id, next(), changes));
		}
	}

	void offerTransition(Period from, Period next) {
		if (from instanceof Open open && next.start().cause() == TransitionCause.EXPIRY_REACHED) {
			offer(BramaEvent.Type.EXPIRY_REACHED, () -> new BramaEvent.ExpiryReached(next.start().at(), this.id, next(),
					Duration.ofNanos(open.expiry().nanos())));
		}
		offer(BramaEvent.Type.STATE_CHANGE, () -> stateChanged(from, next));
	}

	private BramaEvent stateChanged(Period from, Period next) {
		Start start = next.start();
		Duration expiry = (next instanceof Open open) ? open.expiry().length() : null;
		return new BramaEvent.StateChanged(start.at(), this.id, next(), from.state(), next.state(), start.cause(),
				start.reason(), start.actor(), from.failureCount(), expiry,
				(expiry != null) ? start.at().plus(expiry) : null);
	}

	private void offer(BramaEvent.Type type, Supplier<BramaEvent> event) {
		if (isWanted(type)) {
			this.events.offer(event.get());
		}
	}

	private void publish(BramaEvent event) {
		this.events.offer(event);
		this.events.flush();
	}

	private boolean offer(BramaEvent event) {
		this.events.offer(event);
		return true;
	}

	private boolean isWanted(BramaEvent.Type type) {
		return this.events.isWanted(type, this.id);
	}

	private long next() {
		return this.events.nextSequence();
	}

	private Instant at() {
		return this.time.instant();
	}

	private static @Nullable Duration duration(long elapsed) {
		return (elapsed != Permit.NOT_MEASURED) ? Duration.ofNanos(elapsed) : null;
	}

}
