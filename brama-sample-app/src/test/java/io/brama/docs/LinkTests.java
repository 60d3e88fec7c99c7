package io.brama.docs;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The links of the pages lead somewhere. Whether pages elsewhere are still there is asked
 * only with {@code -Dlinks=online}, because a build must not depend on them.
 */
class LinkTests {

	private static final Pattern LINK = Pattern.compile("]\\((?!https?:)([^)#]+)");

	private static final Pattern LINK_TO_A_HEADING = Pattern.compile("]\\((?!https?:)([^)#]*)#([^)]+)\\)");

	private static final Pattern ADDRESS = Pattern.compile("\\w+://[^\\s)>\\]]*");

	private static final Pattern HEADING = Pattern.compile("^#+ (.+)$", Pattern.MULTILINE);

	private static final Pattern INLINE_CODE = Pattern.compile("`[^`\\n]*`");

	@ParameterizedTest
	@MethodSource("pages")
	void everyLinkLeadsToAFile(Path page) {
		assertThat(LINK.matcher(Pages.prose(page)).results().map((link) -> page.resolveSibling(link.group(1))))
			.allSatisfy((target) -> assertThat(target).exists());
	}

	@ParameterizedTest
	@MethodSource("pages")
	void everyLinkToAHeadingFindsIt(Path page) {
		assertThat(LINK_TO_A_HEADING.matcher(Pages.prose(page)).results()).allSatisfy((link) -> {
			Path target = link.group(1).isEmpty() ? page : page.resolveSibling(link.group(1));
			assertThat(anchors(target)).as("headings of " + target).contains(link.group(2));
		});
	}

	@ParameterizedTest
	@MethodSource("addresses")
	void everyAddressCouldBeThere(Address address) {
		assertThat(address.problem()).isNull();
	}

	@ParameterizedTest
	@MethodSource("addressesElsewhere")
	@EnabledIfSystemProperty(named = "links", matches = "online")
	void everyAddressAnswers(Address address) {
		assertThat(address.answer()).matches(Address.Answer::isThere, "is there");
	}

	/** The names that GitHub gives to headings. */
	private static List<String> anchors(Path page) {
		return HEADING.matcher(Pages.prose(page))
			.results()
			.map((heading) -> heading.group(1).toLowerCase(Locale.ROOT))
			.map((heading) -> heading.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
			.toList();
	}

	static Stream<Path> pages() {
		return Pages.all();
	}

	static Stream<Address> addresses() {
		return Pages.all()
			.map((page) -> INLINE_CODE.matcher(Pages.prose(page)).replaceAll(""))
			.flatMap((text) -> ADDRESS.matcher(text).results())
			.map((address) -> new Address(address.group()))
			.distinct();
	}

	static Stream<Address> addressesElsewhere() {
		return addresses().filter(Address::isElsewhere);
	}

}
