package io.brama.spring.web;

import java.net.URI;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.stream.Stream;

import io.brama.CircuitOpenException;
import io.brama.CircuitState;
import io.brama.policy.ErrorPolicy;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.util.ClassUtils;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * Answers a request whose controller met an open circuit with a problem detail (RFC 9457)
 * of status 503, for Spring MVC and for WebFlux. Comes after all advice of the
 * application.
 * <p>
 * The answer says which connection is not available and when to come back, but not why:
 * reasons of failures may contain what is nobody else's business.
 */
@RestControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE)
public final class CircuitOpenAdvice {

	/** The type of the problem. */
	public static final URI TYPE = URI.create("urn:brama:circuit-open");

	/** Without any of these nobody could write a problem detail, only its sentence. */
	private static final boolean JSON = Stream
		.of("tools.jackson.databind.json.JsonMapper", "com.fasterxml.jackson.databind.ObjectMapper",
				"com.google.gson.Gson", "jakarta.json.bind.Jsonb")
		.anyMatch((type) -> ClassUtils.isPresent(type, CircuitOpenAdvice.class.getClassLoader()));

	/**
	 * Also called for exceptions that are only caused by an open circuit. Of these, only
	 * the wrappers of futures and proxies are meant; any other is passed on by throwing
	 * it again.
	 */
	@ExceptionHandler(CircuitOpenException.class)
	ResponseEntity<?> handle(Exception thrown) throws Exception {
		if (ErrorPolicy.unwrap(thrown) instanceof CircuitOpenException open) {
			return JSON ? answer(open).body(problem(open))
					: answer(open).contentType(MediaType.TEXT_PLAIN).body(detail(open));
		}
		throw thrown;
	}

	private static ResponseEntity.BodyBuilder answer(CircuitOpenException open) {
		ResponseEntity.BodyBuilder answer = ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE);
		retryAfter(open).ifPresent((seconds) -> answer.header(HttpHeaders.RETRY_AFTER, Long.toString(seconds)));
		return answer;
	}

	private static ProblemDetail problem(CircuitOpenException open) {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.SERVICE_UNAVAILABLE, detail(open));
		problem.setType(TYPE);
		problem.setProperty("identifier", open.id().identifier());
		if (open.id().scope() != null) {
			problem.setProperty("scope", open.id().scope());
		}
		problem.setProperty("state", open.state().name());
		open.remaining()
			.ifPresent((remaining) -> problem.setProperty("remaining",
					remaining.truncatedTo(ChronoUnit.MILLIS).toString()));
		return problem;
	}

	/** A trial is over soon, or takes its timeout; nobody knows, so ask soon. */
	private static Optional<Long> retryAfter(CircuitOpenException open) {
		return (open.state() == CircuitState.HALF_OPEN) ? Optional.of(1L)
				: open.remaining().map(CircuitOpenAdvice::seconds);
	}

	private static String detail(CircuitOpenException open) {
		String words = "The circuit of " + open.id();
		if (open.state() == CircuitState.HALF_OPEN) {
			return words + " is half-open and all its trial calls are taken";
		}
		return words + " is open"
				+ open.remaining()
					.map((remaining) -> "; calls are tried again in " + seconds(remaining) + "s")
					.orElse(" until told otherwise");
	}

	/** Whole seconds, rounded up, and at least one. */
	static long seconds(Duration duration) {
		return Math.max(1, duration.plusSeconds(1).minusNanos(1).toSeconds());
	}

}
