package io.brama;

import java.util.concurrent.atomic.LongAdder;

import org.jspecify.annotations.Nullable;

/**
 * A sum of numbers that any thread adds to, without a lock but for the first. Before that
 * there is no adder, so that a circuit needs no memory for what never happens to it.
 */
final class Sum {

	private volatile @Nullable LongAdder adder;

	void add(long number) {
		LongAdder present = this.adder;
		((present != null) ? present : begun()).add(number);
	}

	private synchronized LongAdder begun() {
		LongAdder present = this.adder;
		if (present == null) {
			present = new LongAdder();
			this.adder = present;
		}
		return present;
	}

	long total() {
		LongAdder present = this.adder;
		return (present != null) ? present.sum() : 0;
	}

}
