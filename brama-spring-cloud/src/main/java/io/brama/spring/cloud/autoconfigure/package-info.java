/**
 * The wiring: which factories and filters of the module an application gets, and when.
 * <p>
 * A factory of the application takes the place of the one defined here; where
 * Resilience4j offers some as well, those defined here win, and the log says so. The
 * properties class holds what stands under {@code spring.cloud.circuitbreaker.brama} in
 * the configuration; the options of the circuits themselves stand under {@code brama}.
 */
@NullMarked
package io.brama.spring.cloud.autoconfigure;

import org.jspecify.annotations.NullMarked;
