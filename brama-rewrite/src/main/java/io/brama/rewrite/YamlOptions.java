package io.brama.rewrite;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import io.brama.rewrite.Translation.Line;
import org.jspecify.annotations.Nullable;
import org.openrewrite.Tree;
import org.openrewrite.marker.Markers;
import org.openrewrite.yaml.tree.Yaml;

/**
 * The options of one circuit breaker in YAML as they come to stand, with the comments
 * between them.
 */
final class YamlOptions {

	private final List<Yaml.Mapping.Entry> entries = new ArrayList<>();

	/** Comments that wait for an entry to stand above. */
	private String above = "";

	void add(Yaml.Mapping.Entry option, Line line) {
		Yaml.Mapping.Entry changed = option;
		if (option.getKey() instanceof Yaml.Scalar key) {
			changed = changed.withKey(key.withValue(line.name()));
		}
		if (option.getValue() instanceof Yaml.Scalar value) {
			changed = changed.withValue(value.withValue(line.value()));
		}
		add(changed, option.getPrefix(), line.comment());
	}

	void add(Line line, String indent, @Nullable String comment) {
		add(new Yaml.Mapping.Entry(Tree.randomId(), indent, Markers.EMPTY, scalar("", line.name()), "",
				scalar(" ", line.value())), indent, comment);
	}

	private void add(Yaml.Mapping.Entry entry, String prefix, @Nullable String comment) {
		String commented = (comment != null) ? prefix + "# " + comment + indent(prefix) : prefix;
		this.entries.add(entry.withPrefix(this.above + commented));
		this.above = "";
	}

	/**
	 * Leave an option as a comment.
	 * @param prefix what stands before the option
	 * @param text the option as it was
	 * @param comment what a person should know who reads it
	 */
	void leave(String prefix, String text, @Nullable String comment) {
		String indent = indent(prefix);
		String left = text.lines()
			.map((line) -> line.startsWith(indent.substring(1)) ? line.substring(indent.length() - 1) : line)
			.map((line) -> indent + "# " + line)
			.collect(Collectors.joining());
		this.above += prefix + "# " + comment + left;
	}

	private static Yaml.Scalar scalar(String prefix, String text) {
		return new Yaml.Scalar(Tree.randomId(), prefix, Markers.EMPTY, Yaml.Scalar.Style.PLAIN, null, null, text);
	}

	/** The end of a prefix: a line break and the blanks before a key. */
	static String indent(String prefix) {
		int end = prefix.lastIndexOf('\n');
		return (end < 0) ? "\n" + prefix : prefix.substring(end);
	}

	/** The entries; comments that nothing follows stand above the last. */
	List<Yaml.Mapping.Entry> entries() {
		if (!this.above.isEmpty() && !this.entries.isEmpty()) {
			int last = this.entries.size() - 1;
			String prefix = this.entries.get(last).getPrefix();
			this.entries.set(last, this.entries.get(last).withPrefix(prefix + this.above.strip() + indent(prefix)));
			this.above = "";
		}
		return this.entries;
	}

	/** Comments that are left, if there are no entries. */
	String comments() {
		return this.above.strip();
	}

}
