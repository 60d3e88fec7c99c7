package io.brama;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What was said about circuits by one kind of name, such as scopes: before any circuit
 * existed, and at run time, which is stronger. Immutable.
 *
 * @param said layers by name
 * @param changed layers by name
 */
record Level(Map<String, Layer> said, Map<String, Layer> changed) {

	Level {
		said = Map.copyOf(said);
		changed = Map.copyOf(changed);
	}

	/** This level with something more said at run time. */
	Level with(String name, Layer change) {
		Map<String, Layer> changed = new LinkedHashMap<>(this.changed);
		changed.merge(name, change, Layer::with);
		return new Level(this.said, changed);
	}

	/** The names by which something was said. */
	Stream<String> names() {
		return Stream.concat(this.said.keySet().stream(), this.changed.keySet().stream()).distinct();
	}

	/** What was said by exactly this name, the strongest first. */
	Stream<Layer> named(String name) {
		return Stream.of(this.changed, this.said).flatMap((layers) -> Stream.ofNullable(layers.get(name)));
	}

	/** What was said by patterns that match a name, the strongest first. */
	List<Layer> matching(String name) {
		return Stream.of(this.changed, this.said)
			.flatMap((layers) -> layers.entrySet()
				.stream()
				.filter((entry) -> isPattern(entry.getKey()) && matches(entry.getKey(), name))
				.sorted(Map.Entry.comparingByKey(Comparator.comparingInt(String::length).reversed()))
				.map(Map.Entry::getValue))
			.collect(Collectors.toList());
	}

	/** What circuits with such a name are called in messages. */
	static String words(String name) {
		return (isPattern(name) ? "pattern '" : "connection '") + Text.oneLine(name) + "'";
	}

	static boolean isPattern(String name) {
		return name.contains("*");
	}

	private static boolean matches(String pattern, String name) {
		String expression = Pattern.quote(pattern).replace("*", "\\E.*\\Q");
		return Pattern.compile(expression, Pattern.DOTALL).matcher(name).matches();
	}

}
