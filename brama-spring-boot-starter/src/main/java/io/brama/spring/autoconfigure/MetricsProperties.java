package io.brama.spring.autoconfigure;

/**
 * Options of meters.
 */
public class MetricsProperties {

	/**
	 * Whether the time of successful and failed calls is measured, which costs two
	 * readings of the clock for each call.
	 */
	private boolean durations = true;

	/**
	 * How many connections have meters of their own, from 0 to 10000000.
	 */
	private int maxConnections = 1000;

	public boolean isDurations() {
		return this.durations;
	}

	public void setDurations(boolean durations) {
		this.durations = durations;
	}

	public int getMaxConnections() {
		return this.maxConnections;
	}

	public void setMaxConnections(int maxConnections) {
		this.maxConnections = maxConnections;
	}

}
