package io.brama.spring.web;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * An application's answer to everything, without an order.
 */
@RestControllerAdvice
class OwnAdvice {

	@ExceptionHandler(Exception.class)
	@ResponseStatus(HttpStatus.CONFLICT)
	String handle() {
		return "own";
	}

}
