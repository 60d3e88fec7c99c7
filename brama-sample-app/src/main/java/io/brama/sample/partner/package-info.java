/**
 * The partners of the shop, simulated: other systems, reached over HTTP, that can be
 * broken and healed.
 */
@NullMarked
package io.brama.sample.partner;

import org.jspecify.annotations.NullMarked;
