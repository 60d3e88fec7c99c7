package io.brama.spring.actuate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.brama.Circuit;
import io.brama.Outcome;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.test.context.SpringBootTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What exceptions say is nobody's business, what is said of them is everybody's.
 */
@SpringBootTest(classes = Blabbing.Application.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "management.endpoints.web.exposure.include=brama",
				"management.endpoint.brama.access=unrestricted" })
class SecretTests extends Blabbing {

	@Test
	void noAnswerHasASecret() throws Exception {
		assertThat(this.circuits)
			.allSatisfy((circuit) -> assertThat(circuit.status().lastFailureReason()).contains(SECRET));
		List<String> answers = new ArrayList<>(List.of(this.operator.get("").text()));
		for (Circuit circuit : this.circuits) {
			String identifier = circuit.id().identifier();
			answers.add(this.operator.get("/" + identifier).text());
			answers.add(this.operator.get("?identifier=" + identifier).text());
			for (Map<String, ?> command : commands(identifier)) {
				answers.add(this.operator.post(command).text());
			}
		}
		assertThat(answers).hasSize(1 + this.circuits.size() * 9)
			.allSatisfy((answer) -> assertThat(answer).contains("\"at\":").doesNotContain("s3cr3t"));
	}

	private List<Map<String, ?>> commands(String identifier) {
		return List.of(Map.of("identifier", identifier, "action", "mode", "mode", "observe"),
				Map.of("identifier", identifier, "action", "mode", "mode", "enforce"),
				Map.of("identifier", identifier, "action", "configure", "config", Map.of("max-attempts", 3)),
				Map.of("identifier", identifier, "action", "open"), Map.of("identifier", identifier, "action", "close"),
				Map.of("identifier", identifier, "action", "open", "expiresIn", "1h"),
				Map.of("identifier", identifier, "action", "reset"));
	}

	@Test
	void theTypeOfTheExceptionIsShownAllTheSame() throws Exception {
		JsonNode thrown = this.operator.get("/closed").body();
		assertThat(thrown.get("lastFailure").get("errorType").asString()).isEqualTo("java.io.IOException");
		assertThat(thrown.get("lastFailures").get(0).get("errorType").asString()).isEqualTo("java.io.IOException");
		assertThat(thrown.get("lastFailure").has("message")).isFalse();
	}

	@Test
	void whatBramaItselfSaysOfARateIsShown() throws Exception {
		JsonNode open = this.operator.get("/rated").body();
		assertThat(open.get("cause").asString()).isEqualTo("FAILURE_RATE");
		assertThat(open.get("reason").asString()).isEqualTo("1 of 2 calls failed");
		assertThat(open.get("lastTransitions").get(0).get("reason").asString()).isEqualTo("1 of 2 calls failed");
	}

	@Test
	void whatAHandlerSaysInItsOwnWordsIsShown() throws Exception {
		Circuit circuit = this.brama.register("busy", (options) -> options.maxAttempts(1));
		fail(circuit, (result, error) -> Outcome.failure("503 Service Unavailable"));
		assertThatTheWordsAreShown("/busy", "503 Service Unavailable");
	}

	@Test
	void whatWasReportedWithoutAnExceptionIsShown() throws Exception {
		this.brama.register("reported", (options) -> options.maxAttempts(1)).failure("429 Too Many Requests");
		assertThatTheWordsAreShown("/reported", "429 Too Many Requests");
	}

	private void assertThatTheWordsAreShown(String path, String words) throws Exception {
		JsonNode open = this.operator.get(path).body();
		assertThat(open.get("reason").asString()).isEqualTo(words);
		assertThat(open.get("lastTransitions").get(0).get("reason").asString()).isEqualTo(words);
		assertThat(open.get("lastFailure").get("message").asString()).isEqualTo(words);
		assertThat(open.get("lastFailures").get(0).get("message").asString()).isEqualTo(words);
	}

	@Test
	void whatAnOperatorSaysIsShown() throws Exception {
		JsonNode open = this.operator.post(Map.of("identifier", "closed", "action", "open", "reason", "maintenance"))
			.body();
		assertThat(open.get("reason").asString()).isEqualTo("maintenance");
		assertThat(open.get("lastTransitions").get(0).get("reason").asString()).isEqualTo("maintenance");
	}

}
