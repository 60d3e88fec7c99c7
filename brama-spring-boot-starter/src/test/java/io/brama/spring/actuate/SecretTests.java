package io.brama.spring.actuate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.brama.Circuit;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.test.context.SpringBootTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What exceptions and error handlers say is nobody's business.
 */
@SpringBootTest(classes = Blabbing.Application.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "management.endpoints.web.exposure.include=brama",
				"management.endpoint.brama.access=unrestricted" })
class SecretTests extends Blabbing {

	@Test
	void noAnswerHasASecret() throws Exception {
		assertThat(this.circuits)
			.allSatisfy((circuit) -> assertThat(circuit.status().lastFailureReason()).isEqualTo(SECRET));
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
	void whatAnOperatorSaysIsShown() throws Exception {
		JsonNode open = this.operator.post(Map.of("identifier", "closed", "action", "open", "reason", "maintenance"))
			.body();
		assertThat(open.get("reason").asString()).isEqualTo("maintenance");
		assertThat(open.get("lastTransitions").get(0).get("reason").asString()).isEqualTo("maintenance");
	}

}
