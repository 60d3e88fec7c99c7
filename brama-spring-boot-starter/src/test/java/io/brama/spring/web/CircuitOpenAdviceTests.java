package io.brama.spring.web;

import java.time.Duration;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The seconds in {@code Retry-After}.
 */
class CircuitOpenAdviceTests {

	@ParameterizedTest
	@CsvSource({ "PT0S,1", "PT0.000000001S,1", "PT1S,1", "PT1.000000001S,2", "PT1.5S,2", "PT2S,2", "PT8760H,31536000" })
	void areRoundedUpAndAtLeastOne(Duration remaining, long seconds) {
		assertThat(CircuitOpenAdvice.seconds(remaining)).isEqualTo(seconds);
	}

}
