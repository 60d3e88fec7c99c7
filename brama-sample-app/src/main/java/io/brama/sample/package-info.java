/**
 * The shop: a Spring Boot application that shows Brama at work.
 */
@NullMarked
package io.brama.sample;

import org.jspecify.annotations.NullMarked;
