package io.brama.migration;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A page about a migration: tables whose cells name things in code font.
 */
final class Page {

	private static final Pattern NAME = Pattern.compile("`([^`]+)`");

	private final String text;

	Page(String name) {
		try {
			this.text = Files.readString(Path.of("..", "docs", name));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	boolean contains(String text) {
		return this.text.contains(text);
	}

	/**
	 * The keys and values of a snippet of YAML that begins with a comment, as written.
	 */
	Stream<String> options(String comment) {
		int start = this.text.indexOf("  # " + comment + "\n");
		return this.text.substring(start, this.text.indexOf("```", start))
			.lines()
			.skip(1)
			.map((line) -> "brama." + line.strip().replace(": ", "="));
	}

	/** What the cells of a column name, in the tables below a heading. */
	Set<String> names(String heading, int column) {
		return section(heading).lines()
			.filter((line) -> line.startsWith("| "))
			.map((line) -> line.split("\\|"))
			.filter((cells) -> cells.length > column)
			.flatMap((cells) -> names(cells[column]))
			.collect(Collectors.toSet());
	}

	private static Stream<String> names(String cell) {
		return NAME.matcher(cell).results().map((name) -> name.group(1));
	}

	private String section(String heading) {
		int start = this.text.indexOf("\n## " + heading + "\n") + 1;
		int end = this.text.indexOf("\n## ", start);
		return this.text.substring(start, (end < 0) ? this.text.length() : end);
	}

	/** The keys that the starter knows, some of them below connections. */
	static Set<String> keysOfBrama() {
		try {
			List<URL> files = Collections
				.list(Page.class.getClassLoader().getResources("META-INF/spring-configuration-metadata.json"));
			return files.stream()
				.flatMap((file) -> read(file).path("properties").valueStream())
				.map((property) -> property.path("name").asString())
				.filter((name) -> name.startsWith("brama."))
				.collect(Collectors.toSet());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static JsonNode read(URL file) {
		try (InputStream stream = file.openStream()) {
			return new JsonMapper().readTree(stream);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
