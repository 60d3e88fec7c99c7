package io.brama.migration;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What the application was told of its circuit.
 */
public final class Journal {

	private final List<String> lines = new CopyOnWriteArrayList<>();

	public void note(String line) {
		this.lines.add(line);
	}

	List<String> lines() {
		return List.copyOf(this.lines);
	}

}
