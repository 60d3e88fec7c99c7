package io.brama.sample.shop;

import java.io.IOException;
import java.time.Duration;

import io.brama.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.client.HttpServerErrorException;
import org.springframework.web.client.RestClientResponseException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@link PaymentErrors} makes of an answer.
 */
class PaymentErrorsTests {

	private final PaymentErrors errors = new PaymentErrors();

	@Test
	void aPaymentIsASuccess() {
		assertThat(this.errors.classify("PAY-1", null)).isEqualTo(Outcome.success());
	}

	@Test
	void anErrorStatusIsAFailureThatNamesIt() {
		assertThat(this.errors.classify(null, serviceUnavailable(new HttpHeaders())))
			.isEqualTo(Outcome.failure("HTTP status 503"));
	}

	@Test
	void noAnswerIsAFailure() {
		assertThat(this.errors.classify(null, new IOException("connection refused")))
			.isEqualTo(Outcome.failure("connection refused"));
	}

	@ParameterizedTest
	@CsvSource({ "1,1", "120,120", "007,7", "999999999,999999999" })
	void secondsInRetryAfterAreHonoured(String value, long seconds) {
		assertThat(this.errors.classify(null, serviceUnavailable(retryAfter(value))))
			.isEqualTo(Outcome.failure("HTTP status 503").retryAfter(Duration.ofSeconds(seconds)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "-1", "", "soon", "1.5", "99999999999999999999", "Wed, 21 Oct 2026 07:28:00 GMT" })
	void anythingElseInRetryAfterIsNot(String value) {
		assertThat(this.errors.classify(null, serviceUnavailable(retryAfter(value))))
			.isEqualTo(Outcome.failure("HTTP status 503"));
	}

	private static HttpHeaders retryAfter(String value) {
		HttpHeaders headers = new HttpHeaders();
		headers.set(HttpHeaders.RETRY_AFTER, value);
		return headers;
	}

	private static RestClientResponseException serviceUnavailable(HttpHeaders headers) {
		return HttpServerErrorException.create(HttpStatus.SERVICE_UNAVAILABLE, "Service Unavailable", headers,
				new byte[0], null);
	}

}
