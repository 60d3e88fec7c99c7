package io.brama.sample.shop;

import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

import io.brama.BramaEvent.StateChanged;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * The shop's message to the person on call whenever a circuit moves; here it is a line in
 * the log.
 */
@Component
class OnCallNotifier {

	private static final Logger logger = LoggerFactory.getLogger(OnCallNotifier.class);

	@EventListener
	void on(StateChanged change) {
		logger.info("The shop notifies the person on call: {}", message(change));
	}

	private static String message(StateChanged change) {
		String partner = change.connection().identifier();
		return switch (change.next()) {
			case OPEN -> "no calls to " + partner + " until " + end(change) + ", because: " + change.reason();
			case HALF_OPEN -> "the next call to " + partner + " is a trial";
			case CLOSED, UNKNOWN -> partner + " is well again";
		};
	}

	private static String end(StateChanged change) {
		return (change.until() != null)
				? LocalTime.ofInstant(change.until(), ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS).toString()
				: "somebody closes the circuit";
	}

}
