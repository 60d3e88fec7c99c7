/**
 * The test kit: what the tests of an application need to see how it behaves when circuits
 * open, without a system that is down and without waiting.
 * <p>
 * With JUnit begin with {@link io.brama.test.BramaExtension}, which gives each test a
 * gate of its own, and as parameters whatever else it asks for:
 * {@link io.brama.test.Circuits} brings circuits into any state,
 * {@link io.brama.test.Faults} lets guarded calls fail, {@link io.brama.test.ManualTime}
 * passes when it is told to, and {@link io.brama.test.RecordedEvents} has what happened.
 * {@link io.brama.test.BramaAssertions} says what should be so. Tests with an application
 * context get the same from {@code io.brama.test.spring}; without either, all of it can
 * be put together by hand.
 * <p>
 * JUnit, AssertJ and Spring are optional: a class that needs one of them loads only where
 * it is used. Nothing here belongs on the class path of production. The guide is
 * {@code docs/testing.md}.
 */
@NullMarked
package io.brama.test;

import org.jspecify.annotations.NullMarked;
