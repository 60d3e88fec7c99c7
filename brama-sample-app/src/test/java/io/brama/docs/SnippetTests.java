package io.brama.docs;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The Java in the pages is a part of a source file that is compiled and run; white space
 * does not count. Commands stand only on pages of which a test types them.
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

	/** By the tests of README, tour, getting started, health and operations. */
	private static final List<Path> TYPED = Stream
		.of("README.md", "brama-sample-app/README.md", "docs/getting-started.md", "docs/health.md",
				"docs/operations.md")
		.map(Pages.ROOT::resolve)
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

	/** Whoever adds a page with commands adds a test that types them. */
	@Test
	void onlyPagesWhoseCommandsAreTypedHaveCommands() {
		Stream<Pages.Block> commands = Pages.all()
			.filter((page) -> !TYPED.contains(page))
			.flatMap(Pages::blocks)
			.filter((block) -> block.text().startsWith("curl "));
		assertThat(commands).isEmpty();
		assertThat(TYPED.stream().flatMap(Pages::blocks).filter((block) -> block.text().startsWith("curl ")))
			.extracting(Pages.Block::language)
			.containsOnly("sh");
	}

	private static String withoutSpace(String code) {
		return code.replaceAll("\\s", "");
	}

}
