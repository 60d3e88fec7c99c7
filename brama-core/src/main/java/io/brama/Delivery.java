package io.brama;

/**
 * On which thread events are delivered.
 */
public enum Delivery {

	/** On one daemon thread, which starts with the first event and ends when idle. */
	ASYNC,

	/**
	 * On the thread that caused the event, before it goes on; or, while another thread is
	 * delivering, on that one.
	 */
	DIRECT

}
