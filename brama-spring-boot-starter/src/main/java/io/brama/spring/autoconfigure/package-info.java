/**
 * The wiring: what an application gets by having the starter on its class path, each part
 * only where what it needs is there.
 */
@NullMarked
package io.brama.spring.autoconfigure;

import org.jspecify.annotations.NullMarked;
