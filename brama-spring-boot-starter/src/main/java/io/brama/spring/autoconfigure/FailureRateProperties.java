package io.brama.spring.autoconfigure;

import org.jspecify.annotations.Nullable;

/**
 * Options of the rule about the share of failures, and of the window it shares with the
 * rule about slow calls.
 */
public class FailureRateProperties {

	/**
	 * Share of failures that opens a circuit, such as 50%. Off unless set.
	 */
	private @Nullable String threshold;

	/**
	 * How far back rates look: over a number of calls, such as 100, or a time, such as
	 * 30s.
	 */
	private @Nullable String window;

	/**
	 * Calls that must be in the window before rates count. Default: 20, or all of a
	 * smaller window.
	 */
	private @Nullable Integer minimumCalls;

	public @Nullable String getThreshold() {
		return this.threshold;
	}

	public void setThreshold(@Nullable String threshold) {
		this.threshold = threshold;
	}

	public @Nullable String getWindow() {
		return this.window;
	}

	public void setWindow(@Nullable String window) {
		this.window = window;
	}

	public @Nullable Integer getMinimumCalls() {
		return this.minimumCalls;
	}

	public void setMinimumCalls(@Nullable Integer minimumCalls) {
		this.minimumCalls = minimumCalls;
	}

}
