package io.brama.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The pages a user reads: the READMEs and docs/.
 */
final class Pages {

	static final Path ROOT = Path.of("..");

	private Pages() {
	}

	static Stream<Path> all() {
		List<Path> readmes = List.of(ROOT.resolve("README.md"), Path.of("README.md"));
		return Stream.concat(readmes.stream(), filesBelow(ROOT.resolve("docs"), ".md"));
	}

	static Stream<Path> filesBelow(Path directory, String extension) {
		try (Stream<Path> files = Files.walk(directory)) {
			return files.filter((file) -> file.toString().endsWith(extension)).toList().stream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static String read(Path page) {
		try {
			return Files.readString(page);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** The blocks of a language in a page. */
	static Stream<String> snippets(Path page, String language) {
		return Pattern.compile("^```" + language + "\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE)
			.matcher(read(page))
			.results()
			.map((match) -> match.group(1))
			.toList()
			.stream();
	}

}
