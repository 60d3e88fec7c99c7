/**
 * What the gateways of Spring Cloud need to answer for circuits that let no call in: with
 * 503, and with 504 for a call that took too long.
 * <p>
 * Routes in configuration files name the filter {@code CircuitBreaker} and nothing from
 * here. Routes written in Java for the gateway on Spring MVC use
 * {@link io.brama.spring.cloud.gateway.BramaFilterFunctions}. The other types are put in
 * place by the auto-configuration, each beside the gateway it is for. The guide is
 * {@code docs/spring-cloud.md}.
 */
@NullMarked
package io.brama.spring.cloud.gateway;

import org.jspecify.annotations.NullMarked;
