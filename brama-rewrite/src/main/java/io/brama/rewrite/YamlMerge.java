package io.brama.rewrite;

import org.openrewrite.Cursor;
import org.openrewrite.ExecutionContext;
import org.openrewrite.yaml.MergeYaml;
import org.openrewrite.yaml.tree.Yaml;

/**
 * Adds options to one document in YAML. What stands there already stays.
 */
final class YamlMerge {

	private YamlMerge() {
	}

	static Yaml.Document merge(Yaml.Document document, String options, ExecutionContext context, Cursor file) {
		Yaml.Document.End end = document.getEnd();
		// what is added would stand behind the line break that ends the document
		Yaml.Document merged = (Yaml.Document) new MergeYaml("$", options, true, null, null, null, null, true)
			.getVisitor()
			.visitNonNull(document.withEnd(end.withPrefix("")), context, file);
		return merged.withEnd(end);
	}

}
