/**
 * The snippets of README and docs/, compiled and run, and the tests that keep the two
 * equal.
 */
@NullMarked
package io.brama.docs;

import org.jspecify.annotations.NullMarked;
