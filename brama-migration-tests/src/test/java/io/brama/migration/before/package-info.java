/**
 * A typical application that uses Resilience4j.
 */
@NullMarked
package io.brama.migration.before;

import org.jspecify.annotations.NullMarked;
