package io.brama.rewrite;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.openrewrite.Cursor;
import org.openrewrite.ExecutionContext;
import org.openrewrite.properties.PropertiesParser;
import org.openrewrite.properties.tree.Properties;
import org.openrewrite.yaml.YamlParser;
import org.openrewrite.yaml.tree.Yaml;

/**
 * The numbers of circuit breakers of Spring Retry, as configuration. They go into the
 * first document of a file, which all others override; what it says already stays.
 */
final class RetriedNumbers {

	/** What parts a properties file into documents. */
	private static final String SEPARATOR = "#---\n";

	private final List<Setting> settings;

	RetriedNumbers(Collection<Guarded> circuits) {
		this.settings = circuits.stream()
			.flatMap((circuit) -> Stream.of(new Setting(circuit, "max-attempts", String.valueOf(circuit.maxAttempts())),
					new Setting(circuit, "expiry", circuit.expiry())))
			.toList();
	}

	Yaml.Documents newFile(Path path) {
		return parsed(yaml(this.settings)).withSourcePath(path);
	}

	Yaml.Documents addTo(Yaml.Documents file, ExecutionContext context) {
		Yaml.Document first = file.getDocuments().get(0);
		YamlKeys keys = YamlKeys.of(first);
		if (keys.all().isEmpty() || keys.areConditional()) {
			return file.withDocuments(parsed(before(file)).getDocuments());
		}
		List<Setting> missing = missing(keys.all().stream());
		if (missing.isEmpty()) {
			return file;
		}
		Cursor cursor = new Cursor(new Cursor(null, Cursor.ROOT_VALUE), file);
		List<Yaml.Document> documents = new ArrayList<>(file.getDocuments());
		documents.set(0, YamlMerge.merge(first, yaml(missing), context, cursor));
		return file.withDocuments(documents);
	}

	/** A document of its own, before one that holds for some profiles only. */
	private String before(Yaml.Documents file) {
		Yaml.Document first = file.getDocuments().get(0);
		boolean isParted = first.isExplicit() || YamlKeys.of(first).all().isEmpty();
		return yaml(this.settings) + (isParted ? "" : "---\n") + file.printAll();
	}

	private static Yaml.Documents parsed(String yaml) {
		return (Yaml.Documents) new YamlParser().parse(yaml).findFirst().orElseThrow();
	}

	Properties.File addTo(Properties.File file) {
		List<Properties.Content> all = file.getContent();
		List<Properties.Content> first = all.stream().takeWhile((line) -> !isSeparator(line)).toList();
		if (first.isEmpty() || keys(first).anyMatch(YamlKeys::isCondition)) {
			String separator = first.isEmpty() ? "" : SEPARATOR;
			return file.withContent(lines(this.settings, separator + file.printAll()));
		}
		List<Setting> missing = missing(keys(first));
		return missing.isEmpty() ? file
				: file.withContent(
						Stream
							.of(first.stream(), lines(missing, "").stream().map(RetriedNumbers::onItsOwn),
									all.stream().skip(first.size()))
							.flatMap(Function.identity())
							.toList());
	}

	private static Properties.Content onItsOwn(Properties.Content line) {
		return (Properties.Content) line.withPrefix("\n");
	}

	private static boolean isSeparator(Properties.Content line) {
		return line instanceof Properties.Comment comment && comment.getMessage().stripTrailing().equals("---");
	}

	private static Stream<String> keys(List<Properties.Content> lines) {
		return lines.stream()
			.filter(Properties.Entry.class::isInstance)
			.map((line) -> ((Properties.Entry) line).getKey());
	}

	private static List<Properties.Content> lines(List<Setting> settings, String next) {
		String text = settings.stream()
			.map((setting) -> setting.key() + "=" + setting.value() + "\n")
			.collect(Collectors.joining("", "", next));
		return ((Properties.File) new PropertiesParser().parse(text).findFirst().orElseThrow()).getContent();
	}

	private List<Setting> missing(Stream<String> keys) {
		Set<String> known = keys.map(RetriedNumbers::plain).collect(Collectors.toSet());
		return this.settings.stream().filter((setting) -> !known.contains(plain(setting.key()))).toList();
	}

	/** A key as configuration compares it: without case, dashes and brackets. */
	private static String plain(String key) {
		return key.toLowerCase(Locale.ROOT).replace("[", ".").replaceAll("[^a-z0-9./]", "").replace("..", ".");
	}

	private static String yaml(List<Setting> settings) {
		Map<String, String> circuits = new LinkedHashMap<>();
		settings.forEach((setting) -> circuits.merge(setting.circuit().key("%s", "\"[%s]\""),
				"      " + setting.option() + ": " + setting.value() + "\n", String::concat));
		return circuits.entrySet()
			.stream()
			.map((circuit) -> "    " + circuit.getKey() + ":\n" + circuit.getValue())
			.collect(Collectors.joining("", "brama:\n  connections:\n", ""));
	}

	private record Setting(Guarded circuit, String option, String value) {

		String key() {
			return "brama.connections" + this.circuit.key(".%s", "[%s]") + "." + this.option;
		}

	}

}
