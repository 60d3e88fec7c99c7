/**
 * The wiring: what of the module is there, and when.
 */
@NullMarked
package io.brama.spring.cloud.autoconfigure;

import org.jspecify.annotations.NullMarked;
