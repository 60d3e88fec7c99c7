package io.brama.docs;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * docs/reliability.md has all traps, and the tests it names are there and are about them.
 */
class ReliabilityTests {

	private static final int TRAPS = 69;

	private static final Pattern ROW = Pattern.compile("^\\| T(\\d+) \\|.*\\|.*\\| (.+) \\|$", Pattern.MULTILINE);

	private static final Pattern NAME = Pattern.compile("`([\\w.]+)`");

	/** One tag or more, other annotations, then what they stand on. */
	private static final Pattern TAGGED = Pattern.compile(
			"((?:@Tag\\(\"T\\d+\"\\)\\s+)+)(?:.|\\n)*?(?:void\\s+(\\w+)\\s*\\(|class\\s+(\\w+)|fun `?(\\w+)`?\\()");

	private static final Pattern TAG = Pattern.compile("@Tag\\(\"T(\\d+)\"\\)");

	@Test
	void everyTrapIsNamedOnce() {
		assertThat(ROW.matcher(page()).results().map((row) -> Integer.valueOf(row.group(1))))
			.containsExactlyElementsOf(IntStream.rangeClosed(1, TRAPS).boxed().toList());
	}

	@Test
	void theTestsOfATrapCarryItsTag() {
		Map<Integer, Set<String>> tagged = taggedTests();
		ROW.matcher(page()).results().forEach((row) -> {
			List<String> named = NAME.matcher(row.group(2)).results().map((name) -> name.group(1)).toList();
			assertThat(named).as("tests of trap T" + row.group(1)).isNotEmpty();
			assertThat(tagged.get(Integer.valueOf(row.group(1)))).as("tests with the tag T" + row.group(1))
				.containsAll(named);
		});
	}

	private static String page() {
		return Pages.read(Pages.ROOT.resolve("docs/reliability.md"));
	}

	/** The tests that carry the tag of a trap, as {@code Class.method} or as a class. */
	private static Map<Integer, Set<String>> taggedTests() {
		Map<Integer, Set<String>> tests = new HashMap<>();
		sources().forEach((source) -> {
			String type = source.getFileName().toString().replaceFirst("\\.\\w+$", "");
			for (Matcher tagged = TAGGED.matcher(Pages.read(source)); tagged.find();) {
				String name = nameOf(tagged, type);
				TAG.matcher(tagged.group(1))
					.results()
					.forEach((tag) -> tests.computeIfAbsent(Integer.valueOf(tag.group(1)), (trap) -> new HashSet<>())
						.add(name));
			}
		});
		return tests;
	}

	private static String nameOf(Matcher tagged, String type) {
		if (tagged.group(3) != null) {
			return tagged.group(3).equals(type) ? type : type + "." + tagged.group(3);
		}
		return type + "." + ((tagged.group(2) != null) ? tagged.group(2) : tagged.group(4));
	}

	private static Stream<Path> sources() {
		return Stream.of("brama-core", "brama-spring-boot-starter")
			.map((module) -> Pages.ROOT.resolve(module).resolve("src/test"))
			.flatMap((tests) -> Stream.of(".java", ".kt").flatMap((ending) -> Pages.filesBelow(tests, ending)));
	}

}
