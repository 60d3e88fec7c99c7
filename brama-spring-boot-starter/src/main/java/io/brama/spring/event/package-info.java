/**
 * Brama's events as Spring application events.
 */
@NullMarked
package io.brama.spring.event;

import org.jspecify.annotations.NullMarked;
