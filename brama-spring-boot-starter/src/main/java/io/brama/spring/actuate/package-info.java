/**
 * The actuator endpoint and the dashboard: what an operator sees of the circuits, and
 * what he may do to them.
 * <p>
 * Neither is exposed unless the application asks for it. The records are the JSON that
 * the endpoint {@code brama} answers with; an application names nothing from here.
 */
@NullMarked
package io.brama.spring.actuate;

import org.jspecify.annotations.NullMarked;
