/**
 * The gate: what a caller holds, and the machine behind it.
 * <p>
 * A caller holds a {@link io.brama.Brama} with its {@link io.brama.Circuit circuits} and
 * speaks in {@link io.brama.Outcome outcomes}; everything that moves a circuit is
 * package-private. The choices a circuit can be given are in {@code io.brama.policy},
 * which knows nothing of this package.
 *
 * @serial exclude
 */
@NullMarked
package io.brama;

import org.jspecify.annotations.NullMarked;
