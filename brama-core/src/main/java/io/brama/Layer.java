package io.brama;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import io.brama.policy.ExpiryStrategy;
import org.jspecify.annotations.Nullable;

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
	 * Whether it says the same. Code of users is not asked, but must be the same object.
	 */
	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof Layer layer && this.origin.equals(layer.origin) && this.metadata.equals(layer.metadata)
				&& this.values.keySet().equals(layer.values.keySet())
				&& this.values.entrySet()
					.stream()
					.allMatch((entry) -> saysTheSame(entry.getValue(), layer.values.get(entry.getKey())));
	}

	@SuppressWarnings("ReferenceEquality") // code of users is not asked
	private static boolean saysTheSame(Object value, @Nullable Object other) {
		return (value instanceof ExpiryStrategy) ? value == other : value.equals(other);
	}

	@Override
	public int hashCode() {
		int hash = 31 * this.origin.hashCode() + this.metadata.hashCode();
		for (Map.Entry<Option, Object> entry : this.values.entrySet()) {
			Object value = entry.getValue();
			int said = (value instanceof ExpiryStrategy) ? System.identityHashCode(value) : value.hashCode();
			hash += entry.getKey().name().hashCode() ^ said;
		}
		return hash;
	}

}
