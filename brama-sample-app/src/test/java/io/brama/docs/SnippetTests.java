package io.brama.docs;

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

	/**
	 * Those of this module, and of those whose pages need libraries that it has not.
	 */
	private static final List<String> SOURCES = Stream
		.of("src", "../brama-spring-cloud/src/test", "../brama-migration-tests/src")
		.flatMap((directory) -> Pages.filesBelow(Path.of(directory), ".java"))
		.map(Pages::read)
		.map(SnippetTests::withoutSpace)
		.toList();

	@ParameterizedTest
	@MethodSource("snippets")
	void everyJavaSnippetStandsInASource(String snippet) {
		assertThat(SOURCES.stream().anyMatch((source) -> source.contains(withoutSpace(snippet))))
			.as("a source file contains%n%s", snippet)
			.isTrue();
	}

	static List<String> snippets() {
		return Pages.all().flatMap((page) -> Pages.snippets(page, "java")).toList();
	}

	private static String withoutSpace(String code) {
		return code.replaceAll("\\s", "");
	}

}
