/**
 * What the circuits say about the health of the application.
 * <p>
 * An open circuit alone leaves an application healthy, for it guards itself; it is down
 * only while a connection that it called critical is out of reach.
 */
@NullMarked
package io.brama.spring.health;

import org.jspecify.annotations.NullMarked;
