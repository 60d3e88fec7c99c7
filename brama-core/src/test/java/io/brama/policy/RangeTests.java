package io.brama.policy;

import java.time.Duration;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Both ends of what rates and windows may be, and how they look in messages.
 */
@Tag("T21")
class RangeTests {

	@ParameterizedTest
	@CsvSource({ "1, 0.0001%", "1000000, 100%", "333333, 33.3333%", "500000, 50%" })
	void aRateIsFromAMillionthToAll(int millionths, String text) {
		assertThat(new Rate(millionths)).hasToString(text);
	}

	@ParameterizedTest
	@CsvSource({ "0, 0%", "1000001, 100.0001%", "-1, -0.0001%" })
	void noOtherRateIs(int millionths, String found) {
		assertThatIllegalArgumentException().isThrownBy(() -> new Rate(millionths))
			.withMessage("must be between 0.0001% and 100%, was " + found);
	}

	@ParameterizedTest
	@CsvSource({ "0.0001, 1", "100, 1000000", "12.5, 125000" })
	void percentsAreExact(double percent, int millionths) {
		assertThat(Rate.percent(percent)).isEqualTo(new Rate(millionths));
	}

	@ParameterizedTest
	@ValueSource(doubles = { 0, 0.00009, 100.0001, -1, Double.NaN, Double.POSITIVE_INFINITY })
	void percentsOutOfRangeAreRefused(double percent) {
		assertThatIllegalArgumentException().isThrownBy(() -> Rate.percent(percent))
			.withMessage("must be between 0.0001% and 100%, was " + percent + "%");
	}

	@Test
	void percentsWithTooManyPlacesAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> Rate.percent(33.33333))
			.withMessage("must have at most four decimal places, was 33.33333%");
	}

	@ParameterizedTest
	@CsvSource({ "50, 4, 2", "50, 3, 2", "100, 7, 7", "0.0001, 1000000, 1", "0.0001, 1, 1", "33.3333, 3, 1",
			"33.3334, 3, 2" })
	void thePartThatReachesARateIsTheSmallest(double percent, int calls, int part) {
		Rate rate = Rate.percent(percent);
		assertThat(rate.of(calls)).isEqualTo(part);
		assertThat(rate.isReachedBy(part, calls)).isTrue();
		assertThat(rate.isReachedBy(part - 1, calls)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 1_000_000 })
	void aWindowIsFromOneCallToAMillion(int calls) {
		assertThat(WindowSize.of(calls)).hasToString(String.valueOf(calls));
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, -1, 1_000_001 })
	void noOtherNumberOfCallsIsAWindow(int calls) {
		assertThatIllegalArgumentException().isThrownBy(() -> WindowSize.of(calls))
			.withMessage("must be between 1 and 1000000 calls, was " + calls);
	}

	@ParameterizedTest
	@ValueSource(strings = { "PT0.01S", "PT24H" })
	void aWindowIsFromTenMillisecondsToADay(Duration duration) {
		assertThat(WindowSize.of(duration)).hasToString(duration.toString());
	}

	@ParameterizedTest
	@CsvSource({ "PT0.009999999S, 9ms", "PT0S, 0ms", "PT-1S, -1000ms", "PT24H0.000000001S, PT24H0.000000001S" })
	void noOtherTimeIsAWindow(Duration duration, String found) {
		assertThatIllegalArgumentException().isThrownBy(() -> WindowSize.of(duration))
			.withMessage("must be between 10ms and 24h, was " + found);
	}

	@Test
	void aWindowIsOfCallsOrOfTime() {
		assertThatIllegalArgumentException().isThrownBy(() -> new WindowSize(1, Duration.ofSeconds(1)));
	}

}
