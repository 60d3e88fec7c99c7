/**
 * The gate in HTTP: in front of the requests an application sends, and in the answers to
 * those it gets.
 * <p>
 * Clients that Spring Boot builds are guarded by configuration. For others there are
 * {@link io.brama.spring.web.CircuitRequestInterceptor} and
 * {@link io.brama.spring.web.CircuitExchangeFilter};
 * {@link io.brama.spring.web.HttpConnections} says which request belongs to which
 * connection, and {@link io.brama.spring.web.HttpErrors} what an answer says about it.
 */
@NullMarked
package io.brama.spring.web;

import org.jspecify.annotations.NullMarked;
