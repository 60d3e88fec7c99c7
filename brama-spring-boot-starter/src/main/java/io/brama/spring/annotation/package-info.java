/**
 * The gate in front of annotated methods: the annotation, where it is found, and the
 * interceptor that lets calls through.
 */
@NullMarked
package io.brama.spring.annotation;

import org.jspecify.annotations.NullMarked;
