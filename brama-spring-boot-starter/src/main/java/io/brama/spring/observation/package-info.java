/**
 * Guarded calls as observations of Micrometer: what is known of each, and what it is
 * called.
 */
@NullMarked
package io.brama.spring.observation;

import org.jspecify.annotations.NullMarked;
