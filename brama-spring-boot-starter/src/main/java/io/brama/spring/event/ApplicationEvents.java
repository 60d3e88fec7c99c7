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
 * Listeners are called where Brama delivers its events. What such a method throws is
 * logged and harms nobody; any other listener that throws keeps those after it from the
 * event, as with all application events.
 */
public final class ApplicationEvents implements AutoCloseable {

	private final Subscription subscription;

	/**
	 * Publish from now on.
	 * @param brama publishes the events
	 * @param types the types to publish; none means that nothing is
	 * @param publisher passes them on
	 */
	public ApplicationEvents(Brama brama, Set<BramaEvent.Type> types, ApplicationEventPublisher publisher) {
		this.subscription = types.isEmpty() ? () -> {
		} : brama.subscribe(EventFilter.types(types.toArray(BramaEvent.Type[]::new)), publisher::publishEvent);
	}

	@Override
	public void close() {
		this.subscription.close();
	}

}
