package io.brama;

import java.time.Duration;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How values look in messages, and how often what repeats itself is worth a line.
 */
class TextTests {

	@ParameterizedTest
	@ValueSource(ints = { 1, 10, 100, 1000, 1_000_000_000 })
	void theFirstTheTenthAndTheHundredthTimeAreWorthALine(int times) {
		assertThat(Text.isWorthALine(times)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 2, 9, 11, 20, 99, 101, 110, 200, 1010, Integer.MAX_VALUE, Integer.MIN_VALUE })
	void noOtherTimeIs(int times) {
		assertThat(Text.isWorthALine(times)).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "1, once", "2, 2 times", "100, 100 times" })
	void timesAreCountedInWords(int times, String words) {
		assertThat(Text.times(times)).isEqualTo(words);
	}

	@ParameterizedTest
	@CsvSource({ "PT0S, 0s", "PT0.000000001S, 1ns", "PT0.001S, 1ms", "PT0.001000001S, 1ms1ns", "PT1S, 1s", "PT60S, 1m",
			"PT61S, 1m1s", "PT1H, 1h", "PT24H, 1d", "P2DT3H4M5.006000007S, 2d3h4m5s6ms7ns", "PT-90S, -1m30s" })
	void aDurationLooksAsInAConfigurationFile(Duration duration, String text) {
		assertThat(Text.value(duration)).isEqualTo(text);
	}

	@ParameterizedTest
	@CsvSource({ "PT0S, 1ms", "PT0.000001S, 1ms", "PT0.0019S, 1ms", "PT0.999S, 999ms", "PT1S, 1s", "PT1.001S, 2s",
			"PT1.999S, 2s", "PT59.001S, 1m", "PT60S, 1m" })
	void aDurationForPeopleIsNeverZeroAndInWholeSecondsFromOneOn(Duration duration, String text) {
		assertThat(Text.rounded(duration)).isEqualTo(text);
	}

}
