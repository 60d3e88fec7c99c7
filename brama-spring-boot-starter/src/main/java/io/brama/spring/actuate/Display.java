package io.brama.spring.actuate;

import io.brama.Circuit;
import io.brama.ConnectionStatus;
import io.brama.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * What the endpoint shows beside the circuits themselves, and how much of them.
 *
 * @param application the name of the application, if it has one
 * @param time tells the time to show
 * @param writable whether commands are let through to the endpoint
 * @param showMessages whether what exceptions say is shown
 * @param guardedMethods knows the methods that call a connection
 */
public record Display(@Nullable String application, TimeSource time, boolean writable, boolean showMessages,
		GuardedMethodNames guardedMethods) {

	/** A circuit in a list of all. */
	ConnectionView summary(Circuit circuit) {
		return ConnectionView.of(circuit.status(), messages(), null);
	}

	/** All about a circuit. */
	ConnectionView detail(Circuit circuit) {
		ConnectionStatus status = circuit.status();
		return ConnectionView.of(status, messages(),
				ConnectionDetail.of(status, messages(), this.guardedMethods.of(status.id())));
	}

	private Messages messages() {
		return this.showMessages ? Messages.SHOWN : Messages.HIDDEN;
	}

}
