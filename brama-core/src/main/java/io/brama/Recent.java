package io.brama;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The last few of many things. Takes no room before the first. Thread-safe.
 */
final class Recent<T> {

	private final int most;

	private @Nullable Deque<T> kept;

	Recent(int most) {
		this.most = most;
	}

	synchronized void add(T next) {
		if (this.kept == null) {
			this.kept = new ArrayDeque<>(2);
		}
		else if (this.kept.size() == this.most) {
			this.kept.removeLast();
		}
		this.kept.addFirst(next);
	}

	/** The newest first. */
	synchronized List<T> list() {
		return (this.kept != null) ? List.copyOf(this.kept) : List.of();
	}

}
