package io.brama.docs;

import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import io.brama.Brama;
import io.brama.BramaEvent;
import io.brama.Circuit;
import io.brama.CircuitState;
import io.brama.Delivery;
import io.brama.ErrorHandler;
import io.brama.EventFilter;
import io.brama.Outcome;
import io.brama.Subscription;
import io.brama.TransitionLog;
import io.brama.policy.ExpiryStrategy;
import io.brama.spring.autoconfigure.BramaBuilderCustomizer;
import io.brama.test.ManualTime;
import org.junit.jupiter.api.Test;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static io.brama.Command.because;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.mockito.Mockito.mock;

/**
 * The snippets of docs/extending.md do what the page says.
 */
class ExtendingTests {

	private final ManualTime time = new ManualTime();

	private final Brama brama = Brama.builder().timeSource(this.time).delivery(Delivery.DIRECT).build();

	@Test
	void aStrategyKnowsWhatOpenedTheCircuit() {
		Brama brama = this.brama;
		ExpiryStrategy byProblem = (opening) -> "java.net.UnknownHostException".equals(opening.errorType())
				? Duration.ofMinutes(5) : Duration.ofSeconds(10).multipliedBy(opening.number());
		Circuit payments = brama.register("payment-api", (options) -> options.expiryStrategy(byProblem));
		failTenTimes(payments, new ConnectException());
		assertThat(payments.status().remainingOpenTime()).isEqualTo(Duration.ofSeconds(10));
		payments.reset(because("another test"));
		failTenTimes(payments, new UnknownHostException());
		assertThat(payments.status().remainingOpenTime()).isEqualTo(Duration.ofMinutes(5));
	}

	@Test
	void aHandlerKnowsResultsAndExceptions() {
		ErrorHandler handler = new LedgerErrors();
		assertThat(handler.classify(null, new LockedException(Duration.ofSeconds(5))))
			.isEqualTo(Outcome.failure("locked").tripNow().retryAfter(Duration.ofSeconds(5)));
		assertThat(handler.classify(new Booking(true), null)).isEqualTo(Outcome.ignored());
		assertThat(handler.classify(new Booking(false), null)).isEqualTo(Outcome.success());
	}

	@Test
	void aSubscriberIsTold() {
		Brama brama = this.brama;
		List<String> history = new CopyOnWriteArrayList<>();
		Subscription subscription = brama.subscribe(EventFilter.types(BramaEvent.Type.STATE_CHANGE),
				(event) -> history.add(event.timestamp() + " " + event.connection().identifier()));
		brama.circuit("payment-api").open(because("maintenance"));
		subscription.close();
		assertThat(history).containsExactly(ManualTime.START + " payment-api");
	}

	@Test
	void beansTakeTheirPlace() {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
			.web(WebApplicationType.NONE)
			.properties("spring.config.name=none", "brama.events.delivery=direct")
			.run()) {
			Circuit payments = context.getBean(Brama.class)
				.register("payment-api", (options) -> options.scope("partners"));
			failTenTimes(payments, new ConnectException());
			assertThat(payments.status().remainingOpenTime()).isLessThanOrEqualTo(Duration.ofSeconds(10));
			assertThat(context.getBean(AuditTrail.class).lines).singleElement().asString().contains("CLOSED -> OPEN");
		}
	}

	@Test
	void aMonitorConnectsAgainWhenTrialsBegin() {
		List<String> attempts = new ArrayList<>();
		WebSocket socket = mock();
		CompletableFuture<WebSocket> refused = CompletableFuture.failedFuture(new ConnectException("refused"));
		List<CompletableFuture<WebSocket>> answers = new ArrayList<>(
				List.of(CompletableFuture.completedFuture(socket), refused, refused, refused));
		TickerMonitor monitor = new TickerMonitor(this.brama, (listener) -> {
			attempts.add("attempt");
			return answers.remove(0);
		});
		Circuit ticker = this.brama.circuit("ticker");
		monitor.connect();
		assertThat(ticker.status().state()).isEqualTo(CircuitState.CLOSED);
		monitor.onError(socket, new ConnectException("reset"));
		assertThat(ticker.status().state()).isEqualTo(CircuitState.OPEN);
		assertThat(attempts).hasSize(3);
		answers.clear();
		answers.add(CompletableFuture.completedFuture(socket));
		this.time.advance(Duration.ofMinutes(1));
		assertThat(attempts).hasSize(4);
		assertThat(ticker.status().state()).isEqualTo(CircuitState.CLOSED);
	}

	/** Compiled, not run: there is no server. */
	static void connectForReal(Brama brama, HttpClient client, URI uri) {
		new TickerMonitor(brama, (listener) -> client.newWebSocketBuilder().buildAsync(uri, listener)).connect();
	}

	private static void failTenTimes(Circuit circuit, Exception problem) {
		for (int i = 0; i < 10; i++) {
			assertThatException().isThrownBy(() -> circuit.call(() -> {
				throw problem;
			})).isSameAs(problem);
		}
	}

	// @formatter:off
	static class LedgerErrors implements ErrorHandler {

		@Override
		public Outcome classify(Object result, Throwable error) {
			if (error instanceof LockedException locked) {
				return Outcome.failure("locked").tripNow().retryAfter(locked.remaining());
			}
			if (result instanceof Booking booking && booking.refused()) {
				return Outcome.ignored();
			}
			return ErrorHandler.DEFAULT.classify(result, error);
		}

	}
	// @formatter:on

	record Booking(boolean refused) {
	}

	@SuppressWarnings("serial")
	static final class LockedException extends RuntimeException {

		private final Duration remaining;

		LockedException(Duration remaining) {
			this.remaining = remaining;
		}

		Duration remaining() {
			return this.remaining;
		}

	}

	static final class AuditTrail {

		private final List<String> lines = new CopyOnWriteArrayList<>();

		void add(String line) {
			this.lines.add(line);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		AuditTrail auditTrail() {
			return new AuditTrail();
		}

		@Bean
		TransitionLog auditLog(AuditTrail trail) {
			return (level, line, fields) -> trail.add(line);
		}

		@Bean
		BramaBuilderCustomizer expiryOfPartners() {
			return (brama) -> brama.scope("partners", (options) -> options
				.expiryStrategy((opening) -> Duration.ofSeconds(10).multipliedBy(opening.number())));
		}

	}

}
