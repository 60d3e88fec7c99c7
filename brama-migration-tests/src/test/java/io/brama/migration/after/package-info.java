/**
 * The same application, migrated to Brama.
 */
@NullMarked
package io.brama.migration.after;

import org.jspecify.annotations.NullMarked;
