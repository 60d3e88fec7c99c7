package io.brama.spring.actuate;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.test.context.SpringBootTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What exceptions and error handlers say is shown once that is allowed.
 */
@SpringBootTest(classes = Blabbing.Application.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "management.endpoints.web.exposure.include=brama", "brama.actuator.show-messages=true" })
class ShownMessagesTests extends Blabbing {

	@Test
	void messagesAreShownOnceThatIsAllowed() throws Exception {
		JsonNode reported = this.operator.get("/reported").body();
		assertThat(reported.get("reason").asString()).isEqualTo(SECRET);
		assertThat(reported.get("lastTransitions").get(0).get("reason").asString()).isEqualTo(SECRET);
		assertThat(reported.get("lastFailure").get("message").asString()).isEqualTo(SECRET);
		assertThat(reported.get("lastFailures").get(0).get("message").asString()).isEqualTo(SECRET);
	}

	@Test
	void longMessagesAreCutBetweenCharacters() throws Exception {
		this.brama.circuit("talkative").failure("x".repeat(199) + "😀" + "y".repeat(1000));
		JsonNode failure = this.operator.get("/talkative").body().get("lastFailure");
		assertThat(failure.get("message").asString()).isEqualTo("x".repeat(199) + "…");
	}

}
