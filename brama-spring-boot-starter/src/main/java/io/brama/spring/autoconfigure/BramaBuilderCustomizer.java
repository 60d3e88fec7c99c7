package io.brama.spring.autoconfigure;

import io.brama.Brama;

/**
 * Adjusts the gate of the application before it is built, after the properties have been
 * applied. Beans of this type are called in their order.
 */
@FunctionalInterface
public interface BramaBuilderCustomizer {

	/**
	 * Adjust the gate.
	 * @param builder builds the gate
	 */
	void customize(Brama.Builder builder);

}
