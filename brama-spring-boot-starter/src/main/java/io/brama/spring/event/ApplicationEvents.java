package io.brama.spring.event;

import java.util.Set;

import io.brama.Brama;
import io.brama.BramaEvent;
import io.brama.EventFilter;
import io.brama.Subscription;

import org.springframework.context.ApplicationEventPublisher;

/**
 * Publishes Brama's events as application events, the records themselves as payload, so
 * that {@code @EventListener void on(BramaEvent.StateChanged change)} receives them.
 * Listeners are called where Brama delivers its events; what they throw is logged and
 * harms nobody.
 */
public final class ApplicationEvents implements AutoCloseable {

	private final Subscription subscription;

	/**
	 * Publish from now on.
	 * @param brama publishes the events
	 * @param types the types to publish, at least one
	 * @param publisher passes them on
	 */
	public ApplicationEvents(Brama brama, Set<BramaEvent.Type> types, ApplicationEventPublisher publisher) {
		EventFilter filter = EventFilter.types(types.toArray(BramaEvent.Type[]::new));
		this.subscription = brama.subscribe(filter, publisher::publishEvent);
	}

	@Override
	public void close() {
		this.subscription.close();
	}

}
