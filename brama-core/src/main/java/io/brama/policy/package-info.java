/**
 * The choices: values and pure counting, without a clock and without a gate.
 * <p>
 * An application names from here an {@link io.brama.policy.ExpiryStrategy} of its own,
 * which is told about each {@link io.brama.policy.Opening}. The rest is what the gate
 * makes of its options, and decides, from counts and times that it is given, whether a
 * circuit opens.
 */
@NullMarked
package io.brama.policy;

import org.jspecify.annotations.NullMarked;
