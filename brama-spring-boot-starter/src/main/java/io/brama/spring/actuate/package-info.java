/**
 * The actuator endpoint: what an operator sees of the circuits.
 */
@NullMarked
package io.brama.spring.actuate;

import org.jspecify.annotations.NullMarked;
