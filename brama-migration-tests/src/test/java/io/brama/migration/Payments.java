package io.brama.migration;

/**
 * What the application does, whatever guards it.
 */
public interface Payments {

	String pay(String order);

}
