/**
 * Customers who order all the time, for those who want to see the circuits at work.
 */
@NullMarked
package io.brama.sample.traffic;

import org.jspecify.annotations.NullMarked;
