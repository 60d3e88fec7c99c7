package io.brama;

import org.jspecify.annotations.Nullable;

/**
 * What was said of a connection when it was registered on purpose, and where.
 *
 * @param own the options
 * @param place the place in the application
 */
record Registration(Layer own, @Nullable String place) {
}
