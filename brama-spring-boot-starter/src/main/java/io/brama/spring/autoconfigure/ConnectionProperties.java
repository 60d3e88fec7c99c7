package io.brama.spring.autoconfigure;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The options of one connection, or of all that match a name pattern.
 */
public class ConnectionProperties extends CircuitProperties {

	/**
	 * Scope the connection belongs to.
	 */
	private @Nullable String scope;

	/**
	 * What kind of system is connected. Default: general.
	 */
	private @Nullable String type;

	/**
	 * Facts about the connection for people to read.
	 */
	private Map<String, String> metadata = new LinkedHashMap<>();

	public @Nullable String getScope() {
		return this.scope;
	}

	public void setScope(@Nullable String scope) {
		this.scope = scope;
	}

	public @Nullable String getType() {
		return this.type;
	}

	public void setType(@Nullable String type) {
		this.type = type;
	}

	public Map<String, String> getMetadata() {
		return this.metadata;
	}

	public void setMetadata(Map<String, String> metadata) {
		this.metadata = metadata;
	}

}
