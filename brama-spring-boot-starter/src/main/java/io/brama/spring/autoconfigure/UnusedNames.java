package io.brama.spring.autoconfigure;

import java.util.Set;

import io.brama.Brama;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;

/**
 * Reports connections that are configured but have no circuit when the application is
 * ready: mistyped names, mostly.
 */
final class UnusedNames implements ApplicationListener<ApplicationReadyEvent> {

	private static final Log logger = LogFactory.getLog(UnusedNames.class);

	private final Brama brama;

	UnusedNames(Brama brama) {
		this.brama = brama;
	}

	@Override
	public void onApplicationEvent(ApplicationReadyEvent event) {
		Set<String> names = this.brama.unusedNames();
		if (!names.isEmpty()) {
			logger.warn("brama.connections configures " + names
					+ ", which no circuit uses so far. Check the names, or ignore this if they are used later.");
		}
	}

}
