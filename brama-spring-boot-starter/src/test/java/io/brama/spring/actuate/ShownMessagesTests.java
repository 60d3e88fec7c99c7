package io.brama.spring.actuate;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.test.context.SpringBootTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What exceptions say is shown once that is allowed.
 */
@SpringBootTest(classes = Blabbing.Application.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "management.endpoints.web.exposure.include=brama", "brama.actuator.show-messages=true" })
class ShownMessagesTests extends Blabbing {

	@Test
	void messagesAreShownOnceThatIsAllowed() throws Exception {
		JsonNode repeated = this.operator.get("/repeated").body();
		String words = "pay: " + SECRET + "!";
		assertThat(repeated.get("reason").asString()).isEqualTo(words);
		assertThat(repeated.get("lastTransitions").get(0).get("reason").asString()).isEqualTo(words);
		assertThat(repeated.get("lastFailure").get("message").asString()).isEqualTo(words);
		assertThat(repeated.get("lastFailures").get(0).get("message").asString()).isEqualTo(words);
	}

	@Test
	void longMessagesAreCutBetweenCharacters() throws Exception {
		this.brama.circuit("talkative").failure("x".repeat(199) + "😀" + "y".repeat(1000));
		JsonNode failure = this.operator.get("/talkative").body().get("lastFailure");
		assertThat(failure.get("message").asString()).isEqualTo("x".repeat(199) + "…");
	}

}
