/**
 * What Brama costs.
 */
@NullMarked
package io.brama.benchmark;

import org.jspecify.annotations.NullMarked;
