package io.brama.rewrite;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.brama.rewrite.Breakers.Place;
import io.brama.rewrite.Translation.Line;
import org.jspecify.annotations.Nullable;
import org.openrewrite.Cursor;
import org.openrewrite.ExecutionContext;
import org.openrewrite.Recipe;
import org.openrewrite.SourceFile;
import org.openrewrite.Tree;
import org.openrewrite.TreeVisitor;
import org.openrewrite.marker.Markers;
import org.openrewrite.yaml.MergeYaml;
import org.openrewrite.yaml.YamlIsoVisitor;
import org.openrewrite.yaml.tree.Yaml;

/**
 * Gives the options of a Resilience4j circuit breaker in YAML the names that Brama has
 * for them, and writes down what Resilience4j does unless told otherwise. What has no
 * counterpart stays. The groups are left where they are.
 */
public final class MigrateCircuitBreakerYaml extends Recipe {

	/** Where the options of one circuit breaker stand, or those that some share. */
	private static final Pattern OPTIONS = Pattern
		.compile("resilience4j\\.circuitbreaker\\.(instances|backends|configs)\\.(\\[.*]|[^.]+)");

	private static final Pattern FIRST_FILE = Pattern.compile("(.*/)?application\\.ya?ml");

	@Override
	public String getDisplayName() {
		return "Migrate the options of circuit breakers in YAML";
	}

	@Override
	public String getDescription() {
		return "Gives the options of a Resilience4j circuit breaker the names that Brama has for them.";
	}

	@Override
	public TreeVisitor<?, ExecutionContext> getVisitor() {
		return new Migration();
	}

	/** The keys from the root to a place. */
	private static String pathTo(Cursor cursor) {
		StringBuilder path = new StringBuilder();
		for (Iterator<Object> above = cursor.getPath(); above.hasNext();) {
			if (above.next() instanceof Yaml.Mapping.Entry entry) {
				path.insert(0, path.isEmpty() ? "" : ".").insert(0, entry.getKey().getValue());
			}
		}
		return path.toString();
	}

	private static @Nullable Place place(Cursor mapping) {
		Matcher options = OPTIONS.matcher(pathTo(mapping));
		return options.matches() ? Place.of(options.group(1), options.group(2)) : null;
	}

	/** Reads what a document says. */
	private static final class Reading extends YamlIsoVisitor<Breakers> {

		@Override
		public Yaml.Mapping visitMapping(Yaml.Mapping mapping, Breakers breakers) {
			Place place = place(getCursor());
			if (place != null) {
				mapping.getEntries().forEach((option) -> breakers.put(place, option.getKey().getValue(), text(option)));
			}
			return super.visitMapping(mapping, breakers);
		}

	}

	/** Finds out whether a document holds for some profiles only. */
	private static final class Condition extends YamlIsoVisitor<List<String>> {

		@Override
		public Yaml.Mapping.Entry visitMappingEntry(Yaml.Mapping.Entry entry, List<String> conditions) {
			String path = pathTo(getCursor());
			if (path.startsWith("spring.config.activate") || path.equals("spring.profiles")) {
				conditions.add(path);
			}
			return super.visitMappingEntry(entry, conditions);
		}

	}

	/** Rewrites the documents of a file, each for itself. */
	private static final class Migration extends YamlIsoVisitor<ExecutionContext> {

		private Breakers breakers = new Breakers(false);

		@Override
		public Yaml.Document visitDocument(Yaml.Document document, ExecutionContext context) {
			this.breakers = new Breakers(isFirst(document));
			new Reading().visit(document, this.breakers, getCursor().getParentOrThrow());
			if (this.breakers.isEmpty()) {
				return document;
			}
			Yaml.Document migrated = super.visitDocument(document, context);
			return (this.breakers.wantDefaults() && !this.breakers.contains(Place.DEFAULT))
					? withDefaults(migrated, context) : migrated;
		}

		private boolean isFirst(Yaml.Document document) {
			SourceFile file = getCursor().firstEnclosingOrThrow(SourceFile.class);
			List<String> conditions = new ArrayList<>();
			new Condition().visit(document, conditions, getCursor().getParentOrThrow());
			return conditions.isEmpty()
					&& FIRST_FILE.matcher(file.getSourcePath().toString().replace('\\', '/')).matches();
		}

		private Yaml.Document withDefaults(Yaml.Document document, ExecutionContext context) {
			Translation translation = new Translation(this.breakers, Place.DEFAULT);
			String options = translation.additions()
				.stream()
				.map((line) -> "  " + line.name() + ": " + line.value() + "\n")
				.collect(Collectors.joining("", "brama:\n  # " + translation.heading() + "\n", ""));
			return (Yaml.Document) new MergeYaml("$", options, true, null, null, null, null, true).getVisitor()
				.visitNonNull(document, context, getCursor().getParentOrThrow());
		}

		@Override
		public Yaml.Mapping visitMapping(Yaml.Mapping mapping, ExecutionContext context) {
			Place place = place(getCursor());
			if (place == null) {
				return super.visitMapping(mapping, context);
			}
			Translation translation = new Translation(this.breakers, place);
			List<Yaml.Mapping.Entry> entries = new ArrayList<>();
			mapping.getEntries().forEach((option) -> {
				Line line = translation.translate(option.getKey().getValue(), text(option));
				if (line != null) {
					entries.add(changed(option, line));
				}
			});
			String indent = indent(mapping.getEntries().get(0).getPrefix());
			String comment = translation.heading();
			for (Line line : translation.additions()) {
				entries.add(added(line, indent, (comment != null) ? comment : line.comment()));
				comment = null;
			}
			return mapping.withEntries(entries);
		}

	}

	private static String text(Yaml.Mapping.Entry option) {
		return (option.getValue() instanceof Yaml.Scalar scalar) ? scalar.getValue() : "";
	}

	private static Yaml.Mapping.Entry changed(Yaml.Mapping.Entry option, Line line) {
		Yaml.Mapping.Entry changed = option;
		if (option.getKey() instanceof Yaml.Scalar key) {
			changed = changed.withKey(key.withValue(line.name()));
		}
		if (option.getValue() instanceof Yaml.Scalar value) {
			changed = changed.withValue(value.withValue(line.value()));
		}
		return (line.comment() != null)
				? changed.withPrefix(option.getPrefix() + "# " + line.comment() + indent(option.getPrefix())) : changed;
	}

	private static Yaml.Mapping.Entry added(Line line, String indent, @Nullable String comment) {
		return new Yaml.Mapping.Entry(Tree.randomId(), (comment != null) ? indent + "# " + comment + indent : indent,
				Markers.EMPTY, scalar("", line.name()), "", scalar(" ", line.value()));
	}

	private static Yaml.Scalar scalar(String prefix, String text) {
		return new Yaml.Scalar(Tree.randomId(), prefix, Markers.EMPTY, Yaml.Scalar.Style.PLAIN, null, null, text);
	}

	/** The end of a prefix: a line break and the blanks before a key. */
	private static String indent(String prefix) {
		return prefix.substring(Math.max(0, prefix.lastIndexOf('\n')));
	}

}
