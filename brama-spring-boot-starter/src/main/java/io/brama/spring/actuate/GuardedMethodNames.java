package io.brama.spring.actuate;

import java.util.List;

import io.brama.ConnectionId;

/**
 * Knows the methods that call a connection, whatever guards them.
 */
@FunctionalInterface
public interface GuardedMethodNames {

	/**
	 * Return the methods that always call a connection.
	 * @param id the connection
	 * @return the methods as {@code com.acme.PaymentService.pay(Order)}, sorted; empty if
	 * none is known
	 */
	List<String> of(ConnectionId id);

}
