package io.brama.spring.web;

import java.util.concurrent.Callable;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;

/**
 * The ways to answer later that only Spring MVC has.
 */
@RestController
class ServletApi {

	private final Api api;

	ServletApi(Api api) {
		this.api = api;
	}

	@GetMapping("/deferred")
	DeferredResult<String> deferred() {
		DeferredResult<String> result = new DeferredResult<>();
		this.api.future().whenComplete((answer, error) -> result.setErrorResult(error));
		return result;
	}

	@GetMapping("/callable")
	Callable<String> callable() {
		return this.api::sync;
	}

}
