package io.brama;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * No trap is left out: every known defect of other circuit breakers, by its number, has a
 * test with the tag {@code T<number>}.
 */
class TrapTableTests {

	private static final int TRAPS = 69;

	/** From here on they concern the starter. */
	private static final int FIRST_OF_THE_STARTER = 59;

	/** About publishers, which only the starter knows; proven in its tests. */
	private static final Set<Integer> PROVEN_IN_THE_STARTER = Set.of(12);

	private static final Path CORE_TESTS = Path.of("src", "test", "java");

	private static final Path STARTER_TESTS = Path.of("..", "brama-spring-boot-starter").resolve(CORE_TESTS);

	private static final Pattern TAG = Pattern.compile("@Tag\\(\"T(\\d+)\"\\)");

	@Test
	void everyTrapOfTheCoreHasATest() {
		assertThat(missing(tagsIn(CORE_TESTS)).headSet(FIRST_OF_THE_STARTER)).as("traps without a test")
			.isSubsetOf(PROVEN_IN_THE_STARTER);
	}

	@Test
	@EnabledIf("theStarterHasTests")
	void everyTrapHasATestInTheCoreOrInTheStarter() {
		SortedSet<Integer> tags = tagsIn(CORE_TESTS);
		tags.addAll(tagsIn(STARTER_TESTS));
		assertThat(missing(tags)).as("traps without a test").isEmpty();
	}

	/** The core may be built alone, and the tests of its starter come after it. */
	static boolean theStarterHasTests() {
		return Files.isDirectory(STARTER_TESTS);
	}

	private static SortedSet<Integer> missing(Set<Integer> tags) {
		return IntStream.rangeClosed(1, TRAPS)
			.boxed()
			.filter((trap) -> !tags.contains(trap))
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private static SortedSet<Integer> tagsIn(Path directory) {
		try (Stream<Path> files = Files.walk(directory)) {
			return files.filter((file) -> file.toString().endsWith(".java"))
				.flatMap((file) -> TAG.matcher(read(file)).results())
				.map((match) -> Integer.valueOf(match.group(1)))
				.collect(Collectors.toCollection(TreeSet::new));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
