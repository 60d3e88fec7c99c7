package io.brama.spring.actuate;

import org.jspecify.annotations.Nullable;

/**
 * Decides which reasons are shown. What exceptions say may hold what is not for
 * everybody, and a reason that repeats it is shown only where that was allowed; any other
 * reason always is, as in the log.
 */
enum Messages {

	/** Show all reasons. */
	SHOWN,

	/** Keep back what exceptions say. */
	HIDDEN;

	/** Texts come from outside and may be of any length. */
	private static final int LONGEST = 200;

	/**
	 * A reason, as far as it is shown.
	 * @param quoted whether it repeats what an exception says
	 */
	@Nullable String reason(@Nullable String text, boolean quoted) {
		return (this == SHOWN || !quoted) ? cut(text) : null;
	}

	private static @Nullable String cut(@Nullable String text) {
		if (text == null || text.length() <= LONGEST) {
			return text;
		}
		int end = Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
		return text.substring(0, end) + "…";
	}

}
