package io.brama.spring.actuate;

import java.util.Map;
import java.util.function.Consumer;

import io.brama.CircuitOptions;

/**
 * Reads the options of a circuit as they would stand in a configuration file.
 */
@FunctionalInterface
public interface OptionReader {

	/**
	 * Read options.
	 * @param config the options by their keys; a key may be nested as in YAML or have
	 * dots
	 * @return sets the options; what is out of its range is an
	 * {@link IllegalArgumentException} then
	 * @throws IllegalArgumentException if a key does not exist or a value makes no sense
	 */
	Consumer<CircuitOptions<?>> read(Map<?, ?> config);

}
