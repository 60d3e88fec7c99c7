package io.brama;

/**
 * A listener's place among the listeners.
 */
public interface Subscription extends AutoCloseable {

	/**
	 * End the subscription. No event is delivered to the listener after those whose
	 * delivery has begun. May be called from the listener itself, and more than once.
	 */
	@Override
	void close();

}
