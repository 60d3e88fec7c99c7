package io.brama;

import java.util.EnumMap;
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

	boolean isEmpty() {
		return this.values.isEmpty() && this.metadata.isEmpty();
	}

}
