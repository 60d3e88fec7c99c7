/**
 * The gate in front of annotated methods: the annotation, where it is found, and the
 * interceptor that lets calls through.
 * <p>
 * An application names {@link io.brama.spring.annotation.CircuitBreaker} and meets
 * {@link io.brama.spring.annotation.MisusedCircuitBreakerException} when it cannot start
 * with one; the other types are beans that the auto-configuration puts together.
 *
 * @serial exclude
 */
@NullMarked
package io.brama.spring.annotation;

import org.jspecify.annotations.NullMarked;
