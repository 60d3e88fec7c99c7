/**
 * Guarded calls as observations of Micrometer: what is known of each, and what it is
 * called.
 * <p>
 * An application that wants other names or further key values defines a bean of type
 * {@link io.brama.spring.observation.CallConvention}.
 */
@NullMarked
package io.brama.spring.observation;

import org.jspecify.annotations.NullMarked;
