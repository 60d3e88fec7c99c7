package io.brama;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * How values look in messages and log lines.
 */
final class Text {

	private Text() {
	}

	/**
	 * Return the text with everything that could break a line or steer a terminal
	 * replaced by a space.
	 */
	static String oneLine(String text) {
		int first = 0;
		while (first < text.length() && !breaksLine(text.charAt(first))) {
			first++;
		}
		if (first == text.length()) {
			return text;
		}
		StringBuilder clean = new StringBuilder(text);
		for (int i = first; i < clean.length(); i++) {
			if (breaksLine(clean.charAt(i))) {
				clean.setCharAt(i, ' ');
			}
		}
		return clean.toString();
	}

	private static boolean breaksLine(char character) {
		return switch (Character.getType(character)) {
			case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
			default -> false;
		};
	}

	/**
	 * Say why something happened, in one line: by the reason, unless it repeats what an
	 * exception says and is not for everybody, and by the type of the exception.
	 * @return the words, or {@code null} if nothing is known
	 */
	static @Nullable String why(@Nullable String reason, @Nullable String errorType, boolean quoted) {
		String words = (reason != null && !quoted) ? oneLine(reason) : null;
		if (errorType == null) {
			return words;
		}
		return ((words != null) ? words + "; cause: " : "cause: ") + oneLine(errorType);
	}

	/**
	 * Whether something that happens again and again is logged this time: the first, the
	 * tenth, the hundredth …
	 */
	static boolean isWorthALine(int times) {
		int power = times;
		while (power >= 10 && power % 10 == 0) {
			power /= 10;
		}
		return power == 1;
	}

	/** How often something happened, in words. */
	static String times(int times) {
		return (times == 1) ? "once" : times + " times";
	}

	/**
	 * Return a value as a user would write it in a configuration file: durations as
	 * {@code 1m30s}, all else in its own form.
	 */
	static String value(@Nullable Object value) {
		return (value instanceof Duration duration) ? duration(duration) : oneLine(String.valueOf(value));
	}

	/**
	 * Return a duration for people to read: in milliseconds below a second, else in
	 * seconds rounded up.
	 */
	static String rounded(Duration duration) {
		long millis = duration.toMillis();
		return value(
				(millis < 1000) ? Duration.ofMillis(Math.max(1, millis)) : Duration.ofSeconds((millis + 999) / 1000));
	}

	private static String duration(Duration duration) {
		if (duration.isZero()) {
			return "0s";
		}
		if (duration.isNegative()) {
			return "-" + duration(duration.negated());
		}
		StringBuilder text = new StringBuilder();
		append(text, duration.toDaysPart(), "d");
		append(text, duration.toHoursPart(), "h");
		append(text, duration.toMinutesPart(), "m");
		append(text, duration.toSecondsPart(), "s");
		append(text, duration.toMillisPart(), "ms");
		append(text, duration.toNanosPart() % 1_000_000, "ns");
		return text.toString();
	}

	private static void append(StringBuilder text, long amount, String unit) {
		if (amount != 0) {
			text.append(amount).append(unit);
		}
	}

}
