/**
 * The test kit: what the tests of an application need to see how it behaves when circuits
 * open.
 */
@NullMarked
package io.brama.test;

import org.jspecify.annotations.NullMarked;
