package io.brama.spring.autoconfigure;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Options of trials.
 */
public class HalfOpenProperties {

	/**
	 * Trial calls that decide in HALF_OPEN, from 1 to 1000.
	 */
	private @Nullable Integer trialCalls;

	/**
	 * Successful trials that close the circuit, from 1 to the number of trial calls.
	 */
	private @Nullable Integer successesToClose;

	/**
	 * After what time a trial without an outcome counts as failed. Default: the expiry of
	 * the opening.
	 */
	private @Nullable Duration trialTimeout;

	public @Nullable Integer getTrialCalls() {
		return this.trialCalls;
	}

	public void setTrialCalls(@Nullable Integer trialCalls) {
		this.trialCalls = trialCalls;
	}

	public @Nullable Integer getSuccessesToClose() {
		return this.successesToClose;
	}

	public void setSuccessesToClose(@Nullable Integer successesToClose) {
		this.successesToClose = successesToClose;
	}

	public @Nullable Duration getTrialTimeout() {
		return this.trialTimeout;
	}

	public void setTrialTimeout(@Nullable Duration trialTimeout) {
		this.trialTimeout = trialTimeout;
	}

}
