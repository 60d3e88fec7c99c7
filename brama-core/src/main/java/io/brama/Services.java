package io.brama;

import io.brama.TimeSource.Timer;
import org.jspecify.annotations.Nullable;

/**
 * What the circuits of one {@link Brama} share.
 *
 * @param time the clocks
 * @param timer runs what is due without traffic
 * @param events brings events to listeners
 * @param herald makes the events of circuits
 * @param timesCalls whether every call is timed, and not only where something asks for it
 * @param interference comes between calls and what they call, if anything does
 */
record Services(TimeSource time, Timer timer, Dispatcher events, Herald herald, boolean timesCalls,
		@Nullable Interference interference) {
}
