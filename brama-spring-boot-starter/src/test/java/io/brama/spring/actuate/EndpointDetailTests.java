package io.brama.spring.actuate;

import java.io.IOException;
import java.util.List;

import io.brama.Brama;
import io.brama.Circuit;
import io.brama.ConnectionId;
import io.brama.Mode;
import io.brama.Outcome;
import io.brama.Permit;
import io.brama.spring.annotation.CircuitBreaker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static io.brama.Command.because;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is shown of a connection in a list, and what in detail.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "management.endpoints.web.exposure.include=brama", "brama.connections.rated.max-attempts=9",
				"brama.connections.rated.failure-rate.threshold=75%",
				"brama.connections.rated.failure-rate.minimum-calls=4",
				"brama.connections.rated.slow-calls.duration=2s", "brama.connections.tried.half-open.trial-calls=3",
				"brama.connections.tried.half-open.successes-to-close=2" })
class EndpointDetailTests {

	private static final String[] DETAILS = { "lastTransitions", "lastFailures", "config" };

	@Autowired
	private Brama brama;

	@LocalServerPort
	private int port;

	private Operator operator;

	@BeforeEach
	void connect() {
		this.operator = Operator.at(this.port);
	}

	@AfterEach
	void forgetWhatTheTestMade() {
		this.brama.all().stream().map(Circuit::id).filter((id) -> id.scope() == null).forEach(this.brama::unregister);
	}

	@Test
	void aListHasNoDetails() throws Exception {
		this.brama.circuit("plain").failure("down");
		JsonNode one = named("plain", this.operator.get("").body());
		assertThat(one.propertyNames()).contains("lastFailure", "calls", "metadata").doesNotContain(DETAILS);
	}

	@Test
	void oneConnectionHasDetailsHoweverItIsAskedFor() throws Exception {
		this.brama.circuit("plain").failure("down");
		assertThat(this.operator.get("/plain").body().propertyNames()).contains(DETAILS);
		JsonNode list = this.operator.get("?identifier=plain").body();
		assertThat(list.get("connections").get(0).propertyNames()).contains(DETAILS);
	}

	@Test
	void theWindowIsShownWithTheRatesThatOpenTheCircuit() throws Exception {
		Circuit rated = this.brama.circuit("rated");
		rated.failure("down");
		JsonNode few = this.operator.get("/rated").body();
		assertThat(few.get("maxAttempts").asInt()).isEqualTo(9);
		assertThat(few.get("window").propertyNames()).containsExactlyInAnyOrder("calls", "minimumCalls", "failures",
				"slow", "failureThreshold", "slowCallThreshold");
		assertThat(few.get("window").get("calls").asInt()).isEqualTo(1);
		assertThat(few.get("window").get("minimumCalls").asInt()).isEqualTo(4);
		for (int i = 0; i < 3; i++) {
			rated.success();
		}
		JsonNode window = this.operator.get("/rated").body().get("window");
		assertThat(window.get("failureRate").asDouble()).isEqualTo(0.25);
		assertThat(window.get("failureThreshold").asDouble()).isEqualTo(0.75);
		assertThat(window.get("slowCallRate").asDouble()).isZero();
		assertThat(window.get("slowCallThreshold").asDouble()).isEqualTo(0.8);
	}

	@Test
	void theTrialsAreShownWhileTheyGoOn() throws Exception {
		Circuit tried = this.brama.circuit("tried");
		tried.halfOpen(because("a look"));
		tried.success();
		try (Permit trial = tried.acquire()) {
			JsonNode trials = this.operator.get("/tried").body().get("trials");
			assertThat(trials)
				.hasToString("{\"permitted\":3,\"needed\":2,\"succeeded\":1,\"failed\":0,\"inFlight\":1}");
			trial.success();
		}
		assertThat(this.operator.get("/tried").body().has("trials")).isFalse();
	}

