package io.brama.spring.actuate;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.brama.Brama;
import io.brama.CircuitState;
import io.brama.ConnectionId;
import io.brama.Mode;
import io.brama.TransitionCause;
import io.brama.spring.Connections;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.actuate.audit.AuditEvent;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Commands to the endpoint, as an operator gives them over HTTP.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = {
		"management.endpoints.web.exposure.include=brama", "management.endpoint.brama.access=unrestricted" })
class EndpointControlTests {

	@Autowired
	private Brama brama;

	@Autowired
	private AuditTrail audit;

	@LocalServerPort
	private int port;

	@AfterEach
	void forgetTheCircuits() {
		this.brama.all().forEach((circuit) -> this.brama.unregister(circuit.id()));
		this.audit.forget();
	}

	@Test
	void theEndpointSaysThatItTakesCommands() throws Exception {
		assertThat(send("GET", "", null).body().get("writable").asBoolean()).isTrue();
	}

	@Test
	void anOperatorOpensACircuitForATime() throws Exception {
		this.brama.circuit("payment-api");
		Answer answer = post("""
				{"identifier": "payment-api", "action": "open", "reason": "maintenance", "expiresIn": "1h"}""");
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.body().get("state").asString()).isEqualTo("OPEN");
		assertThat(answer.body().get("cause").asString()).isEqualTo(TransitionCause.OPERATOR.name());
		assertThat(answer.body().get("reason").asString()).isEqualTo("maintenance");
		assertThat(Duration.parse(answer.body().get("remainingOpenTime").asString())).isBetween(Duration.ofMinutes(59),
				Duration.ofHours(1));
	}

	@Test
	void anOperatorOpensACircuitUntilTheNextCommand() throws Exception {
		this.brama.circuit("payment-api");
		Answer answer = post("""
				{"identifier": "payment-api", "action": "OPEN", "expiresIn": "never"}""");
		assertThat(answer.body().get("state").asString()).isEqualTo("OPEN");
		assertThat(answer.body().has("remainingOpenTime")).isFalse();
		assertThat(answer.body().get("reason").asString()).isEqualTo("no reason given");
	}

	@Test
	void anOperatorClosesAndResetsACircuit() throws Exception {
		this.brama.circuit("payment-api").failure("down");
		post("""
				{"identifier": "payment-api", "action": "open"}""");
		assertThat(post("""
				{"identifier": "payment-api", "action": "close", "reason": "repaired"}""").body()
			.get("state")
			.asString()).isEqualTo("CLOSED");
		assertThat(post("""
				{"identifier": "payment-api", "action": "reset"}""").body().get("state").asString())
			.isEqualTo("UNKNOWN");
	}

	@Test
	void anOperatorSetsTheMode() throws Exception {
		this.brama.circuit("payment-api");
		Answer answer = post("""
				{"identifier": "payment-api", "action": "mode", "mode": "observe", "reason": "load test"}""");
		assertThat(answer.body().get("mode").asString()).isEqualTo("OBSERVE");
		assertThat(this.brama.circuit("payment-api").status().mode()).isEqualTo(Mode.OBSERVE);
	}

	@Test
	void anOperatorUnregistersAConnection() throws Exception {
		this.brama.circuit("payment-api");
		assertThat(send("DELETE", "?identifier=payment-api", null).status()).isEqualTo(204);
		assertThat(this.brama.all()).isEmpty();
		assertThat(send("DELETE", "?identifier=payment-api", null).status()).isEqualTo(404);
	}

	@Test
	@Tag("T65")
	void anUnknownConnectionIsNotFoundAndNotCreated() throws Exception {
		Answer answer = post("""
				{"identifier": "nobody", "action": "open"}""");
		assertThat(answer.status()).isEqualTo(404);
		assertThat(answer.body().get("message").asString()).isEqualTo("No connection is registered as 'nobody'");
		assertThat(send("GET", "/nobody", null).status()).isEqualTo(404);
		assertThat(this.brama.all()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					"action": "ajar"                          | action must be one of open, close, reset, mode, configure, was 'ajar'
					"action": "open", "expiresIn": "soon"     | expiresIn must be a time from 1ms to 36525d such as 1h, or never, was 'soon'
					"action": "open", "expiresIn": "-1s"      | expiresIn must be a time from 1ms to 36525d such as 1h, or never, was '-1s'
					"action": "open", "expiresIn": "40000d"   | expiresIn must be a time from 1ms to 36525d such as 1h, or never, was '40000d'
					"action": "close", "expiresIn": "1h"      | expiresIn goes with the action open only
					"action": "mode"                          | mode goes with the action mode, and with no other
					"action": "open", "mode": "off"           | mode goes with the action mode, and with no other
					"action": "mode", "mode": "sleepy"        | mode must be one of enforce, observe, off, was 'sleepy'
					"action": "configure"                     | config goes with the action configure, and with no other
					"action": "open", "config": {"jitter": 0} | config goes with the action configure, and with no other
					"action": "configure", "config": {}       | config must be an object that names at least one option
					"action": "configure", "config": "x"      | config must be an object that names at least one option
					""")
	@Tag("T65")
	void nonsenseIsABadRequestThatSaysWhy(String facts, String message) throws Exception {
		this.brama.circuit("payment-api");
		Answer answer = post("{\"identifier\": \"payment-api\", " + facts + "}");
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.text()).contains(message);
		assertThat(this.brama.circuit("payment-api").status().state()).isEqualTo(CircuitState.UNKNOWN);
		assertThat(this.audit.events()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					{"max-attempt": 5}                     | Option 'max-attempt' does not exist, or cannot be changed at run time. Did you mean max-attempts?
					{"trial-calls": 5}                     | Did you mean half-open.trial-calls?
					{"half-open": {"trail-calls": 5}}      | Did you mean half-open.trial-calls?
					{"scope": "other"}                     | Option 'scope' does not exist, or cannot be changed at run time.
					{"": 5}                                | Option '' does not exist
					{"max-attempts": 0}                    | max-attempts of connection 'payment-api' must be between 1 and 1000000, was 0
					{"max-attempts": "many"}               | Property max-attempts is not valid: must be a whole number from 1 to 1000000 or off, was 'many'
					{"max-attempts": 5.7}                  | Property max-attempts is not valid: must be a whole number from 1 to 1000000 or off, was '5.7'
					{"max-attempts": null}                 | Option max-attempts must have a value, was null
					{"max-attempts": ""}                   | Option max-attempts must have a value, was ''
					{"half-open": {"trial-calls": "many"}} | Option half-open.trial-calls must be a whole number, was 'many'
					{"half-open": {"trial-calls": ""}}     | Option half-open.trial-calls must have a value, was ''
					{"max-attempts": "off"}                | max-attempts of connection 'payment-api' must be between 1 and 1000000 where neither
					{"expiry": ""}                         | Option expiry must have a value, was ''
					{"jitter": "some"}                     | Option jitter must be a number, was 'some'
					{"expiry": "soon"}                     | Option expiry must be a time such as 500ms or 30s, was 'soon'
					{"expiry-strategy": "cubic"}           | Option expiry-strategy must be one of fixed, progressive, was 'cubic'
					{"ignore-exceptions": ["no.Such"]}     | Option ignore-exceptions must be the names of exception classes, was 'no.Such'
					{"ignore-exceptions": ["java.io.File"]} | Property ignore-exceptions is not valid: must be classes of exceptions, was java.io.File
					{"failure-rate": {"threshold": " "}}   | Option failure-rate.threshold must have a value, was ' '
					{"failure-rate": {"threshold": "all"}} | must be a percentage from 0.0001% to 100%, such as 50%, was 'all'
					{"max-attempts": 5, "maxAttempts": 6}  | Option max-attempts must be named once only
					{"max-attempts": 5, "half-open": {"successes-to-close": 2}} | successes-to-close of connection 'payment-api' must be between 1 and its 1 trial-calls, was 2
					""")
	@Tag("T65")
	void optionsThatMakeNoSenseChangeNothing(String config, String message) throws Exception {
		this.brama.circuit("payment-api");
		Answer answer = post("""
				{"identifier": "payment-api", "action": "configure", "config": %s}""".formatted(config));
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.body().get("message").asString()).contains(message);
		assertThat(this.brama.circuit("payment-api").status().config().maxAttempts()).isEqualTo(10);
		assertThat(this.audit.events()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"half-open.trial-calls\": 2}", "{\"halfOpen\": {\"trialCalls\": \"2\"}}",
			"{\"half-open\": {\"trial-calls\": 2}}", "\"{\\\"half-open.trial-calls\\\": 2}\"" })
	void optionsCanBeWrittenAsInAConfigurationFile(String config) throws Exception {
		this.brama.circuit("payment-api");
		Answer answer = post("""
				{"identifier": "payment-api", "action": "configure", "config": %s}""".formatted(config));
		assertThat(answer.status()).as(answer.text()).isEqualTo(200);
		assertThat(this.brama.circuit("payment-api").status().config().trialCalls()).isEqualTo(2);
	}

	@Test
	void failuresInARowNeedNotOpenACircuitThatHasARate() throws Exception {
		this.brama.circuit("payment-api");
		Answer answer = post("""
				{"identifier": "payment-api", "action": "configure",
				"config": {"max-attempts": "off", "failure-rate": {"threshold": "50%"}}}""");
		assertThat(answer.status()).as(answer.text()).isEqualTo(200);
		assertThat(answer.body().at("/config/max-attempts/value").asString()).isEqualTo("off");
		assertThat(answer.body().has("maxAttempts")).isFalse();
	}

	@Test
	void everyOptionOfACircuitCanBeSet() throws Exception {
		this.brama.circuit("payment-api");
		Answer answer = post(
				"""
						{"identifier": "payment-api", "action": "configure", "config": {"max-attempts": 3, "expiry": "5s",
						"expiry-strategy": "progressive", "initial-expiry": "1s", "max-expiry": "8s", "backoff-factor": 3,
						"backoff-reset-after": "9s", "jitter": 0.5, "max-retry-after": "10s", "critical": true, "mode": "observe",
						"half-open": {"trial-calls": 4, "successes-to-close": 2, "trial-timeout": "11s"},
						"failure-rate": {"threshold": "40%", "window": "30s", "minimum-calls": 7},
						"slow-calls": {"duration": "2s", "threshold": 60},
						"ignore-exceptions": ["java.io.IOException"],
						"record-exceptions": ["java.lang.RuntimeException", "java.lang.Error"]}}""");
		assertThat(answer.status()).as(answer.text()).isEqualTo(200);
		assertThat(answer.body().get("config").propertyStream())
			.allSatisfy((option) -> assertThat(option.getValue().get("origin").asString()).as(option.getKey())
				.isEqualTo("command (no reason given)"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					{}                                                                     | identifier must be that of a registered connection, as GET lists them; it is missing
					``                                                                     | identifier must be that of a registered connection, as GET lists them; it is missing
					{"identifier": "", "action": "open"}                                   | identifier must be that of a registered connection, as GET lists them; it is missing
					{"action": "open"}                                                     | identifier must be that of a registered connection, as GET lists them; it is missing
					{"identifier": "payment-api"}                                          | action must be one of open, close, reset, mode, configure; it is missing
					{"identifier": "payment-api", "action": null}                          | action must be one of open, close, reset, mode, configure; it is missing
					[]                                                                     | A command must be a JSON object such as
					not json                                                               | A command must be a JSON object such as
					{"fault": "of the client's making"}                                    | A command must be a JSON object such as
					{"identifier": ["payment-api"], "action": "open"}                      | Only config may be an object in a command; all else must be texts
					{"identifier": "payment-api", "action": "open", "reason": {"a": 1}}    | Only config may be an object in a command; all else must be texts
					{"identifier": "payment-api", "action": "configure", "config": [1]}    | config must be an object that names at least one option
					{"identifier": "payment-api", "action": "configure", "config": 5}      | config must be an object that names at least one option
					{"identifier": "payment-api", "action": "configure", "config": true}   | config must be an object that names at least one option
					""")
	@Tag("T65")
	void whatLacksSomethingIsABadRequestThatSaysWhat(String body, String message) throws Exception {
		this.brama.circuit("payment-api");
		Answer answer = post(body);
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.body().get("message").asString()).startsWith(message);
		assertThat(this.audit.events()).isEmpty();
	}

	@Test
	void whoUnregistersNothingIsToldWhatIsMissing() throws Exception {
		Answer answer = send("DELETE", "", null);
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.body().get("message").asString()).startsWith("identifier must be that of a registered");
	}

	@Test
	void anIdentifierOfSeveralConnectionsIsAConflictThatNamesThem() throws Exception {
		this.brama.circuit(ConnectionId.of("payment-api").withScope("payments"));
		this.brama.circuit(ConnectionId.of("payment-api").withScope("refunds"));
		Answer answer = post("""
				{"identifier": "payment-api", "action": "open"}""");
		assertThat(answer.status()).isEqualTo(409);
		assertThat(answer.body().get("candidates")).hasSize(2);
		assertThat(send("DELETE", "?identifier=payment-api", null).status()).isEqualTo(409);
		assertThat(post("""
				{"identifier": "payment-api", "scope": "refunds", "action": "open"}""").status()).isEqualTo(200);
		assertThat(this.brama.isScopeAvailable("payments")).isTrue();
		assertThat(this.brama.isScopeAvailable("refunds")).isFalse();
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "with/slash", "back\\slash", "line\nbreak", "<b onclick=\"alert(1)\">", "支払い", "\"quoted\"" })
	void everyNameCanBeSteered(String name) throws Exception {
		this.brama.circuit(name);
		String quoted = new JsonMapper().writeValueAsString(name);
		assertThat(post("{\"identifier\": " + quoted + ", \"action\": \"open\"}").status()).isEqualTo(200);
		assertThat(this.brama.circuit(name).status().state()).isEqualTo(CircuitState.OPEN);
		String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8);
		assertThat(send("DELETE", "?identifier=" + encoded, null).status()).isEqualTo(204);
	}

	@Test
	void eachCommandIsAudited() throws Exception {
		this.brama.circuit("payment-api");
		post("""
				{"identifier": "payment-api", "action": "open", "reason": "maintenance", "expiresIn": "1h"}""");
		send("DELETE", "?identifier=payment-api", null);
		assertThat(this.audit.events()).extracting(AuditEvent::getType)
			.containsExactly("BRAMA_CONTROL", "BRAMA_UNREGISTER");
		assertThat(this.audit.events().get(0).getData()).containsEntry("identifier", "payment-api")
			.containsEntry("action", "open")
			.containsEntry("reason", "maintenance")
			.containsEntry("expiresIn", "1h");
	}

	private Answer post(String body) throws IOException, InterruptedException {
		return send("POST", "", body);
	}

	private Answer send(String method, String rest, String body) throws IOException, InterruptedException {
		URI address = URI.create("http://localhost:" + this.port + "/actuator/brama" + rest);
		HttpRequest request = HttpRequest.newBuilder(address)
			.header("Content-Type", "application/json")
			.method(method,
					(body != null) ? HttpRequest.BodyPublishers.ofString(body) : HttpRequest.BodyPublishers.noBody())
			.build();
		HttpResponse<String> response = Connections.fresh().send(request, HttpResponse.BodyHandlers.ofString());
		String text = response.body();
		return new Answer(response.statusCode(), text, text.startsWith("{") ? new JsonMapper().readTree(text) : null);
	}

	private record Answer(int status, String text, JsonNode body) {
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(AuditTrail.class)
	static class Shop {

	}

}
