package io.brama.sample.shop;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

import io.brama.ErrorHandler;
import io.brama.Outcome;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.web.client.RestClientResponseException;

/**
 * What the end of a payment says about the payment provider: an error status is a failure
 * with a short reason, and if the provider says when to come back, the circuit that opens
 * by this failure stays open until then.
 */
class PaymentErrors implements ErrorHandler {

	private static final Pattern SECONDS = Pattern.compile("0*[1-9][0-9]{0,8}");

	@Override
	public Outcome classify(@Nullable Object result, @Nullable Throwable error) {
		if (error instanceof RestClientResponseException answer) {
			Outcome.Failure failure = Outcome.failure("HTTP status " + answer.getStatusCode().value());
			return retryAfter(answer).map(failure::retryAfter).orElse(failure);
		}
		return ErrorHandler.DEFAULT.classify(result, error);
	}

	private static Optional<Duration> retryAfter(RestClientResponseException answer) {
		return Optional.ofNullable(answer.getResponseHeaders())
			.map((headers) -> headers.getFirst(HttpHeaders.RETRY_AFTER))
			.filter((value) -> SECONDS.matcher(value).matches())
			.map((value) -> Duration.ofSeconds(Long.parseLong(value)));
	}

}
