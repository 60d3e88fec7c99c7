package io.brama.spring.actuate;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.brama.Brama;
import io.brama.Circuit;
import io.brama.ConnectionId;
import io.brama.spring.Connections;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Configuration;

import static io.brama.Command.because;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The endpoint as an operator sees it over HTTP, on Spring MVC.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "management.endpoints.web.exposure.include=brama", "spring.application.name=shop",
				"spring.jackson.default-property-inclusion=always",
				"spring.jackson.property-naming-strategy=SNAKE_CASE", "brama.max-attempts=2",
				"brama.connections.payment-api.metadata.owner=team-a" })
class EndpointTests {

	@Autowired
	private Brama brama;

	@LocalServerPort
	private int port;

	@AfterEach
	void forgetTheCircuits() {
		this.brama.all().forEach((circuit) -> this.brama.unregister(circuit.id()));
	}

	@Test
	void allConnectionsAreShownInOrder() throws Exception {
		this.brama.circuit("payment-api").success();
		this.brama.circuit("inventory");
		Instant before = Instant.now();
		JsonNode all = get("").body();
		assertThat(all.get("application").asString()).isEqualTo("shop");
		assertThat(Instant.parse(all.get("at").asString())).isBetween(before, Instant.now());
		assertThat(all.get("writable").isBoolean()).isTrue();
		assertThat(all.get("writable").asBoolean()).isFalse();
		assertThat(all.get("counts").propertyNames()).containsExactlyInAnyOrder("UNKNOWN", "CLOSED");
		assertThat(all.get("counts").get("CLOSED").isIntegralNumber()).isTrue();
		assertThat(identifiers(all)).containsExactly("inventory", "payment-api");
	}

	@Test
	void aFreshConnectionHasNothingToTellAndSaysSo() throws Exception {
		this.brama.circuit("payment-api");
		JsonNode connection = get("/payment-api").body();
		assertThat(connection.get("state").asString()).isEqualTo("UNKNOWN");
		assertThat(connection.get("mode").asString()).isEqualTo("ENFORCE");
		assertThat(connection.get("type").asString()).isEqualTo("general");
		assertThat(connection.get("metadata").get("owner").asString()).isEqualTo("team-a");
		assertThat(connection.propertyNames()).doesNotContain("scope", "reason", "actor", "failureRate", "slowCallRate",
				"lastFailure", "lastSuccessAt", "openedAt", "remainingOpenTime", "window", "trials", "guardedMethods",
				"detail");
		assertThat(connection.get("calls").propertyNames()).doesNotContain("successRate");
		assertThat(connection.get("config").get("max-attempts").get("value").asInt()).isEqualTo(2);
		assertThat(connection.get("config").get("max-attempts").get("origin").asString()).isEqualTo("defaults");
		assertThat(connection.get("config").get("jitter").get("origin").asString()).isEqualTo("built-in");
	}

	@Test
	void numbersAreNumbersAndTimesAreIso() throws Exception {
		Circuit circuit = this.brama.circuit("payment-api");
		circuit.success();
		circuit.failure("no answer");
		circuit.failure("no answer at all");
		circuit.tryAcquire();
		JsonNode connection = get("/payment-api").body();
		assertThat(connection.get("state").asString()).isEqualTo("OPEN");
		assertThat(connection.get("cause").asString()).isEqualTo("CONSECUTIVE_FAILURES");
		assertThat(connection.get("reason").asString()).isEqualTo("no answer at all");
		assertThat(connection.get("failureCount").isInt()).isTrue();
		assertThat(connection.get("failureCount").asInt()).isEqualTo(2);
		assertThat(connection.get("consecutiveOpenings").asInt()).isEqualTo(1);
		assertThat(connection.get("calls").get("failure").isIntegralNumber()).isTrue();
		assertThat(connection.get("calls").get("failure").asInt()).isEqualTo(2);
		assertThat(connection.get("calls").get("rejected").asInt()).isEqualTo(1);
		assertThat(connection.get("calls").get("successRate").isFloatingPointNumber()).isTrue();
		assertThat(Duration.parse(connection.get("remainingOpenTime").asString())).isPositive()
			.isLessThanOrEqualTo(Duration.ofSeconds(60));
		assertThat(Duration.parse(connection.get("timeInState").asString())).isPositive();
		assertThat(Instant.parse(connection.get("openedAt").asString())).isBeforeOrEqualTo(Instant.now());
		assertThat(Instant.parse(connection.get("since").asString())).isBeforeOrEqualTo(Instant.now());
		assertThat(Instant.parse(connection.get("lastFailure").get("at").asString())).isNotNull();
		assertThat(Instant.parse(connection.get("lastSuccessAt").asString())).isNotNull();
		assertThat(connection.get("config").get("expiry").get("value").asString()).isEqualTo("PT1M");
		assertThat(connection.get("config").get("backoff-factor").get("value").isNumber()).isTrue();
		assertThat(connection.get("config").get("mode").get("value").asString()).isEqualTo("enforce");
	}

	@Test
	void aCircuitThatIsOpenUntilToldOtherwiseHasNoRemainingTime() throws Exception {
		this.brama.circuit("payment-api").open(because("maintenance").untilToldOtherwise().by("ops"));
		JsonNode connection = get("/payment-api").body();
		assertThat(connection.get("actor").asString()).isEqualTo("ops");
		assertThat(connection.get("reason").asString()).isEqualTo("maintenance");
		assertThat(connection.has("openedAt")).isTrue();
		assertThat(connection.has("remainingOpenTime")).isFalse();
	}

