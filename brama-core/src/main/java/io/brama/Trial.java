package io.brama;

/**
 * A call permitted in HALF_OPEN.
 */
final class Trial implements Admission {

	private final HalfOpen period;

	private final long startedAt;

	Trial(HalfOpen period, long startedAt) {
		this.period = period;
		this.startedAt = startedAt;
	}

	long startedAt() {
		return this.startedAt;
	}

	@Override
	public boolean isGranted() {
		return true;
	}

	@Override
	public HalfOpen period() {
		return this.period;
	}

}
