package io.brama;

/**
 * The openings of a circuit in an unbroken row.
 *
 * @param count how many, 0 if there was none yet
 * @param lastLength how long the circuit was OPEN the last time, in nanoseconds
 */
record Openings(int count, long lastLength) {

	static final Openings NONE = new Openings(0, 0);

	/** One more opening. */
	Openings next() {
		return new Openings((this.count == Integer.MAX_VALUE) ? this.count : this.count + 1, 0);
	}

	/** The same row, now that the opening has ended. */
	Openings ended(long length) {
		return new Openings(this.count, length);
	}

}
