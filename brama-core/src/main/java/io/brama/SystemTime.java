package io.brama;

import java.time.Instant;

/**
 * The time of the machine, and the only place that reads it.
 */
enum SystemTime implements TimeSource {

	INSTANCE;

	@Override
	public long nanoTime() {
		return System.nanoTime();
	}

	@Override
	public Instant instant() {
		return Instant.now();
	}

}
