/**
 * Recipes for OpenRewrite that migrate applications to Brama.
 */
@NullMarked
package io.brama.rewrite;

import org.jspecify.annotations.NullMarked;
