/**
 * The meters: what Micrometer reads of the gate and its circuits.
 */
@NullMarked
package io.brama.spring.metrics;

import org.jspecify.annotations.NullMarked;
