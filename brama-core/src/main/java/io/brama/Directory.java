package io.brama;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The live circuits, to be found by identifier and by connection.
 * <p>
 * Maintainers: a circuit stands in the map itself, so that to find it by name costs
 * little more than the map does: 9.4 ns of 8.6 among ten, 116 of 91 among 100 000. Where
 * several circuits have one identifier (in other scopes, of other types), the first leads
 * to an array of them, which is never changed but replaced, and which stays until the
 * last of them goes. Whatever changes an entry does so inside {@code compute} of it, so
 * that all about one identifier happens in one order.
 */
final class Directory {

	private static final Circuit[] NONE = {};

	/** The circuit with an identifier, or the first of several. */
	private final Map<String, Circuit> circuits = new ConcurrentHashMap<>();

	/** All circuits with an identifier, where there are or were several. */
	private final Map<String, Circuit[]> namesakes = new ConcurrentHashMap<>();

	/** Whether there are or were several with one identifier; saves 1 ns of 10. */
	private volatile boolean ambiguous;

	private final IntConsumer onGrowth;

	/**
	 * Begin with nothing.
	 * @param onGrowth told by how much the number of circuits grows or shrinks
	 */
	Directory(IntConsumer onGrowth) {
		this.onGrowth = onGrowth;
	}

	@Nullable Circuit find(ConnectionId id) {
		Circuit first = this.circuits.get(id.identifier());
		return (first == null || first.id().equals(id)) ? first : among(all(id.identifier(), first), id);
	}

	/** The circuit with an identifier, if there is just one. */
	@Nullable Circuit only(String identifier) {
		Circuit first = this.circuits.get(identifier);
		return (first == null || !this.ambiguous) ? first : only(identifier, first);
	}

	private @Nullable Circuit only(String identifier, Circuit first) {
		Circuit[] several = this.namesakes.get(identifier);
		return (several == null || several.length == 1) ? first : null;
	}

	/** All circuits with an identifier. */
	Circuit[] all(String identifier) {
		return all(identifier, this.circuits.get(identifier));
	}

	private Circuit[] all(String identifier, @Nullable Circuit first) {
		Circuit[] several = this.namesakes.get(identifier);
		if (several == null) {
			return (first != null) ? new Circuit[] { first } : NONE;
		}
		return several;
	}

	Stream<Circuit> all() {
		return !this.ambiguous ? this.circuits.values().stream()
				: this.circuits.entrySet()
					.stream()
					.flatMap((entry) -> Arrays.stream(all(entry.getKey(), entry.getValue())));
	}

	boolean isEmpty() {
		return this.circuits.isEmpty();
	}

	/**
	 * Put one circuit in the place of another, or of none, or none in the place of one.
	 * @return the circuit that stands there now
	 */
	@Nullable Circuit replace(ConnectionId id, Change change) {
		@Nullable Circuit[] result = new Circuit[1];
		this.circuits.compute(id.identifier(), (identifier, first) -> {
			Circuit[] before = all(identifier, first);
			Circuit present = among(before, id);
			Circuit next = change.from(present);
			result[0] = next;
			Stream<Circuit> others = Arrays.stream(before).filter((circuit) -> circuit != present);
			Circuit[] after = Stream.concat(others, Stream.ofNullable(next)).toArray(Circuit[]::new);
			this.onGrowth.accept(after.length - before.length);
			return enter(identifier, after);
		});
		return result[0];
	}

	/** Inside {@code compute}: whoever has the first finds the others. */
	private @Nullable Circuit enter(String identifier, Circuit[] after) {
		if (after.length == 0) {
			this.namesakes.remove(identifier);
			return null;
		}
		if (after.length > 1 || this.namesakes.containsKey(identifier)) {
			this.ambiguous = true;
			this.namesakes.put(identifier, after);
		}
		return after[0];
	}

	/**
	 * Wait for a change of an entry that is under way. Its event is queued while it is,
	 * and nobody who is told shall look before it is there.
	 */
	void awaitChange(ConnectionId id) {
		this.circuits.computeIfPresent(id.identifier(), (identifier, first) -> first);
	}

	private static @Nullable Circuit among(Circuit[] namesakes, ConnectionId id) {
		for (Circuit circuit : namesakes) {
			if (circuit.id().equals(id)) {
				return circuit;
			}
		}
		return null;
	}

	/** What to do with the entry of one connection. */
	interface Change {

		@Nullable Circuit from(@Nullable Circuit present);

	}

}
