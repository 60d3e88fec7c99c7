/**
 * The test kit in tests that have an application context.
 * <p>
 * {@link io.brama.test.spring.BramaTest} starts some components of the application with
 * the gate and nothing else; {@link io.brama.test.spring.AutoConfigureBrama} puts manual
 * time, faults and recorded events into any other test, such as one of the whole
 * application. What {@code io.brama.test} offers can then be injected.
 * <p>
 * Tests share contexts, so circuits are set back after each test, in every context that
 * has a gate and without an annotation; {@link io.brama.test.spring.KeepCircuits}
 * prevents it. The other types are found by Spring; tests name none of them. The guide is
 * {@code docs/testing.md}.
 */
@NullMarked
package io.brama.test.spring;

import org.jspecify.annotations.NullMarked;
