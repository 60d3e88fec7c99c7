package io.brama.spring.autoconfigure;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

import io.brama.Brama;
import io.brama.Circuit;
import io.brama.ConnectionId;
import io.brama.spring.web.HttpConnections;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.web.service.registry.HttpServiceGroup;

/**
 * The HTTP service groups that have a circuit each. Reports configured names that no
 * group has.
 */
final class GuardedGroups implements ApplicationListener<ApplicationReadyEvent> {

	private static final Log logger = LogFactory.getLog(GuardedGroups.class);

	private static final String ALL = "*";

	private final List<String> names;

	private final Brama brama;

	private final Set<String> unknown;

	GuardedGroups(BramaProperties properties, Brama brama) {
		this.names = properties.getHttp().getGroups();
		this.brama = brama;
		this.unknown = new ConcurrentSkipListSet<>(this.names);
		this.unknown.remove(ALL);
	}

	boolean contains(HttpServiceGroup group) {
		return this.names.contains(ALL) || this.names.contains(group.name());
	}

	Circuit circuitOf(HttpServiceGroup group) {
		this.unknown.remove(group.name());
		return this.brama.circuit(this.brama.identify(new ConnectionId(group.name(), HttpConnections.TYPE, null)));
	}

	@Override
	public void onApplicationEvent(ApplicationReadyEvent event) {
		if (!this.unknown.isEmpty()) {
			logger.warn("brama.http.groups names " + this.unknown
					+ ", which no HTTP service group is called so far. Check the names, or ignore this if the groups "
					+ "are created later.");
		}
	}

}
