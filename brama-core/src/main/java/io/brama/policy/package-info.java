/**
 * The choices: values and pure counting, without a clock and without a gate.
 */
@NullMarked
package io.brama.policy;

import org.jspecify.annotations.NullMarked;
