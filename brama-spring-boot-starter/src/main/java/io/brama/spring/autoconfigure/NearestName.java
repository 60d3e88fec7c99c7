package io.brama.spring.autoconfigure;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * The name that somebody most likely meant who wrote another one.
 */
final class NearestName {

	private NearestName() {
	}

	/**
	 * Find the name that differs least from what was written, by letters left out, added,
	 * replaced or swapped; case, dashes and other signs do not count.
	 * @param written what was written
	 * @param names the names there are
	 * @return one of them, or {@code null} if none is near
	 */
	static @Nullable String of(String written, Collection<String> names) {
		String plain = plain(written);
		int tolerance = Math.max(1, Math.min(4, plain.length() / 4));
		return names.stream()
			.map((name) -> new Candidate(name, distance(plain, plain(name))))
			.filter((candidate) -> candidate.distance() <= tolerance)
			.min(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::name))
			.map(Candidate::name)
			.orElse(null);
	}

	/** What remains of a name if only letters, digits and stars count. */
	static String plain(String name) {
		return name.replaceAll("[^\\p{L}\\p{N}*]", "").toLowerCase(Locale.ROOT);
	}

	/**
	 * The optimal string alignment distance: Levenshtein's, with the swap of two
	 * neighbours as one step.
	 */
	private static int distance(String one, String other) {
		int[][] steps = new int[one.length() + 1][other.length() + 1];
		for (int i = 0; i <= one.length(); i++) {
			for (int j = 0; j <= other.length(); j++) {
				steps[i][j] = (i == 0 || j == 0) ? i + j : cheapest(steps, one, other, i, j);
			}
		}
		return steps[one.length()][other.length()];
	}

	private static int cheapest(int[][] steps, String one, String other, int i, int j) {
		int replaced = steps[i - 1][j - 1] + ((one.charAt(i - 1) != other.charAt(j - 1)) ? 1 : 0);
		int cheapest = Math.min(replaced, 1 + Math.min(steps[i - 1][j], steps[i][j - 1]));
		boolean swapped = i > 1 && j > 1 && one.charAt(i - 1) == other.charAt(j - 2)
				&& one.charAt(i - 2) == other.charAt(j - 1);
		return swapped ? Math.min(cheapest, 1 + steps[i - 2][j - 2]) : cheapest;
	}

	/** A name and how far it is from what was written. */
	private record Candidate(String name, int distance) {
	}

}
