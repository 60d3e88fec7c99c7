/**
 * The wiring: what an application gets by having the starter on its class path, each part
 * only where what it needs is there.
 * <p>
 * An application may define beans in place of those defined here, and a
 * {@link io.brama.spring.autoconfigure.BramaBuilderCustomizer} to change how the gate is
 * built. The properties classes hold what stands under {@code brama} in its
 * configuration.
 */
@NullMarked
package io.brama.spring.autoconfigure;

import org.jspecify.annotations.NullMarked;
