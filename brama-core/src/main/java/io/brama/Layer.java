package io.brama;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import io.brama.policy.ExpiryStrategy;

/**
 * What one place says about circuits: the options it names and nothing else.
 *
 * @param origin the place in words, such as {@code scope 'payments'}
 * @param values the options named
 * @param metadata the metadata named
 */
record Layer(String origin, Map<Option, Object> values, Map<String, String> metadata) {

	Layer {
		values = values.isEmpty() ? Map.of() : new EnumMap<>(values);
		metadata = Map.copyOf(metadata);
	}

	/** This layer with everything another one names put over it. */
	Layer with(Layer other) {
		Map<Option, Object> values = new EnumMap<>(Option.class);
		values.putAll(this.values);
		values.putAll(other.values);
		Map<String, String> metadata = new HashMap<>(this.metadata);
		metadata.putAll(other.metadata);
		return new Layer(other.origin, values, metadata);
	}

	/** This layer but for some options. */
	Layer without(Set<Option> options) {
		Map<Option, Object> rest = new HashMap<>(this.values);
		rest.keySet().removeAll(options);
		return new Layer(this.origin, rest, this.metadata);
	}

	boolean isEmpty() {
		return this.values.isEmpty() && this.metadata.isEmpty();
	}

	/**
	 * Whether others may say the same: it is no fact of one connection, and no code of
	 * users is asked when it is compared.
	 */
	boolean isShareable() {
		return this.metadata.isEmpty() && !(this.values.get(Option.EXPIRY_STRATEGY) instanceof ExpiryStrategy);
	}

}
