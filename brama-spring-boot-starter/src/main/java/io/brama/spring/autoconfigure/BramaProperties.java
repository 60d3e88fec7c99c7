package io.brama.spring.autoconfigure;

import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import io.brama.BramaEvent;
import io.brama.Delivery;
import io.brama.Mode;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.core.Ordered;

/**
 * Everything that can be configured under {@code brama}. The circuit options on this
 * level are the defaults of all circuits. Unknown keys are refused.
 */
@ConfigurationProperties(prefix = "brama", ignoreUnknownFields = false)
public class BramaProperties extends CircuitProperties {

	/**
	 * Whether annotated methods are guarded, and the endpoint and the meters are there;
	 * otherwise every call passes.
	 */
	private boolean enabled = true;

	/**
	 * How often circuits without traffic are looked for.
	 */
	private @Nullable Duration cleanupInterval;

	/**
	 * After what time without a call a closed circuit is removed.
	 */
	private @Nullable Duration inactiveThreshold;

	/**
	 * How many circuits there may be, from 1 to 10000000.
	 */
	private @Nullable Integer maxConnections;

	/**
	 * Options of the connections of a scope, by its name.
	 */
	private Map<String, CircuitProperties> scopes = new LinkedHashMap<>();

	/**
	 * Options of a connection, by its identifier or, with * in it, by a pattern.
	 */
	private Map<String, ConnectionProperties> connections = new LinkedHashMap<>();

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public @Nullable Duration getCleanupInterval() {
		return this.cleanupInterval;
	}

	public void setCleanupInterval(@Nullable Duration cleanupInterval) {
		this.cleanupInterval = cleanupInterval;
	}

	public @Nullable Duration getInactiveThreshold() {
		return this.inactiveThreshold;
	}

	public void setInactiveThreshold(@Nullable Duration inactiveThreshold) {
		this.inactiveThreshold = inactiveThreshold;
	}

	public @Nullable Integer getMaxConnections() {
		return this.maxConnections;
	}

	public void setMaxConnections(@Nullable Integer maxConnections) {
		this.maxConnections = maxConnections;
	}

	public Map<String, CircuitProperties> getScopes() {
		return this.scopes;
	}

	public void setScopes(Map<String, CircuitProperties> scopes) {
		this.scopes = scopes;
	}

	public Map<String, ConnectionProperties> getConnections() {
		return this.connections;
	}

	public void setConnections(Map<String, ConnectionProperties> connections) {
		this.connections = connections;
	}

	/** Let every call pass, whatever mode is configured on any level. */
	void switchOff() {
		setMode(Mode.OFF);
		this.scopes.values().forEach((options) -> options.setMode(Mode.OFF));
		this.connections.values().forEach((options) -> options.setMode(Mode.OFF));
	}

	private final Events events = new Events();

	private final Aop aop = new Aop();

	@NestedConfigurationProperty
	private final HttpProperties http = new HttpProperties();

	@NestedConfigurationProperty
	private final MetricsProperties metrics = new MetricsProperties();

	@NestedConfigurationProperty
	private final WebProperties web = new WebProperties();

	@NestedConfigurationProperty
	private final ActuatorProperties actuator = new ActuatorProperties();

	@NestedConfigurationProperty
	private final ObservationsProperties observations = new ObservationsProperties();

	public Events getEvents() {
		return this.events;
	}

	public Aop getAop() {
		return this.aop;
	}

	public HttpProperties getHttp() {
		return this.http;
	}

	public MetricsProperties getMetrics() {
		return this.metrics;
	}

	public WebProperties getWeb() {
		return this.web;
	}

	public ActuatorProperties getActuator() {
		return this.actuator;
	}

	public ObservationsProperties getObservations() {
		return this.observations;
	}

	/** Options of events. */
	public static class Events {

		/**
		 * Types of events that are published as application events.
		 */
		private Set<BramaEvent.Type> publish = EnumSet.of(BramaEvent.Type.STATE_CHANGE, BramaEvent.Type.REGISTERED,
				BramaEvent.Type.UNREGISTERED, BramaEvent.Type.REMOVED, BramaEvent.Type.RECONFIGURED);

		/**
		 * Whether events are delivered on a thread of their own (async) or on the one
		 * that causes them (direct).
		 */
		private Delivery delivery = Delivery.ASYNC;

		public Set<BramaEvent.Type> getPublish() {
			return this.publish;
		}

		public void setPublish(Set<BramaEvent.Type> publish) {
			this.publish = publish;
		}

		public Delivery getDelivery() {
			return this.delivery;
		}

		public void setDelivery(Delivery delivery) {
			this.delivery = delivery;
		}

	}

	/** Options of the advice on annotated methods. */
	public static class Aop {

		/**
		 * Place of the gate among other advice. By default inside of retries, outside of
		 * transactions.
		 */
		private int order = Ordered.LOWEST_PRECEDENCE - 100;

		public int getOrder() {
			return this.order;
		}

		public void setOrder(int order) {
			this.order = order;
		}

	}

}
