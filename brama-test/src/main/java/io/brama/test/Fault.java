package io.brama.test;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Predicate;

import io.brama.ConnectionId;
import org.jspecify.annotations.Nullable;

/**
 * One thing that befalls the calls of one connection on purpose: a delay, a failure,
 * both, or a rejection; every time, or so many times. Thread-safe.
 */
public final class Fault {

	/** The connection in words. */
	private final String connection;

	private final Predicate<ConnectionId> isMeant;

	private Duration delay = Duration.ZERO;

	private @Nullable Throwable failure;

	private boolean rejection;

	/** How often it still strikes, or a negative number for always. */
	private int timesLeft = -1;

	Fault(String connection, Predicate<ConnectionId> isMeant) {
		this.connection = connection;
		this.isMeant = isMeant;
	}

	/**
	 * Let calls fail: they are not run, and their callers get this exception.
	 * @param failure what is thrown. Methods that do not declare it throw it all the
	 * same, or what a proxy makes of it
	 * @return this
	 */
	public synchronized Fault fail(Throwable failure) {
		requireNoRejection();
		this.failure = Objects.requireNonNull(failure, "failure of a fault must not be null");
		return this;
	}

	/**
	 * Let calls take longer. The time that passes is the manual one; no test waits.
	 * @param delay how much, not negative
	 * @return this
	 */
	public synchronized Fault delay(Duration delay) {
		requireNoRejection();
		if (delay.isNegative()) {
			throw new IllegalArgumentException(
					"delay of a fault of " + this.connection + " must not be negative, was " + delay);
		}
		this.delay = delay;
		return this;
	}

	/**
	 * Let calls be rejected, as if their circuit were open. The circuit itself does not
	 * move.
	 * @return this
	 */
	public synchronized Fault reject() {
		if (this.failure != null || !this.delay.isZero()) {
			throw new IllegalStateException(conflict());
		}
		this.rejection = true;
		return this;
	}

	private void requireNoRejection() {
		if (this.rejection) {
			throw new IllegalStateException(conflict());
		}
	}

	private String conflict() {
		return "a fault of " + this.connection
				+ " must either reject calls or let them fail or take longer; a rejected call is not run."
				+ " Announce two faults by calling on(…) twice";
	}

	/**
	 * Limit how often it strikes. Afterwards comes the next fault, or calls reach the
	 * system again.
	 * @param times how often, at least 1
	 * @return this
	 */
	public synchronized Fault times(int times) {
		if (times < 1) {
			throw new IllegalArgumentException(
					"times of a fault of " + this.connection + " must be at least 1, was " + times);
		}
		this.timesLeft = times;
		return this;
	}

	boolean isOn(ConnectionId connection) {
		return this.isMeant.test(connection);
	}

	synchronized boolean isOver() {
		return this.timesLeft == 0;
	}

	synchronized @Nullable Throwable failure() {
		return this.failure;
	}

	synchronized Duration delay() {
		return this.delay;
	}

	/** Strike once, if it is a rejection, or if it is none. */
	synchronized boolean strike(boolean rejection) {
		if (this.rejection != rejection) {
			return false;
		}
		if (this.timesLeft > 0) {
			this.timesLeft--;
		}
		return true;
	}

}
