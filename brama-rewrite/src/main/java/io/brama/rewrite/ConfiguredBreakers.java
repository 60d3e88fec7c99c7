package io.brama.rewrite;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.openrewrite.SourceFile;
import org.openrewrite.properties.tree.Properties;
import org.openrewrite.yaml.tree.Yaml;

/**
 * What the configuration files of applications say of circuit breakers, document by
 * document. One folder holds one application, as far as a recipe can know.
 */
public final class ConfiguredBreakers {

	/** Each is overridden by those that follow. */
	private static final List<String> FILES = List.of("application.yaml", "application.yml", "application.properties");

	private final Map<Path, List<Breakers>> documents = new HashMap<>();

	ConfiguredBreakers() {
	}

	void read(SourceFile file) {
		boolean holds = FILES.contains(file.getSourcePath().getFileName().toString());
		if (file instanceof Yaml.Documents yaml) {
			this.documents.put(file.getSourcePath(),
					yaml.getDocuments().stream().map((document) -> YamlMigration.read(document, holds)).toList());
		}
		else if (file instanceof Properties.File properties) {
			this.documents.put(file.getSourcePath(), List.of(PropertiesMigration.read(properties, holds)));
		}
	}

	/** What the documents of a file say, each among the others of the application. */
	List<Breakers> of(Path file) {
		List<Breakers> all = FILES.stream()
			.flatMap((name) -> this.documents.getOrDefault(file.resolveSibling(name), List.of()).stream())
			.filter((document) -> !document.isEmpty())
			.toList();
		List<Breakers> own = this.documents.getOrDefault(file, List.of());
		own.forEach((document) -> document.standAmong(
				all.stream().filter((other) -> other.isUnconditional() && other != document).toList(),
				!all.isEmpty() && all.get(0) == document));
		return own;
	}

}
