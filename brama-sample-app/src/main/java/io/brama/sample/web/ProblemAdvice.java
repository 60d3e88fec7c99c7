package io.brama.sample.web;

import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.validation.FieldError;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestClientResponseException;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/**
 * Turns what goes wrong into problem details (RFC 9457). What a customer gets while a
 * circuit is open is not said here: Brama answers that itself.
 */
@RestControllerAdvice
class ProblemAdvice extends ResponseEntityExceptionHandler {

	/** A partner was called and failed. */
	@ExceptionHandler
	ProblemDetail handle(RestClientException ex) {
		return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_GATEWAY, "A partner of the shop " + describe(ex));
	}

	private static String describe(RestClientException ex) {
		if (ex instanceof RestClientResponseException answer) {
			return "answered with status " + answer.getStatusCode().value();
		}
		return (ex instanceof ResourceAccessException) ? "did not answer in time" : "gave no answer that makes sense";
	}

	@Override
	protected @Nullable ResponseEntity<Object> handleMethodArgumentNotValid(MethodArgumentNotValidException ex,
			HttpHeaders headers, HttpStatusCode status, WebRequest request) {
		ex.getBody()
			.setDetail(ex.getFieldErrors()
				.stream()
				.map(ProblemAdvice::describe)
				.sorted()
				.distinct()
				.collect(Collectors.joining("; ")));
		return super.handleMethodArgumentNotValid(ex, headers, status, request);
	}

	private static String describe(FieldError error) {
		Object value = error.getRejectedValue();
		return error.getField() + " " + error.getDefaultMessage() + ((value instanceof Number) ? ", was " + value : "");
	}

	@Override
	protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(HttpMessageNotReadableException ex,
			HttpHeaders headers, HttpStatusCode status, WebRequest request) {
		ProblemDetail problem = createProblemDetail(ex, status, describe(ex), null, null, request);
		return handleExceptionInternal(ex, problem, headers, status, request);
	}

	private static String describe(HttpMessageNotReadableException ex) {
		if (ex.getCause() instanceof DatabindException cause && !cause.getPath().isEmpty()) {
			String field = cause.getPath()
				.stream()
				.map(JacksonException.Reference::getPropertyName)
				.collect(Collectors.joining("."));
			return field + " has a value of the wrong type";
		}
		return "The request has no readable JSON in its body";
	}

}
