/**
 * The dashboard in a real browser.
 */
@NullMarked
package io.brama.browser;

import org.jspecify.annotations.NullMarked;
