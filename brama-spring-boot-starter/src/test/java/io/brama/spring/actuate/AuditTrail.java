package io.brama.spring.actuate;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.springframework.boot.actuate.audit.AuditEvent;
import org.springframework.boot.actuate.audit.listener.AuditApplicationEvent;
import org.springframework.context.event.EventListener;

/**
 * What an application wrote down about its operators.
 */
final class AuditTrail {

	private final List<AuditEvent> events = new CopyOnWriteArrayList<>();

	@EventListener
	void on(AuditApplicationEvent event) {
		this.events.add(event.getAuditEvent());
	}

	List<AuditEvent> events() {
		return this.events;
	}

	void forget() {
		this.events.clear();
	}

}
