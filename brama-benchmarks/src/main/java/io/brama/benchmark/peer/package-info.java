/**
 * Circuit breakers of several libraries behind one small interface, set up alike.
 */
@NullMarked
package io.brama.benchmark.peer;

import org.jspecify.annotations.NullMarked;
