package io.brama;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * How a period began.
 *
 * @param nanoTime when, in monotonic time
 * @param at when, in wall time
 * @param cause why
 * @param reason the reason of the failure or command behind it
 * @param actor who gave the command
 */
record Start(long nanoTime, Instant at, TransitionCause cause, @Nullable String reason, @Nullable String actor) {
}
