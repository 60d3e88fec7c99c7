/**
 * Spring Cloud's circuit breakers, made of Brama's circuits.
 */
@NullMarked
package io.brama.spring.cloud;

import org.jspecify.annotations.NullMarked;
