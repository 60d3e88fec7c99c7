package io.brama;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The last few of many things. Not thread-safe.
 */
final class Recent<T> {

	private final int most;

	private final Deque<T> kept = new ArrayDeque<>(2);

	Recent(int most) {
		this.most = most;
	}

	void add(T next) {
		if (this.kept.size() == this.most) {
			this.kept.removeLast();
		}
		this.kept.addFirst(next);
	}

	/** The newest first. */
	List<T> list() {
		return List.copyOf(this.kept);
	}

}
