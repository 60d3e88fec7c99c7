package io.brama.migration.before;

import io.brama.migration.Journal;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;

import org.springframework.stereotype.Component;

/**
 * Hears of transitions by way of the registry.
 */
@Component
public class TransitionListener {

	public TransitionListener(CircuitBreakerRegistry registry, Journal journal) {
		registry.circuitBreaker("payment-api")
			.getEventPublisher()
			.onStateTransition((event) -> journal
				.note(event.getStateTransition().getFromState() + " -> " + event.getStateTransition().getToState()));
	}

}
