/**
 * The test kit in tests that have an application context.
 */
@NullMarked
package io.brama.test.spring;

import org.jspecify.annotations.NullMarked;
