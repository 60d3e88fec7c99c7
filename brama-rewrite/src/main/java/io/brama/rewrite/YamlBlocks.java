package io.brama.rewrite;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import org.openrewrite.ExecutionContext;
import org.openrewrite.yaml.YamlIsoVisitor;
import org.openrewrite.yaml.tree.Yaml;

/**
 * Writes mappings in braces on lines of their own, around and within the circuit breakers
 * of a document, so that lines and comments can be added.
 */
final class YamlBlocks extends YamlIsoVisitor<ExecutionContext> {

	/** From the root down to the options of one circuit breaker. */
	private static final Pattern PLACES = Pattern
		.compile("resilience4j(\\.circuitbreaker" + "(\\.(instances|backends|configs)(\\.(\\[.*]|[^.]+))?)?)?");

	private static final Pattern COMMENT = Pattern.compile("#[^\n]*");

	@Override
	public Yaml.Document visitDocument(Yaml.Document document, ExecutionContext context) {
		Yaml.Document unfolded = document;
		if (document.getBlock() instanceof Yaml.Mapping root && isFolded(root)) {
			unfolded = document.withBlock(begunWith(document.isExplicit() ? "\n" : "", unfolded(root, "\n")));
		}
		return super.visitDocument(unfolded, context);
	}

	@Override
	public Yaml.Mapping.Entry visitMappingEntry(Yaml.Mapping.Entry entry, ExecutionContext context) {
		Yaml.Mapping.Entry unfolded = entry;
		if (entry.getValue() instanceof Yaml.Mapping mapping && isFolded(mapping)
				&& PLACES.matcher(YamlKeys.path(getCursor())).matches()) {
			unfolded = entry.withValue(unfolded(mapping, "\n" + "  " + blanks(entry.getPrefix())));
		}
		return super.visitMappingEntry(unfolded, context);
	}

	/** The mapping with another beginning than blanks. Comments stay. */
	static Yaml.Mapping begunWith(String begin, Yaml.Mapping mapping) {
		List<Yaml.Mapping.Entry> entries = new ArrayList<>(mapping.getEntries());
		Yaml.Mapping.Entry first = entries.get(0);
		entries.set(0, first.withPrefix(begin + first.getPrefix().stripLeading()));
		return mapping.withEntries(entries);
	}

	private static boolean isFolded(Yaml.Mapping mapping) {
		return mapping.getOpeningBracePrefix() != null && !mapping.getEntries().isEmpty();
	}

	private static String blanks(String prefix) {
		return prefix.substring(prefix.lastIndexOf('\n') + 1);
	}

	private static Yaml.Mapping unfolded(Yaml.Mapping mapping, String indent) {
		List<Yaml.Mapping.Entry> entries = new ArrayList<>();
		for (Yaml.Mapping.Entry entry : mapping.getEntries()) {
			StringBuilder prefix = new StringBuilder(indent);
			COMMENT.matcher(entry.getPrefix())
				.results()
				.forEach((comment) -> prefix.append(comment.group()).append(indent));
			entries.add(entry.withPrefix(prefix.toString()));
		}
		return mapping.withOpeningBracePrefix(null).withClosingBracePrefix(null).withEntries(entries);
	}

}
