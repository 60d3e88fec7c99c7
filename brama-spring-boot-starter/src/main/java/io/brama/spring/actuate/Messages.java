package io.brama.spring.actuate;

import io.brama.TransitionCause;
import org.jspecify.annotations.Nullable;

/**
 * Decides which texts are shown. What exceptions and error handlers say may hold what is
 * not for everybody, and is shown only where that was allowed; what operators and Brama
 * itself say always is.
 */
enum Messages {

	/** Show all texts. */
	SHOWN,

	/** Keep back what exceptions and error handlers say. */
	HIDDEN;

	/** Texts come from outside and may be of any length. */
	private static final int LONGEST = 200;

	/** The text of an exception or an error handler. */
	@Nullable String message(@Nullable String text) {
		return (this == SHOWN) ? cut(text) : null;
	}

	/** The reason of a transition. */
	@Nullable String reason(TransitionCause cause, @Nullable String text) {
		return switch (cause) {
			case OPERATOR, TRIAL_TIMED_OUT -> cut(text);
			default -> message(text);
		};
	}

	private static @Nullable String cut(@Nullable String text) {
		if (text == null || text.length() <= LONGEST) {
			return text;
		}
		int end = Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
		return text.substring(0, end) + "…";
	}

}
