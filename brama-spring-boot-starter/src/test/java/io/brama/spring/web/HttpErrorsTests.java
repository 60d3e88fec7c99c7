package io.brama.spring.web;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

import io.brama.Outcome;
import io.brama.test.ManualTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClientResponseException;
import org.springframework.web.reactive.function.client.WebClientRequestException;
import org.springframework.web.reactive.function.client.WebClientResponseException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@link HttpErrors} makes of answers and exceptions.
 */
class HttpErrorsTests {

	private static final Outcome UNAVAILABLE = Outcome.failure("503 Service Unavailable");

	private final HttpErrors errors = new HttpErrors(new ManualTime(Instant.parse("2026-10-21T07:28:00Z")));

	@ParameterizedTest
	@CsvSource({ "500, 500 Internal Server Error", "502, 502 Bad Gateway", "503, 503 Service Unavailable",
			"599, HTTP status 599", "429, 429 Too Many Requests" })
	void theServerFailed(int status, String reason) {
		assertThat(this.errors.classify(answer(status, null), null)).isEqualTo(Outcome.failure(reason));
	}

	@ParameterizedTest
	@ValueSource(ints = { 400, 401, 404, 408, 422, 499 })
	void theRequestWasWrong(int status) {
		assertThat(this.errors.classify(answer(status, "120"), null)).isEqualTo(Outcome.ignored());
	}

	@ParameterizedTest
	@ValueSource(ints = { 200, 204, 304, 302 })
	void theServerAnswered(int status) {
		assertThat(this.errors.classify(answer(status, "120"), null)).isEqualTo(Outcome.success());
	}

	@Test
	void anyOtherResultIsASuccess() {
		assertThat(this.errors.classify("paid", null)).isEqualTo(Outcome.success());
		assertThat(this.errors.classify(null, null)).isEqualTo(Outcome.success());
	}

	@Test
	void theStatusIsReadFromTheExceptionsOfTheClients() {
		Outcome asked = Outcome.failure("503 Service Unavailable").tripNow().retryAfter(Duration.ofMinutes(2));
		assertThat(this.errors.classify(null, restClientAnswer(503, "120"))).isEqualTo(asked);
		assertThat(this.errors.classify(null, webClientAnswer(503, "120"))).isEqualTo(asked);
		assertThat(this.errors.classify(null, restClientAnswer(404, null))).isEqualTo(Outcome.ignored());
		assertThat(this.errors.classify(null, webClientAnswer(404, null))).isEqualTo(Outcome.ignored());
	}

	@Test
	void anExceptionWithoutHeadersHasNoRetryAfter() {
		assertThat(this.errors.classify(null, new RestClientResponseException("Service Unavailable",
				HttpStatusCode.valueOf(503), "Service Unavailable", null, null, null)))
			.isEqualTo(UNAVAILABLE);
	}

	@Test
	void noAnswerIsAFailure() {
		assertThat(this.errors.classify(null,
				new ResourceAccessException("no answer", new IOException("Connection refused"))))
			.isEqualTo(Outcome.failure("no answer"));
		assertThat(this.errors.classify(null,
				new WebClientRequestException(new IOException("Connection refused"), HttpMethod.GET,
						URI.create("http://localhost"), new HttpHeaders())))
			.isEqualTo(Outcome.failure("Connection refused"));
	}

	@Test
	void anInterruptionInsideAnExceptionOfTheClientIsIgnored() {
		assertThat(this.errors.classify(null,
				new ResourceAccessException("no answer", new IOException(new InterruptedException()))))
			.isEqualTo(Outcome.ignored());
		assertThat(
				this.errors.classify(null, new ResourceAccessException("no answer", new ClosedByInterruptException())))
			.isEqualTo(Outcome.ignored());
	}

	@ParameterizedTest
	@CsvSource({ "1,1", "120,120", "007,7", " 30 ,30", "999999999999999999999999,3155760000" })
	void secondsInRetryAfterAreHonoured(String value, long seconds) {
		assertThat(this.errors.classify(answer(503, value), null))
			.isEqualTo(Outcome.failure("503 Service Unavailable").tripNow().retryAfter(Duration.ofSeconds(seconds)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "Wed, 21 Oct 2026 07:30:00 GMT", "Wednesday, 21-Oct-26 07:30:00 GMT",
			"Wed Oct 21 07:30:00 2026" })
	void aDateInRetryAfterIsComparedWithTheTime(String value) {
		assertThat(this.errors.classify(answer(503, value), null))
			.isEqualTo(Outcome.failure("503 Service Unavailable").tripNow().retryAfter(Duration.ofMinutes(2)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "-1", "", " ", "soon", "1.5", "+5", "\u0663", "Wed, 21 Oct 2026 07:28:00 GMT",
			"Wed, 21 Oct 2026 07:27:59 GMT", "Thu, 01 Jan 1970 00:00:00 GMT", "Wed, 21 Oct 2026" })
	void anythingElseInRetryAfterIsNot(String value) {
		assertThat(this.errors.classify(answer(503, value), null)).isEqualTo(UNAVAILABLE);
	}

	@Test
	void whatTheServerSaysIsNotRepeated() {
		RestClientResponseException answer = new RestClientResponseException("password=1234",
				HttpStatusCode.valueOf(503), "password=1234", null, "password=1234".getBytes(StandardCharsets.UTF_8),
				null);
		assertThat(this.errors.classify(null, answer)).isEqualTo(UNAVAILABLE);
	}

	private static ResponseEntity<Void> answer(int status, String retryAfter) {
		return new ResponseEntity<>(headers(retryAfter), HttpStatusCode.valueOf(status));
	}

	private static RestClientResponseException restClientAnswer(int status, String retryAfter) {
		return new RestClientResponseException("no", HttpStatusCode.valueOf(status), "no", headers(retryAfter), null,
				null);
	}

	private static WebClientResponseException webClientAnswer(int status, String retryAfter) {
		return WebClientResponseException.create(status, "no", headers(retryAfter), new byte[0], null);
	}

	private static HttpHeaders headers(String retryAfter) {
		HttpHeaders headers = new HttpHeaders();
		if (retryAfter != null) {
			headers.set(HttpHeaders.RETRY_AFTER, retryAfter);
		}
		return headers;
	}

}
