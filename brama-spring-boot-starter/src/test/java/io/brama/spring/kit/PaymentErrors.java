package io.brama.spring.kit;

import java.util.ArrayList;
import java.util.List;

import io.brama.ErrorHandler;
import io.brama.Outcome;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Ignores what is refused, and notes which methods were reached.
 */
@Component
class PaymentErrors implements ErrorHandler {

	final List<String> reached = new ArrayList<>();

	void reached(String method) {
		this.reached.add(method);
	}

	@Override
	public Outcome classify(@Nullable Object result, @Nullable Throwable error) {
		return (error instanceof SecurityException) ? Outcome.ignored() : ErrorHandler.DEFAULT.classify(result, error);
	}

}
