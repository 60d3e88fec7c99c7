package io.brama.docs;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
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

	private static final Pattern LINK_TO_A_HEADING = Pattern.compile("]\\((?!https?:)([^)#]*)#([^)]+)\\)");

	private static final Pattern HEADING = Pattern.compile("^#+ (.+)$", Pattern.MULTILINE);

	@ParameterizedTest
	@MethodSource("pages")
	void everyLinkLeadsToAFile(Path page) {
		assertThat(LINK.matcher(Pages.read(page)).results().map((link) -> page.resolveSibling(link.group(1))))
			.allSatisfy((target) -> assertThat(target).exists());
	}

	@ParameterizedTest
	@MethodSource("pages")
	void everyLinkToAHeadingFindsIt(Path page) {
		assertThat(LINK_TO_A_HEADING.matcher(Pages.read(page)).results()).allSatisfy((link) -> {
			Path target = link.group(1).isEmpty() ? page : page.resolveSibling(link.group(1));
			assertThat(anchors(target)).as("headings of " + target).contains(link.group(2));
		});
	}

	/** The names that GitHub gives to headings. */
	private static List<String> anchors(Path page) {
		return HEADING.matcher(Pages.read(page))
			.results()
			.map((heading) -> heading.group(1).toLowerCase(Locale.ROOT))
			.map((heading) -> heading.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
			.toList();
	}

	static Stream<Path> pages() {
		return Pages.all();
	}

}
