/**
 * Brama's events as Spring application events, and in the log.
 */
@NullMarked
package io.brama.spring.event;

import org.jspecify.annotations.NullMarked;
