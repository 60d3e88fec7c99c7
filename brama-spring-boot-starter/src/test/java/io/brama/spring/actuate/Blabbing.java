package io.brama.spring.actuate;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

import io.brama.Brama;
import io.brama.Circuit;
import io.brama.ErrorHandler;
import io.brama.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * An application whose exceptions tell a secret, which gets into reasons in every way
 * there is.
 */
abstract class Blabbing {

	static final String SECRET = "jdbc:postgresql://db/shop?password=s3cr3t";

	@Autowired
	Brama brama;

	@LocalServerPort
	int port;

	Operator operator;

	List<Circuit> circuits;

	@BeforeEach
	void spoil() {
		this.operator = Operator.at(this.port);
		this.circuits = spoiled(this.brama);
	}

	@AfterEach
	void forget() {
		this.brama.all().forEach((circuit) -> this.brama.unregister(circuit.id()));
	}

	/** Circuits that a secret gets into in every way there is. */
	private static List<Circuit> spoiled(Brama brama) {
		Circuit thrown = brama.register("thrown", (options) -> options.maxAttempts(1).expiry(Duration.ofMillis(1)));
		fail(thrown, ErrorHandler.DEFAULT);
		Circuit repeated = brama.register("repeated", (options) -> options.maxAttempts(1));
		fail(repeated, (result, error) -> Outcome.failure("pay: " + SECRET + "!"));
		Circuit rated = brama.register("rated", (options) -> options.failureRate(50).minimumCalls(1));
		rated.get(() -> "result");
		fail(rated, (result, error) -> Outcome.failure(SECRET));
		Circuit tripped = brama.register("tripped");
		fail(tripped, (result, error) -> Outcome.failure("pay: " + SECRET).tripNow());
		Circuit closed = brama.register("closed");
		fail(closed, ErrorHandler.DEFAULT);
		return List.of(thrown, repeated, rated, tripped, closed);
	}

	/** A call that fails with a secret in the cause of its exception. */
	static void fail(Circuit circuit, ErrorHandler handler) {
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> circuit.call(() -> {
			throw new IOException(SECRET, new IllegalStateException(SECRET));
		}, handler));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
