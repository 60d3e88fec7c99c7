package io.brama.rewrite;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

import org.openrewrite.Cursor;
import org.openrewrite.yaml.YamlIsoVisitor;
import org.openrewrite.yaml.tree.Yaml;

/**
 * The keys of one document in YAML, each with those above it.
 */
final class YamlKeys {

	private final List<String> keys;

	private YamlKeys(List<String> keys) {
		this.keys = keys;
	}

	static YamlKeys of(Yaml.Document document) {
		List<String> keys = new ArrayList<>();
		new YamlIsoVisitor<List<String>>() {

			@Override
			public Yaml.Mapping.Entry visitMappingEntry(Yaml.Mapping.Entry entry, List<String> found) {
				found.add(path(getCursor()));
				return super.visitMappingEntry(entry, found);
			}

		}.visit(document, keys);
		return new YamlKeys(keys);
	}

	/** The keys from the root to a place. */
	static String path(Cursor cursor) {
		StringBuilder path = new StringBuilder();
		for (Iterator<Object> above = cursor.getPath(); above.hasNext();) {
			if (above.next() instanceof Yaml.Mapping.Entry entry) {
				path.insert(0, path.isEmpty() ? "" : ".").insert(0, entry.getKey().getValue());
			}
		}
		return path.toString();
	}

	/** Whether the document holds for some profiles only, or might. */
	boolean areConditional() {
		return this.keys.stream().anyMatch((key) -> isCondition(key) || key.equals("spring.profiles"));
	}

	static boolean isCondition(String key) {
		return key.startsWith("spring.config.activate");
	}

	List<String> all() {
		return this.keys;
	}

}
