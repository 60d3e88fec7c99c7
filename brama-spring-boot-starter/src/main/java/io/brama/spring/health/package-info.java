/**
 * What the circuits say about the health of the application.
 */
@NullMarked
package io.brama.spring.health;

import org.jspecify.annotations.NullMarked;
