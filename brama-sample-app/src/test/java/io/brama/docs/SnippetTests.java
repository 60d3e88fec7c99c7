package io.brama.docs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The Java in README and docs/ is a part of a source file that is compiled and run; white
 * space does not count.
 */
class SnippetTests {

	private static final List<Path> SOURCES = List.of(Path.of("src"), Pages.ROOT.resolve("brama-migration-tests/src"));

	@ParameterizedTest
	@MethodSource("snippets")
	void everyJavaSnippetStandsInASource(String snippet) throws IOException {
		try (Stream<String> sources = SOURCES.stream()
			.flatMap((directory) -> Pages.filesBelow(directory, ".java"))
			.map(Pages::read)) {
			assertThat(sources.anyMatch((source) -> withoutSpace(source).contains(withoutSpace(snippet))))
				.as("a source file contains%n%s", snippet)
				.isTrue();
		}
	}

	static List<String> snippets() {
		return Pages.all().flatMap((page) -> Pages.snippets(page, "java")).toList();
	}

	private static String withoutSpace(String code) {
		return code.replaceAll("\\s", "");
	}

}
