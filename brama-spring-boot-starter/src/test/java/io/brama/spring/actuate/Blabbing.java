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
 * An application whose exceptions and error handlers tell a secret in every way there is.
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
		fail(thrown);
		Circuit reported = brama.register("reported", (options) -> options.maxAttempts(1));
		reported.failure(SECRET);
		Circuit handled = brama.register("handled", (options) -> options.failureRate(50).minimumCalls(1));
		ErrorHandler handler = (result, error) -> Outcome.failure(SECRET);
		handled.get(() -> "result");
		callWith(handled, handler);
		Circuit tripped = brama.register("tripped");
		tripped.report(Outcome.failure(SECRET).tripNow());
		Circuit closed = brama.register("closed");
		fail(closed);
		return List.of(thrown, reported, handled, tripped, closed);
	}

	private static void fail(Circuit circuit) {
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> circuit.call(() -> {
			throw new IOException(SECRET);
		}));
	}

	private static void callWith(Circuit circuit, ErrorHandler handler) {
		circuit.call("result", (result) -> result, handler);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
