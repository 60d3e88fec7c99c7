package io.brama;

import io.brama.TimeSource.Timer;

/**
 * What the circuits of one {@link Brama} share.
 *
 * @param time the clocks
 * @param timer runs what is due without traffic
 * @param events brings events to listeners
 * @param timesCalls whether every call is timed, and not only where something asks for it
 */
record Services(TimeSource time, Timer timer, Dispatcher events, boolean timesCalls) {
}
