/**
 * Recipes for OpenRewrite that migrate applications to Brama.
 * <p>
 * {@code io.brama.rewrite.MigrateFromResilience4j} is declared in
 * {@code META-INF/rewrite/resilience4j.yml}: OpenRewrite's own recipes change annotations
 * and exceptions and move groups of keys, and
 * {@link io.brama.rewrite.MigrateCircuitBreakerOptions} translates the options.
 * {@code io.brama.rewrite.MigrateFromSpringRetry}, in {@code spring-retry.yml} beside it,
 * is {@link io.brama.rewrite.MigrateSpringRetryCircuitBreaker}.
 * <p>
 * They do what is mechanical and leave the decisions to people:
 * {@code docs/migrating-from-resilience4j.md} and
 * {@code docs/migrating-from-spring-retry.md} have the commands, and say what to look at
 * afterwards.
 */
@NullMarked
package io.brama.rewrite;

import org.jspecify.annotations.NullMarked;
