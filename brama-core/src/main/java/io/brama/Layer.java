package io.brama;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

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

	boolean isEmpty() {
		return this.values.isEmpty() && this.metadata.isEmpty();
	}

}
