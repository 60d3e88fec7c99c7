/**
 * How the shop says over HTTP that something went wrong.
 */
@NullMarked
package io.brama.sample.web;

import org.jspecify.annotations.NullMarked;
