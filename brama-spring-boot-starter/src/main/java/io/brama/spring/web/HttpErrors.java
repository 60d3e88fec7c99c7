package io.brama.spring.web;

import java.math.BigInteger;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.time.ZonedDateTime;

import io.brama.ErrorHandler;
import io.brama.Outcome;
import io.brama.TimeSource;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.util.ClassUtils;
import org.springframework.web.client.RestClientResponseException;
import org.springframework.web.reactive.function.client.WebClientResponseException;

/**
 * What the end of an HTTP call says about the server.
 * <ul>
 * <li>A status of 5xx, and 429, is a failure. If the answer says in {@code Retry-After},
 * as seconds or as a date, when to come back, the failure opens the circuit at once and
 * until then.</li>
 * <li>Any other status of 4xx is ignored: the request was wrong, not the server.</li>
 * <li>Any other status is a success.</li>
 * <li>An exception without a status, such as a timeout or a refused connection, is a
 * failure, unless the caller's thread was interrupted.</li>
 * </ul>
 * The status is read from the exceptions of {@code RestClient}, {@code RestTemplate} and
 * {@code WebClient} and from a result of type {@link ResponseEntity}; any other result is
 * a success. Thread-safe.
 */
public final class HttpErrors implements ErrorHandler {

	private static final boolean WEB_CLIENT_PRESENT = ClassUtils.isPresent(
			"org.springframework.web.reactive.function.client.WebClientResponseException",
			HttpErrors.class.getClassLoader());

	/** Nobody is left alone for longer, whatever is asked for. */
	private static final Duration LONGEST = Duration.ofDays(36525);

	/** No chain of causes is longer; a cycle of causes ends here. */
	private static final int DEEPEST = 64;

	private final TimeSource time;

	/**
	 * Create a handler that compares dates with the clock of the machine.
	 */
	public HttpErrors() {
		this(TimeSource.system());
	}

	/**
	 * Create a handler.
	 * @param time whose wall time the dates in {@code Retry-After} are compared with
	 */
	public HttpErrors(TimeSource time) {
		this.time = time;
	}

	@Override
	public Outcome classify(@Nullable Object result, @Nullable Throwable error) {
		if (error == null) {
			return (result instanceof ResponseEntity<?> answer) ? of(answer.getStatusCode(), answer.getHeaders())
					: Outcome.success();
		}
		if (error instanceof RestClientResponseException answer) {
			return of(answer.getStatusCode(), answer.getResponseHeaders());
		}
		if (WEB_CLIENT_PRESENT && WebClientAnswer.isOne(error)) {
			return of(WebClientAnswer.status(error), WebClientAnswer.headers(error));
		}
		return isInterruption(error) ? Outcome.ignored() : DEFAULT.classify(null, error);
	}

	private Outcome of(HttpStatusCode status, @Nullable HttpHeaders headers) {
		if (status.is5xxServerError() || status.value() == HttpStatus.TOO_MANY_REQUESTS.value()) {
			Outcome.Failure failure = Outcome.failure(words(status));
			Duration retryAfter = (headers != null) ? retryAfter(headers) : null;
			return (retryAfter != null) ? failure.tripNow().retryAfter(retryAfter) : failure;
		}
		return status.is4xxClientError() ? Outcome.ignored() : Outcome.success();
	}

	/** The words are Spring's: those of the server are not to be trusted. */
	private static String words(HttpStatusCode status) {
		HttpStatus known = HttpStatus.resolve(status.value());
		return (known != null) ? known.value() + " " + known.getReasonPhrase() : "HTTP status " + status.value();
	}

	private @Nullable Duration retryAfter(HttpHeaders headers) {
		String value = headers.getFirst(HttpHeaders.RETRY_AFTER);
		if (value == null) {
			return null;
		}
		Duration wait = isNumber(value.trim()) ? seconds(value.trim()) : until(headers);
		return (wait != null && !wait.isNegative() && !wait.isZero()) ? wait : null;
	}

	private static boolean isNumber(String value) {
		return !value.isEmpty() && value.chars().allMatch((character) -> character >= '0' && character <= '9');
	}

	private static Duration seconds(String digits) {
		BigInteger longest = BigInteger.valueOf(LONGEST.toSeconds());
		return Duration.ofSeconds(new BigInteger(digits).min(longest).longValueExact());
	}

	private @Nullable Duration until(HttpHeaders headers) {
		try {
			ZonedDateTime date = headers.getFirstZonedDateTime(HttpHeaders.RETRY_AFTER);
			return (date != null) ? Duration.between(this.time.instant(), date.toInstant()) : null;
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	/** Clients hide an interruption of the caller in an exception of their own. */
	private static boolean isInterruption(Throwable error) {
		Throwable current = error;
		for (int depth = 0; depth < DEEPEST && current != null; depth++) {
			if (current instanceof InterruptedException || current instanceof ClosedByInterruptException) {
				return true;
			}
			current = current.getCause();
		}
		return false;
	}

	/**
	 * The exception of {@code WebClient}, in a class of its own that is loaded only where
	 * there is one.
	 */
	private static final class WebClientAnswer {

		private WebClientAnswer() {
		}

		static boolean isOne(Throwable error) {
			return error instanceof WebClientResponseException;
		}

		static HttpStatusCode status(Throwable error) {
			return ((WebClientResponseException) error).getStatusCode();
		}

		static HttpHeaders headers(Throwable error) {
			return ((WebClientResponseException) error).getHeaders();
		}

	}

}