	@Test
	void aHalfOpenCircuitSaysWhyItOpened() throws Exception {
		Circuit tried = this.brama.circuit("tried");
		tried.report(Outcome.failure("503 Service Unavailable").tripNow());
		assertThat(this.operator.get("/tried").body().has("opening")).isFalse();
		tried.halfOpen(because("a look"));
		tried.mode(Mode.OBSERVE, because("a test"));
		JsonNode opening = this.operator.get("?identifier=tried").body().get("connections").get(0).get("opening");
		assertThat(opening.get("cause").asString()).isEqualTo("FAILURE_TRIPPED");
		assertThat(opening.get("reason").asString()).isEqualTo("503 Service Unavailable");
		assertThat(opening.get("next").asString()).isEqualTo("OPEN");
	}

	@Test
	void aHalfOpenCircuitDoesNotRepeatWhatTheExceptionSaidThatOpenedIt() throws Exception {
		Circuit tried = this.brama.circuit("tried");
		try (Permit permit = tried.acquire()) {
			permit.settle(permit.classify(null, new IllegalStateException("s3cr3t"),
					(result, error) -> Outcome.failure("pay: s3cr3t").tripNow()));
		}
		tried.halfOpen(because("a look"));
		JsonNode opening = this.operator.get("/tried").body().get("opening");
		assertThat(opening.has("reason")).isFalse();
		assertThat(opening.get("errorType").asString()).isEqualTo("java.lang.IllegalStateException");
	}

	@Test
	void trialsOfAClosedCircuitFollowNoOpening() throws Exception {
		Circuit tried = this.brama.circuit("tried");
		tried.open(because("maintenance"));
		tried.close(because("done"));
		tried.halfOpen(because("a look"));
		assertThat(this.operator.get("/tried").body().has("opening")).isFalse();
	}

	@Test
	void theHistoryIsToldFromTheEnd() throws Exception {
		Circuit plain = this.brama.circuit("plain");
		plain.failure("first");
		plain.open(because("maintenance").untilToldOtherwise().by("ops"));
		plain.close(because("done"));
		JsonNode connection = this.operator.get("/plain").body();
		JsonNode transitions = connection.get("lastTransitions");
		assertThat(transitions).extracting((move) -> move.get("next").asString()).containsExactly("CLOSED", "OPEN");
		assertThat(transitions.get(1).propertyNames()).containsExactly("at", "previous", "next", "cause", "reason",
				"actor", "failureCount");
		assertThat(transitions.get(1).get("actor").asString()).isEqualTo("ops");
		assertThat(transitions.get(1).get("failureCount").asInt()).isEqualTo(1);
		assertThat(connection.get("lastFailures")).hasSize(1);
	}

	@Test
	void annotatedMethodsAreNamedWithTheirConnection() throws Exception {
		JsonNode methods = this.operator.get("/payment-api").body().get("guardedMethods");
		String shop = Payments.class.getName();
		assertThat(methods).extracting(JsonNode::asString)
			.containsExactly(shop + ".pay(Order)", shop + ".refund(Order, int)");
	}

	@Test
	void aConnectionThatNoMethodNamesHasNone() throws Exception {
		this.brama.circuit("plain");
		assertThat(this.operator.get("/plain").body().has("guardedMethods")).isFalse();
		ConnectionId namesake = ConnectionId.of("payment-api");
		this.brama.circuit(namesake);
		assertThat(this.operator.get("/payment-api?scope=").body().has("guardedMethods")).isFalse();
	}

	private static JsonNode named(String identifier, JsonNode all) {
		return all.get("connections")
			.valueStream()
			.filter((connection) -> connection.get("identifier").asString().equals(identifier))
			.findAny()
			.orElseThrow();
	}

	record Order(String item) {
	}

	static class Payments {

		@CircuitBreaker(identifier = "payment-api", scope = "payments")
		void refund(Order order, int amount) throws IOException {
			throw new IOException("no answer about " + order + " and " + amount);
		}

		@CircuitBreaker(identifier = "payment-api", scope = "payments")
		List<Order> pay(Order order) {
			return List.of(order);
		}

		@CircuitBreaker(identifier = "bank-#{#bank}", scope = "payments")
		String transfer(String bank) {
			return bank;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Shop {

		@Bean
		Payments payments() {
			return new Payments();
		}

	}

}
