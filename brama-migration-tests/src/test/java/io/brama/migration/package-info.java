/**
 * Applications that use another circuit breaker, their twins that use Brama, and what
 * happens to both in the same story.
 */
@NullMarked
package io.brama.migration;

import org.jspecify.annotations.NullMarked;