	@Test
	void filtersSelect() throws Exception {
		this.brama.circuit(new ConnectionId("payment-api", "http", "payments")).failure("no answer");
		this.brama.circuit(new ConnectionId("payment-api", "general", "refunds")).open(because("maintenance"));
		this.brama.circuit("inventory");
		assertThat(identifiers(get("?identifier=payment-api").body())).hasSize(2);
		assertThat(identifiers(get("?scope=payments").body())).containsExactly("payment-api");
		assertThat(identifiers(get("?type=http").body())).containsExactly("payment-api");
		assertThat(identifiers(get("?state=UNKNOWN").body())).containsExactly("inventory");
		assertThat(identifiers(get("?state=open&scope=refunds").body())).containsExactly("payment-api");
		assertThat(identifiers(get("?state=half-open").body())).isEmpty();
		assertThat(get("?state=open").body().get("counts").propertyNames()).containsExactly("OPEN");
		assertThat(identifiers(get("?identifier=nobody").body())).isEmpty();
	}

	@Test
	void anUnknownStateIsABadRequest() throws Exception {
		Answer answer = get("?state=ajar");
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.body().get("message").asString())
			.isEqualTo("state must be one of [UNKNOWN, CLOSED, OPEN, HALF_OPEN]");
		assertThat(get("?state=").status()).isEqualTo(400);
	}

	@Test
	void commandsAreRefusedUnlessAccessIsUnrestricted() throws Exception {
		this.brama.circuit("payment-api");
		for (String method : List.of("POST", "DELETE")) {
			HttpRequest request = HttpRequest.newBuilder(address("?identifier=payment-api"))
				.header("Content-Type", "application/json")
				.method(method, HttpRequest.BodyPublishers.ofString("""
						{"identifier": "payment-api", "action": "open"}"""))
				.build();
			assertThat(Connections.fresh().send(request, HttpResponse.BodyHandlers.discarding()).statusCode())
				.isEqualTo(405);
		}
		assertThat(this.brama.isAvailable("payment-api")).isTrue();
	}

	@Test
	@Tag("T65")
	void anUnknownConnectionIsNotFoundAndNotCreated() throws Exception {
		assertThat(get("/nobody").status()).isEqualTo(404);
		assertThat(get("/nobody?scope=payments").status()).isEqualTo(404);
		this.brama.circuit("payment-api");
		assertThat(get("/payment-api?scope=payments").status()).isEqualTo(404);
		assertThat(get("/%20").status()).isEqualTo(404);
		assertThat(this.brama.all()).hasSize(1);
	}

	@Test
	void anIdentifierOfSeveralConnectionsIsAConflictThatNamesThem() throws Exception {
		this.brama.circuit(new ConnectionId("payment-api", "general", "payments"));
		this.brama.circuit(new ConnectionId("payment-api", "general", "refunds"));
		Answer answer = get("/payment-api");
		assertThat(answer.status()).isEqualTo(409);
		assertThat(answer.body().get("message").asString()).contains("scope or type");
		assertThat(answer.body().get("candidates").get(0).get("type").asString()).isEqualTo("general");
		assertThat(answer.body().get("candidates")).extracting((candidate) -> candidate.get("scope").asString())
			.containsExactly("payments", "refunds");
		Answer one = get("/payment-api?scope=refunds");
		assertThat(one.status()).isEqualTo(200);
		assertThat(one.body().get("scope").asString()).isEqualTo("refunds");
	}

	@ParameterizedTest
	@ValueSource(strings = { "two words", "dotted.name", "\"quoted\"", "it's", "<b onclick=\"alert(1)\">&amp;", "größe",
			"支払い", "a+b", "100%", "?x=1#y", "[bank.*]", "{id}" })
	void everyNameCanBeAskedFor(String name) throws Exception {
		this.brama.circuit(name);
		Answer one = get("/" + encoded(name));
		assertThat(one.status()).isEqualTo(200);
		assertThat(one.body().get("identifier").asString()).isEqualTo(name);
		assertThat(identifiers(get("?identifier=" + encoded(name)).body())).containsExactly(name);
	}

	@ParameterizedTest
	@ValueSource(strings = { "with/slash", "back\\slash", "semi;colon", "line\nbreak" })
	void namesThatNoPathCarriesCanBeAskedForInTheQuery(String name) throws Exception {
		this.brama.circuit(name);
		assertThat(identifiers(get("?identifier=" + encoded(name)).body())).containsExactly(name);
	}

	@Test
	void theAnswerIsJsonWhateverTheNames() throws Exception {
		this.brama.circuit("<script>");
		HttpResponse<String> answer = send("/" + encoded("<script>"));
		assertThat(answer.headers().firstValue("content-type"))
			.hasValueSatisfying((type) -> assertThat(type).startsWith("application/").contains("json"));
	}

	private static List<String> identifiers(JsonNode all) {
		return all.get("connections")
			.valueStream()
			.map((connection) -> connection.get("identifier").asString())
			.toList();
	}

	private static String encoded(String name) {
		return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
	}

	private Answer get(String rest) throws IOException, InterruptedException {
		HttpResponse<String> response = send(rest);
		String body = response.body();
		return new Answer(response.statusCode(), body.startsWith("{") ? new JsonMapper().readTree(body) : null);
	}

	private HttpResponse<String> send(String rest) throws IOException, InterruptedException {
		return Connections.fresh()
			.send(HttpRequest.newBuilder(address(rest)).build(), HttpResponse.BodyHandlers.ofString());
	}

	private URI address(String rest) {
		return URI.create("http://localhost:" + this.port + "/actuator/brama" + rest);
	}

	private record Answer(int status, JsonNode body) {
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Shop {

	}

}
