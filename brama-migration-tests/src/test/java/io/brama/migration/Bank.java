package io.brama.migration;

/**
 * The system that payments depend on, well or not as the test wants it.
 */
public final class Bank {

	private boolean up = true;

	private int calls;

	public String pay(String order) {
		this.calls++;
		if (order.isEmpty()) {
			throw new IllegalArgumentException("an order has a name");
		}
		if (!this.up) {
			throw new IllegalStateException("the bank does not answer");
		}
		return "paid " + order;
	}

	void isUp(boolean up) {
		this.up = up;
	}

	int calls() {
		return this.calls;
	}

}
