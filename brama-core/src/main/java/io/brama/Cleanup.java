package io.brama;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

import io.brama.TimeSource.Timer;

/**
 * Removes circuits without traffic from time to time, while there are circuits.
 */
final class Cleanup {

	private static final System.Logger logger = System.getLogger("io.brama");

	private final Registry registry;

	private final Timer timer;

	private final Duration interval;

	private final Duration inactiveThreshold;

	private final AtomicBoolean scheduled = new AtomicBoolean();

	Cleanup(Registry registry, Timer timer, Duration interval, Duration inactiveThreshold) {
		this.registry = registry;
		this.timer = timer;
		this.interval = interval;
		this.inactiveThreshold = inactiveThreshold;
	}

	/** See to it that the next round is due. */
	void schedule() {
		if (!this.scheduled.get() && this.scheduled.compareAndSet(false, true)) {
			try {
				this.timer.schedule(this.interval, this::run);
			}
			catch (Throwable ex) {
				// no thread to be had: the next registration tries again
				this.scheduled.set(false);
			}
		}
	}

	private void run() {
		this.scheduled.set(false);
		try {
			this.registry.removeIdle(this.inactiveThreshold);
		}
		catch (RuntimeException ex) {
			logger.log(Level.WARNING, "Cleanup failed and tries again in " + Text.value(this.interval), ex);
		}
		if (!this.registry.isEmpty()) {
			schedule();
		}
	}

}
