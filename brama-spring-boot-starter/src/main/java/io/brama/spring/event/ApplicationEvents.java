package io.brama.spring.event;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import io.brama.Brama;
import io.brama.BramaEvent;
import io.brama.EventFilter;
import io.brama.Subscription;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.DestructionAwareBeanPostProcessor;
import org.springframework.context.ApplicationEventPublisher;

/**
 * Publishes Brama's events as application events, the records themselves as payload, so
 * that {@code @EventListener void on(BramaEvent.StateChanged change)} receives them.
 * <p>
 * It listens as soon as there is a {@link Brama}. What happens while other beans are
 * being created waits until all listeners exist and is then published in order, by the
 * thread that starts the application; from then on listeners are called where Brama
 * delivers its events. What such a method throws is logged and harms nobody; any other
 * listener that throws keeps those after it from the event, as with all application
 * events.
 * <p>
 * Maintainers: events arrive one at a time. While {@code waiting} is a list they are
 * added to it, under its monitor, and only the starting thread publishes; it gives up the
 * list when it has found it empty, so nothing overtakes anything.
 */
public final class ApplicationEvents implements DestructionAwareBeanPostProcessor, SmartInitializingSingleton {

	/** So many events wait at most, not counting the rare ones of circuits. */
	static final int CAPACITY = 10_000;

	private static final Log logger = LogFactory.getLog(ApplicationEvents.class);

	private static final Set<BramaEvent.Type> PER_CALL = EnumSet.of(BramaEvent.Type.SUCCESS, BramaEvent.Type.FAILURE,
			BramaEvent.Type.IGNORED, BramaEvent.Type.REJECTED, BramaEvent.Type.ERROR_HANDLER_FAILED);

	private final Map<Object, Subscription> subscriptions = new ConcurrentHashMap<>();

	private final Object monitor = new Object();

	private final Supplier<Set<BramaEvent.Type>> types;

	private final ApplicationEventPublisher publisher;

	private @Nullable List<BramaEvent> waiting = new ArrayList<>();

	private long dropped;

	/**
	 * Publish the events of one application context.
	 * @param types the types to publish, asked for once there is a Brama; none means that
	 * nothing is
	 * @param publisher passes them on
	 */
	public ApplicationEvents(Supplier<Set<BramaEvent.Type>> types, ApplicationEventPublisher publisher) {
		this.types = types;
		this.publisher = publisher;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String name) {
		if (bean instanceof Brama brama) {
			Set<BramaEvent.Type> types = this.types.get();
			if (!types.isEmpty()) {
				this.subscriptions.put(brama,
						brama.subscribe(EventFilter.types(types.toArray(BramaEvent.Type[]::new)), this::accept));
			}
		}
		return bean;
	}

	private void accept(BramaEvent event) {
		synchronized (this.monitor) {
			if (this.waiting != null) {
				if (this.waiting.size() < CAPACITY || !PER_CALL.contains(event.type())) {
					this.waiting.add(event);
				}
				else {
					this.dropped++;
				}
				return;
			}
		}
		this.publisher.publishEvent(event);
	}

	@Override
	public void afterSingletonsInstantiated() {
		for (List<BramaEvent> events = next(); !events.isEmpty(); events = next()) {
			events.forEach(this::publishContained);
		}
		if (this.dropped > 0) {
			logger.warn(this.dropped + " events of calls made during startup were not published, because more than "
					+ CAPACITY + " were waiting");
		}
	}

	/** Take what waits; if nothing does, nothing needs to wait any more. */
	private List<BramaEvent> next() {
		synchronized (this.monitor) {
			List<BramaEvent> events = (this.waiting != null) ? this.waiting : List.of();
			this.waiting = events.isEmpty() ? null : new ArrayList<>();
			return events;
		}
	}

	/** A listener's problem must not keep the application from starting. */
	private void publishContained(BramaEvent event) {
		try {
			this.publisher.publishEvent(event);
		}
		catch (RuntimeException | Error ex) {
			logger.warn("A listener failed on " + event.type() + " of " + event.connection(), ex);
		}
	}

	@Override
	public boolean requiresDestruction(Object bean) {
		return bean instanceof Brama;
	}

	@Override
	public void postProcessBeforeDestruction(Object bean, String name) {
		Subscription subscription = this.subscriptions.remove(bean);
		if (subscription != null) {
			subscription.close();
		}
	}

}
