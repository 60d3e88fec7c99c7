/**
 * The gate in HTTP: in front of the requests an application sends, and in the answers to
 * those it gets.
 */
@NullMarked
package io.brama.spring.web;

import org.jspecify.annotations.NullMarked;
