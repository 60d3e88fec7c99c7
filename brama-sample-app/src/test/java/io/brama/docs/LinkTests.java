package io.brama.docs;

import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The links between the pages lead somewhere.
 */
class LinkTests {

	private static final Pattern LINK = Pattern.compile("]\\((?!https?:)([^)#]+)");

	@ParameterizedTest
	@MethodSource("pages")
	void everyLinkLeadsToAFile(Path page) {
		assertThat(LINK.matcher(Pages.read(page)).results().map((link) -> page.resolveSibling(link.group(1))))
			.allSatisfy((target) -> assertThat(target).exists());
	}

	static Stream<Path> pages() {
		return Pages.all();
	}

}
