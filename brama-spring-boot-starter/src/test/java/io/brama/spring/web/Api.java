package io.brama.spring.web;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import io.brama.Brama;
import io.brama.CircuitOpenException;
import io.brama.ConnectionId;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * A controller that needs a bank, for both kinds of servers.
 */
@RestController
class Api {

	static final ConnectionId BANK = ConnectionId.of("bank").withScope("payments");

	private final Brama brama;

	Api(Brama brama) {
		this.brama = brama;
	}

	@GetMapping("/sync")
	String sync() {
		return this.brama.circuit(BANK).get(() -> "paid");
	}

	@GetMapping("/future")
	CompletableFuture<String> future() {
		return this.brama.circuit(BANK).callAsync(() -> CompletableFuture.completedFuture("paid"));
	}

	@GetMapping("/wrapped")
	String wrapped() {
		return future().thenApply((answer) -> answer).join();
	}

	@GetMapping("/mono")
	Mono<String> mono() {
		return Mono.fromFuture(this::future);
	}

	@GetMapping("/flux")
	Flux<String> flux() {
		return mono().flux();
	}

	@GetMapping("/own")
	String own() {
		try {
			return sync();
		}
		catch (CircuitOpenException ex) {
			throw new OrderException(ex);
		}
	}

	@GetMapping("/odd")
	String odd() {
		throw new CompletionException("odd", new IllegalStateException("odd"));
	}

	/** Has a status of its own. */
	@ResponseStatus(HttpStatus.CONFLICT)
	@SuppressWarnings("serial")
	static final class OrderException extends RuntimeException {

		OrderException(Throwable cause) {
			super(cause);
		}

	}

}
