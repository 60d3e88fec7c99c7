/**
 * Brama's events as Spring application events, and in the log.
 * <p>
 * An application listens to the types nested in {@link io.brama.BramaEvent}, as to any
 * other event of Spring, and needs to name nothing from here.
 */
@NullMarked
package io.brama.spring.event;

import org.jspecify.annotations.NullMarked;
