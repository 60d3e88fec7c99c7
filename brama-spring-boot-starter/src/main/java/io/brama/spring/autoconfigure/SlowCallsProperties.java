package io.brama.spring.autoconfigure;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Options of the rule about the share of slow calls.
 */
public class SlowCallsProperties {

	/**
	 * From what time on a call is slow. Default: 2s once a threshold is set.
	 */
	private @Nullable Duration duration;

	/**
	 * Share of slow calls that opens a circuit, such as 80%. Default: 80% once a duration
	 * is set.
	 */
	private @Nullable String threshold;

	public @Nullable Duration getDuration() {
		return this.duration;
	}

	public void setDuration(@Nullable Duration duration) {
		this.duration = duration;
	}

	public @Nullable String getThreshold() {
		return this.threshold;
	}

	public void setThreshold(@Nullable String threshold) {
		this.threshold = threshold;
	}

}
