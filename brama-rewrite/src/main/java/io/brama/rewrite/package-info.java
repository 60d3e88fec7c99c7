/**
 * Recipes for OpenRewrite that migrate applications to Brama.
 * <p>
 * Begin with {@code io.brama.rewrite.MigrateFromResilience4j}, which is declared in
 * {@code META-INF/rewrite/resilience4j.yml} and made of smaller ones: annotations and
 * exceptions, keys in YAML files, keys in properties files. Most of them are
 * OpenRewrite's own, told what to look for;
 * {@link io.brama.rewrite.RenameCircuitBreakerKeys} is what had to be written.
 * <p>
 * They do what is mechanical and leave the decisions to people:
 * {@code docs/migrating-from-resilience4j.md} has the command, and says what to look at
 * afterwards.
 */
@NullMarked
package io.brama.rewrite;

import org.jspecify.annotations.NullMarked;
