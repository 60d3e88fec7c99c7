package io.brama.release;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The change log has the form that its first lines promise, so that the notes of a
 * release can be cut out of it.
 */
class ChangelogTests {

	private static final Set<String> KINDS = Set.of("### Added", "### Changed", "### Deprecated", "### Removed",
			"### Fixed", "### Security");

	private final List<String> lines = lines();

	@Test
	void whatIsNotReleasedYetComesFirst() {
		assertThat(this.lines.stream().filter((line) -> line.startsWith("## "))).startsWith("## [Unreleased]");
	}

	@Test
	void everyReleaseHasAVersionAndADate() {
		assertThat(this.lines.stream().filter((line) -> line.startsWith("## ")).skip(1))
			.allSatisfy((line) -> assertThat(line).matches("## \\[\\d+\\.\\d+\\.\\d+] - \\d{4}-\\d{2}-\\d{2}"));
	}

	@Test
	void everyChangeIsOfAKnownKind() {
		assertThat(this.lines.stream().filter((line) -> line.startsWith("### "))).isNotEmpty().isSubsetOf(KINDS);
	}

	private static List<String> lines() {
		try {
			return Files.readAllLines(Path.of("..", "CHANGELOG.md"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
