package io.brama;

/**
 * The openings of a circuit in an unbroken row.
 *
 * @param count how many, 0 if there was none yet
 * @param lastLength how long the last one lasted, in nanoseconds; 0 while it lasts
 */
record Openings(int count, long lastLength) {

	static final Openings NONE = new Openings(0, 0);

	/** One more opening. */
	Openings next() {
		return new Openings((this.count == Integer.MAX_VALUE) ? this.count : this.count + 1, 0);
	}

	/** The same row, now that the last opening has ended. */
	Openings ended(long length) {
		return new Openings(this.count, length);
	}

}
