package io.brama.rewrite;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.brama.rewrite.Breakers.Place;
import io.brama.rewrite.Translation.Line;
import org.jspecify.annotations.Nullable;
import org.openrewrite.Tree;
import org.openrewrite.marker.Markers;
import org.openrewrite.properties.tree.Properties;

/**
 * Moves the options of circuit breakers in one properties file.
 */
final class PropertiesMigration {

	private static final Pattern OPTION = Pattern
		.compile("resilience4j\\.circuitbreaker\\.(instances|backends|configs)(?:\\.([^.\\[]+)|(\\[[^]]+]))\\.(.+)");

	private final Properties.File file;

	private final Breakers breakers;

	/** The last option of each circuit breaker, behind which others are added. */
	private final Map<Place, UUID> last = new LinkedHashMap<>();

	private final List<Properties.Content> content = new ArrayList<>();

	private PropertiesMigration(Properties.File file, Breakers breakers) {
		this.file = file;
		this.breakers = breakers;
		for (Properties.Content line : file.getContent()) {
			Matcher option = option(line);
			if (option != null) {
				this.last.put(place(option), line.getId());
			}
		}
	}

	/** A file in parts holds for some profiles only, or might. */
	static Breakers read(Properties.File file, boolean holds) {
		Breakers breakers = new Breakers(holds && file.getContent()
			.stream()
			.noneMatch((line) -> line instanceof Properties.Entry entry && YamlKeys.isCondition(entry.getKey())));
		for (Properties.Content line : file.getContent()) {
			Matcher option = option(line);
			if (option != null && line instanceof Properties.Entry entry) {
				breakers.put(place(option), option.group(4), entry.getValue().getText());
			}
		}
		return breakers;
	}

	static Properties.File migrated(Properties.File file, List<Breakers> said) {
		return (said.isEmpty() || said.get(0).isEmpty()) ? file
				: file.withContent(new PropertiesMigration(file, said.get(0)).content());
	}

	private static @Nullable Matcher option(Properties.Content line) {
		Matcher option = (line instanceof Properties.Entry entry) ? OPTION.matcher(entry.getKey()) : null;
		return (option != null && option.matches()) ? option : null;
	}

	private static Place place(Matcher option) {
		return Place.of(option.group(1), (option.group(2) != null) ? option.group(2) : option.group(3));
	}

	List<Properties.Content> content() {
		Set<Place> begun = new HashSet<>();
		for (Properties.Content line : this.file.getContent()) {
			Matcher option = option(line);
			if (option == null || !(line instanceof Properties.Entry entry)) {
				this.content.add(line);
				continue;
			}
			if (begun.isEmpty() && this.breakers.wantDefaults() && !this.breakers.contains(Place.DEFAULT)) {
				addOptions(Place.DEFAULT, entry);
			}
			begun.add(place(option));
			translate(option, entry);
		}
		return inLines(this.file.getContent().get(0).getPrefix());
	}

	private void translate(Matcher option, Properties.Entry entry) {
		Place place = place(option);
		Line line = new Translation(this.breakers, place).translate(option.group(4), entry.getValue().getText());
		if (line != null && line.isLeft()) {
			addComment(line.comment());
			addComment(entry.getKey() + "=" + entry.getValue().getText());
		}
		else if (line != null) {
			addComment(line.comment());
			this.content.add(entry.withKey(key(place, line)).withValue(entry.getValue().withText(line.value())));
		}
		if (entry.getId().equals(this.last.get(place))) {
			addOptions(place, entry);
		}
	}

	private void addOptions(Place place, Properties.Entry like) {
		Translation translation = new Translation(this.breakers, place);
		String comment = translation.heading();
		for (Line line : translation.additions()) {
			addComment((comment != null) ? comment : line.comment());
			comment = null;
			this.content.add(like.withId(Tree.randomId())
				.withPrefix("\n")
				.withKey(key(place, line))
				.withValue(like.getValue().withId(Tree.randomId()).withText(line.value())));
		}
	}

	private void addComment(@Nullable String comment) {
		if (comment != null) {
			this.content.add(new Properties.Comment(Tree.randomId(), "\n", Markers.EMPTY,
					Properties.Comment.Delimiter.HASH_TAG, " " + comment));
		}
	}

	private static String key(Place place, Line line) {
		String group = place.isShared() ? "brama.scopes" : "brama.connections";
		String name = place.name().startsWith("[") ? place.name() : "." + place.name();
		return (place.equals(Place.DEFAULT) ? "brama" : group + name) + "." + line.name();
	}

	/**
	 * The first begins as the first did before, all others on a line of their own.
	 */
	private List<Properties.Content> inLines(String begin) {
		for (int i = 0; i < this.content.size(); i++) {
			Properties.Content line = this.content.get(i);
			if (i == 0) {
				this.content.set(i, (Properties.Content) line.withPrefix(begin));
			}
			else if (!line.getPrefix().startsWith("\n")) {
				this.content.set(i, (Properties.Content) line.withPrefix("\n" + line.getPrefix()));
			}
		}
		return this.content;
	}

}
