/**
 * What must be true of the sources so that they can be released.
 */
@NullMarked
package io.brama.release;

import org.jspecify.annotations.NullMarked;
