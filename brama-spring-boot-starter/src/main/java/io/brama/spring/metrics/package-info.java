/**
 * The meters: what Micrometer reads of the gate and its circuits.
 * <p>
 * Nothing here runs when a call does; {@link io.brama.spring.metrics.BramaMetrics} says
 * what is measured. A bean of that type is there when a meter registry is.
 */
@NullMarked
package io.brama.spring.metrics;

import org.jspecify.annotations.NullMarked;
