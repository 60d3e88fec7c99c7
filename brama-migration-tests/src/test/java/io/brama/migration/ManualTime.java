package io.brama.migration;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

import io.brama.TimeSource;

/**
 * Time for both libraries that passes when a test says so.
 */
final class ManualTime extends Clock implements TimeSource {

	private Duration passed = Duration.ZERO;

	void advance(Duration duration) {
		this.passed = this.passed.plus(duration);
	}

	@Override
	public long nanoTime() {
		return this.passed.toNanos();
	}

	@Override
	public Instant instant() {
		return Instant.EPOCH.plus(this.passed);
	}

	@Override
	public ZoneId getZone() {
		return ZoneOffset.UTC;
	}

	@Override
	public Clock withZone(ZoneId zone) {
		throw new UnsupportedOperationException();
	}

}
