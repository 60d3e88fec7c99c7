package io.brama.spring.metrics;

import java.util.Locale;

import io.brama.ConnectionId;
import io.micrometer.core.instrument.Tags;

/**
 * What the tags of meters say.
 */
final class TagValues {

	private TagValues() {
	}

	/** A constant as configuration files would write it: {@code half-open}. */
	static String of(Enum<?> constant) {
		return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/**
	 * The tags of a connection. All have the same keys, as Prometheus wants it; no scope
	 * is an empty value, which no scope can have.
	 */
	static Tags of(ConnectionId id) {
		String scope = id.scope();
		return Tags.of("identifier", id.identifier(), "scope", (scope != null) ? scope : "", "type", id.type());
	}

}
