/**
 * What the shop does: it takes orders and calls its partners, each through a circuit.
 */
@NullMarked
package io.brama.sample.shop;

import org.jspecify.annotations.NullMarked;
