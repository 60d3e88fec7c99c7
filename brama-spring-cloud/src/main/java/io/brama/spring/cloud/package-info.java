/**
 * Spring Cloud's circuit breakers, made of Brama's circuits: code that calls them,
 * OpenFeign and HTTP service groups need no change.
 * <p>
 * An application gets a factory by having the module on its class path, and a reactive
 * one where Reactor is there. To configure them in Java it defines a {@code Customizer}
 * of {@link io.brama.spring.cloud.BramaCircuitBreakerFactory} or of
 * {@link io.brama.spring.cloud.ReactiveBramaCircuitBreakerFactory} and says with a
 * {@link io.brama.spring.cloud.BramaConfigBuilder} what holds for an id; the
 * configuration files work without. The circuit of an id is the same in both factories
 * and everywhere else in the application.
 * <p>
 * The gateways are in {@code io.brama.spring.cloud.gateway}. The guide is
 * {@code docs/spring-cloud.md}.
 */
@NullMarked
package io.brama.spring.cloud;

import org.jspecify.annotations.NullMarked;
