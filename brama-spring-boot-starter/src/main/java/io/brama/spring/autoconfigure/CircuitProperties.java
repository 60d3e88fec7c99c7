package io.brama.spring.autoconfigure;

import java.time.Duration;
import java.util.List;

import io.brama.Mode;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.NestedConfigurationProperty;

/**
 * The options of circuits that can be set on every level. What is not set keeps the value
 * of the level below.
 */
public class CircuitProperties {

	/**
	 * Failures in a row that open a circuit, from 1 to 1000000, or off for rates alone.
	 */
	private @Nullable String maxAttempts;

	/**
	 * How long a circuit stays open with a fixed expiry.
	 */
	private @Nullable Duration expiry;

	/**
	 * Whether every opening lasts equally long, or consecutive ones longer and longer.
	 */
	private @Nullable ExpiryStrategyKind expiryStrategy;

	/**
	 * How long the first opening lasts with a progressive expiry. Default: the expiry.
	 */
	private @Nullable Duration initialExpiry;

	/**
	 * How long an opening lasts at most with a progressive expiry. Default: ten times the
	 * initial expiry.
	 */
	private @Nullable Duration maxExpiry;

	/**
	 * Factor by which a progressive expiry grows, from 1 to 1000.
	 */
	private @Nullable Double backoffFactor;

	/**
	 * How long a circuit must have stayed closed before consecutive openings are counted
	 * anew. Default: as long as its last opening lasted.
	 */
	private @Nullable Duration backoffResetAfter;

	/**
	 * Share by which an expiry is spread at random, from 0 to 1.
	 */
	private @Nullable Double jitter;

	/**
	 * How long a failure's own wish to be left alone is honoured at most.
	 */
	private @Nullable Duration maxRetryAfter;

	/**
	 * Whether calls are rejected (enforce), only watched (observe), or let through
	 * uncounted (off).
	 */
	private @Nullable Mode mode;

	/**
	 * Exceptions that say nothing about the connection, with their subclasses and what
	 * they cause.
	 */
	private @Nullable List<Class<? extends Throwable>> ignoreExceptions;

	/**
	 * The only exceptions that are failures, with their subclasses and what they cause.
	 * Default: all.
	 */
	private @Nullable List<Class<? extends Throwable>> recordExceptions;

	/**
	 * Whether the application cannot do its work without the connection: its health is
	 * then DOWN while the circuit is open.
	 */
	private @Nullable Boolean critical;

	public @Nullable String getMaxAttempts() {
		return this.maxAttempts;
	}

	public void setMaxAttempts(@Nullable String maxAttempts) {
		this.maxAttempts = maxAttempts;
	}

	public @Nullable Duration getExpiry() {
		return this.expiry;
	}

	public void setExpiry(@Nullable Duration expiry) {
		this.expiry = expiry;
	}

	public @Nullable ExpiryStrategyKind getExpiryStrategy() {
		return this.expiryStrategy;
	}

	public void setExpiryStrategy(@Nullable ExpiryStrategyKind expiryStrategy) {
		this.expiryStrategy = expiryStrategy;
	}

	public @Nullable Duration getInitialExpiry() {
		return this.initialExpiry;
	}

	public void setInitialExpiry(@Nullable Duration initialExpiry) {
		this.initialExpiry = initialExpiry;
	}

	public @Nullable Duration getMaxExpiry() {
		return this.maxExpiry;
	}

	public void setMaxExpiry(@Nullable Duration maxExpiry) {
		this.maxExpiry = maxExpiry;
	}

	public @Nullable Double getBackoffFactor() {
		return this.backoffFactor;
	}

	public void setBackoffFactor(@Nullable Double backoffFactor) {
		this.backoffFactor = backoffFactor;
	}

	public @Nullable Duration getBackoffResetAfter() {
		return this.backoffResetAfter;
	}

	public void setBackoffResetAfter(@Nullable Duration backoffResetAfter) {
		this.backoffResetAfter = backoffResetAfter;
	}

	public @Nullable Double getJitter() {
		return this.jitter;
	}

	public void setJitter(@Nullable Double jitter) {
		this.jitter = jitter;
	}

	public @Nullable Duration getMaxRetryAfter() {
		return this.maxRetryAfter;
	}

	public void setMaxRetryAfter(@Nullable Duration maxRetryAfter) {
		this.maxRetryAfter = maxRetryAfter;
	}

	public @Nullable Mode getMode() {
		return this.mode;
	}

	public void setMode(@Nullable Mode mode) {
		this.mode = mode;
	}

	public @Nullable List<Class<? extends Throwable>> getIgnoreExceptions() {
		return this.ignoreExceptions;
	}

	public void setIgnoreExceptions(@Nullable List<Class<? extends Throwable>> ignoreExceptions) {
		this.ignoreExceptions = ignoreExceptions;
	}

	public @Nullable List<Class<? extends Throwable>> getRecordExceptions() {
		return this.recordExceptions;
	}

	public void setRecordExceptions(@Nullable List<Class<? extends Throwable>> recordExceptions) {
		this.recordExceptions = recordExceptions;
	}

	public @Nullable Boolean getCritical() {
		return this.critical;
	}

	public void setCritical(@Nullable Boolean critical) {
		this.critical = critical;
	}

	@NestedConfigurationProperty
	private final HalfOpenProperties halfOpen = new HalfOpenProperties();

	@NestedConfigurationProperty
	private final FailureRateProperties failureRate = new FailureRateProperties();

	@NestedConfigurationProperty
	private final SlowCallsProperties slowCalls = new SlowCallsProperties();

	public HalfOpenProperties getHalfOpen() {
		return this.halfOpen;
	}

	public FailureRateProperties getFailureRate() {
		return this.failureRate;
	}

	public SlowCallsProperties getSlowCalls() {
		return this.slowCalls;
	}

	/** The strategies that need no code. */
	public enum ExpiryStrategyKind {

		/** Every opening lasts equally long. */
		FIXED,

		/** Consecutive openings last longer and longer. */
		PROGRESSIVE

	}

}
