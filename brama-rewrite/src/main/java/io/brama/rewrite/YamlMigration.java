package io.brama.rewrite;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.brama.rewrite.Breakers.Place;
import io.brama.rewrite.Translation.Line;
import org.jspecify.annotations.Nullable;
import org.openrewrite.Cursor;
import org.openrewrite.ExecutionContext;
import org.openrewrite.internal.ListUtils;
import org.openrewrite.yaml.YamlIsoVisitor;
import org.openrewrite.yaml.tree.Yaml;

/**
 * Rewrites the options of circuit breakers in the documents of one YAML file.
 */
final class YamlMigration extends YamlIsoVisitor<ExecutionContext> {

	/** Where the options of one circuit breaker stand, or those that some share. */
	private static final Pattern OPTIONS = Pattern
		.compile("resilience4j\\.circuitbreaker\\.(instances|backends|configs)\\.(\\[.*]|[^.]+)");

	private final List<Breakers> documents;

	/** What is left of circuit breakers without options. */
	private final Map<UUID, String> comments = new HashMap<>();

	private Breakers breakers = new Breakers(false);

	YamlMigration(List<Breakers> documents) {
		this.documents = documents;
	}

	static Breakers read(Yaml.Document document, boolean holds) {
		Breakers breakers = new Breakers(holds && !YamlKeys.of(document).areConditional());
		new YamlIsoVisitor<Breakers>() {

			@Override
			public Yaml.Mapping visitMapping(Yaml.Mapping mapping, Breakers found) {
				Place place = place(getCursor());
				if (place != null) {
					mapping.getEntries()
						.forEach((option) -> found.put(place, option.getKey().getValue(), text(option)));
				}
				return super.visitMapping(mapping, found);
			}

		}.visit(document, breakers);
		return breakers;
	}

	private static @Nullable Place place(Cursor mapping) {
		Matcher options = OPTIONS.matcher(YamlKeys.path(mapping));
		return options.matches() ? Place.of(options.group(1), options.group(2)) : null;
	}

	private static String text(Yaml.Mapping.Entry option) {
		return (option.getValue() instanceof Yaml.Scalar scalar) ? scalar.getValue() : "";
	}

	@Override
	public Yaml.Documents visitDocuments(Yaml.Documents file, ExecutionContext context) {
		return file.withDocuments(ListUtils.map(file.getDocuments(), (index, document) -> {
			this.breakers = (index < this.documents.size()) ? this.documents.get(index) : new Breakers(false);
			return this.breakers.isEmpty() ? document : migrated(document, context);
		}));
	}

	private Yaml.Document migrated(Yaml.Document document, ExecutionContext context) {
		Yaml.Document unfolded = (Yaml.Document) new YamlBlocks().visitNonNull(document, context, getCursor());
		Yaml.Document migrated = begunAs(unfolded, (Yaml.Document) visitNonNull(unfolded, context, getCursor()));
		return (this.breakers.wantDefaults() && !this.breakers.contains(Place.DEFAULT))
				? withDefaults(migrated, context) : migrated;
	}

	/** Where the first entry has gone, the next begins as it did. */
	private static Yaml.Document begunAs(Yaml.Document before, Yaml.Document after) {
		if (before.getBlock() instanceof Yaml.Mapping old && after.getBlock() instanceof Yaml.Mapping mapping
				&& !old.getEntries().isEmpty() && !mapping.getEntries().isEmpty()
				&& !old.getEntries().get(0).getId().equals(mapping.getEntries().get(0).getId())) {
			return after.withBlock(YamlBlocks.begunWith(old.getEntries().get(0).getPrefix(), mapping));
		}
		return after;
	}

	private Yaml.Document withDefaults(Yaml.Document document, ExecutionContext context) {
		Translation translation = new Translation(this.breakers, Place.DEFAULT);
		String options = translation.additions()
			.stream()
			.map((line) -> "  " + line.name() + ": " + line.value() + "\n")
			.collect(Collectors.joining("", "brama:\n  # " + translation.heading() + "\n", ""));
		return YamlMerge.merge(document, options, context, getCursor());
	}

	/** What has no options any more goes, so that no key is left without a value. */
	@Override
	@SuppressWarnings("NullAway") // the visitor removes what is null, but does not say so
	public Yaml.Mapping.@Nullable Entry visitMappingEntry(Yaml.Mapping.Entry entry, ExecutionContext context) {
		Yaml.Mapping.Entry visited = super.visitMappingEntry(entry, context);
		if (!YamlKeys.path(getCursor()).startsWith("resilience4j")
				|| !(visited.getValue() instanceof Yaml.Mapping value) || !value.getEntries().isEmpty()) {
			return visited;
		}
		String left = this.comments.getOrDefault(value.getId(), "");
		return left.isEmpty() ? null
				: visited.withPrefix(visited.getPrefix() + left + YamlOptions.indent(visited.getPrefix()))
					.withValue(value.withOpeningBracePrefix(" ").withClosingBracePrefix(""));
	}

	@Override
	public Yaml.Mapping visitMapping(Yaml.Mapping mapping, ExecutionContext context) {
		Place place = place(getCursor());
		if (place == null || mapping.getEntries().isEmpty()) {
			return super.visitMapping(mapping, context);
		}
		YamlOptions options = options(new Translation(this.breakers, place), mapping.getEntries());
		Yaml.Mapping migrated = mapping.withEntries(options.entries());
		this.comments.put(mapping.getId(), options.comments());
		return migrated;
	}

	private YamlOptions options(Translation translation, List<Yaml.Mapping.Entry> before) {
		YamlOptions options = new YamlOptions();
		before.forEach((option) -> {
			Line line = translation.translate(option.getKey().getValue(), text(option));
			if (line != null && line.isLeft()) {
				options.leave(option.getPrefix(), option.withPrefix("").print(getCursor()), line.comment());
			}
			else if (line != null) {
				options.add(option, line);
			}
		});
		String indent = YamlOptions.indent(before.get(0).getPrefix());
		String comment = translation.heading();
		for (Line line : translation.additions()) {
			options.add(line, indent, (comment != null) ? comment : line.comment());
			comment = null;
		}
		return options;
	}

}
