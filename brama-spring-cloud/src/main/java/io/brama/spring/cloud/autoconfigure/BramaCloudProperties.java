package io.brama.spring.cloud.autoconfigure;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import io.brama.spring.cloud.Timeouts;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What can be configured under {@code spring.cloud.circuitbreaker.brama}. Unknown keys
 * are refused. The options of the circuits stand under {@code brama}.
 */
@ConfigurationProperties(prefix = BramaCloudProperties.PREFIX, ignoreUnknownFields = false)
public class BramaCloudProperties {

	static final String PREFIX = "spring.cloud.circuitbreaker.brama";

	/**
	 * Whether Spring Cloud's circuit breakers are Brama's.
	 */
	private boolean enabled = true;

	/**
	 * How long a call of any circuit breaker may take; 0 for no limit.
	 */
	private @Nullable Duration timeout;

	/**
	 * How long a call of one circuit breaker may take, by its id; 0 for no limit.
	 */
	private Map<String, Duration> timeouts = new LinkedHashMap<>();

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public @Nullable Duration getTimeout() {
		return this.timeout;
	}

	public void setTimeout(@Nullable Duration timeout) {
		this.timeout = timeout;
	}

	public Map<String, Duration> getTimeouts() {
		return this.timeouts;
	}

	public void setTimeouts(Map<String, Duration> timeouts) {
		this.timeouts = timeouts;
	}

	Timeouts asTimeouts() {
		return new Timeouts(this.timeout, this.timeouts);
	}

}
