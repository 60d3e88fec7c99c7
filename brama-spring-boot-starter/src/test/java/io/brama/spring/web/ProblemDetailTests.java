package io.brama.spring.web;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

import io.brama.Brama;
import io.brama.Circuit;
import io.brama.spring.Connections;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
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
import org.springframework.context.annotation.Import;

import static io.brama.Command.because;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a client gets whose request met an open circuit, from real servers.
 */
class ProblemDetailTests {

	/** What is so on both kinds of servers. */
	abstract static class OnAServer {

		@Autowired
		private Brama brama;

		@LocalServerPort
		private int port;

		@BeforeEach
		void openTheCircuit() {
			circuit().open(because("password=1234").forDuration(Duration.ofSeconds(100)));
		}

		@Test
		void theAnswerSaysWhatIsNotAvailableAndWhenToComeBack() throws Exception {
			HttpResponse<String> answer = get("/sync", "application/json");
			assertThat(answer.statusCode()).isEqualTo(503);
			assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
			assertThat(answer.headers().firstValue("Retry-After").map(Integer::valueOf))
				.hasValueSatisfying((seconds) -> assertThat(seconds).isBetween(90, 100));
			JsonNode problem = new JsonMapper().readTree(answer.body());
			assertThat(problem.get("type").asString()).isEqualTo("urn:brama:circuit-open");
			assertThat(problem.get("title").asString()).isEqualTo("Service Unavailable");
			assertThat(problem.get("status").asInt()).isEqualTo(503);
			assertThat(problem.get("detail").asString()).matches(
					"The circuit of connection 'bank' of scope 'payments' is open; calls are tried again in \\d+s");
			assertThat(problem.get("instance").asString()).isEqualTo("/sync");
			assertThat(problem.get("identifier").asString()).isEqualTo("bank");
			assertThat(problem.get("scope").asString()).isEqualTo("payments");
			assertThat(problem.get("state").asString()).isEqualTo("OPEN");
			assertThat(Duration.parse(problem.get("remaining").asString())).isBetween(Duration.ofSeconds(90),
					Duration.ofSeconds(100));
		}

		@Test
		void theReasonIsNobodyElsesBusiness() throws Exception {
			assertThat(get("/sync", "*/*").body()).doesNotContain("password");
		}

		@Test
		void whoMustWaitUntilToldOtherwiseIsNotToldHowLong() throws Exception {
			circuit().open(because("maintenance").untilToldOtherwise());
			HttpResponse<String> answer = get("/sync", "*/*");
			assertThat(answer.statusCode()).isEqualTo(503);
			assertThat(answer.headers().firstValue("Retry-After")).isEmpty();
			assertThat(answer.body()).doesNotContain("remaining").contains("is open until told otherwise");
		}

		@Test
		void whoMeetsTrialsUnderWayIsToldToAskSoon() throws Exception {
			circuit().halfOpen(because("try"));
			circuit().acquire();
			HttpResponse<String> answer = get("/sync", "*/*");
			assertThat(answer.statusCode()).isEqualTo(503);
			assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
			assertThat(answer.body()).doesNotContain("remaining");
			assertThat(answer.body()).contains("\"state\":\"HALF_OPEN\"",
					"is half-open and all its trial calls are taken");
		}

		@ParameterizedTest
		@ValueSource(strings = { "text/html", "text/html,application/xhtml+xml;q=0.9", "image/png", "*/*",
				"application/problem+json", "text/plain" })
		void whateverTheClientAcceptsTheStatusIsTheSame(String accepted) throws Exception {
			HttpResponse<String> answer = get("/sync", accepted);
			assertThat(answer.statusCode()).isEqualTo(503);
			assertThat(answer.headers().firstValue("Retry-After")).isPresent();
		}

		@ParameterizedTest
		@ValueSource(strings = { "/future", "/wrapped", "/mono", "/flux" })
		void itIsTheSameForWhatEndsLater(String path) throws Exception {
			HttpResponse<String> answer = get(path, "application/json");
			assertThat(answer.statusCode()).isEqualTo(503);
			assertThat(answer.body()).contains("\"identifier\":\"bank\"");
		}

		@ParameterizedTest
		@ValueSource(strings = { "/function", "/function-later" })
		void itIsTheSameForFunctionalEndpoints(String path) throws Exception {
			HttpResponse<String> answer = get(path, "application/json");
			assertThat(answer.statusCode()).isEqualTo(503);
			assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
			assertThat(answer.headers().firstValue("Retry-After")).isPresent();
			JsonNode problem = new JsonMapper().readTree(answer.body());
			assertThat(problem.get("identifier").asString()).isEqualTo("bank");
			assertThat(problem.get("instance").asString()).isEqualTo(path);
			assertThat(get("/function-odd", "application/json").statusCode()).isEqualTo(500);
		}

		@Test
		void anExceptionOfTheApplicationKeepsItsOwnStatus() throws Exception {
			assertThat(get("/own", "application/json").statusCode()).isEqualTo(409);
		}

		@Test
		void anotherExceptionIsNoneOfItsBusiness() throws Exception {
			assertThat(get("/odd", "application/json").statusCode()).isEqualTo(500);
		}

		private Circuit circuit() {
			return this.brama.circuit(Api.BANK);
		}

		final HttpResponse<String> get(String path, String accepted) throws Exception {
			return Connections.fresh()
				.send(HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + path))
					.header("Accept", accepted)
					.build(), HttpResponse.BodyHandlers.ofString());
		}

	}

	@Nested
	@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
	class OnTomcat extends OnAServer {

		@ParameterizedTest
		@ValueSource(strings = { "/deferred", "/callable" })
		void itIsTheSameForTheAsynchronousKindsOfMvc(String path) throws Exception {
			assertThat(get(path, "application/json").statusCode()).isEqualTo(503);
		}

		@Configuration(proxyBeanMethods = false)
		@EnableAutoConfiguration
		@Import({ Api.class, ServletApi.class, Routes.OnServlets.class })
		static class Shop {

		}

	}

	@Nested
	@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
			properties = "spring.main.web-application-type=reactive")
	class OnNetty extends OnAServer {

		@Configuration(proxyBeanMethods = false)
		@EnableAutoConfiguration
		@Import({ Api.class, Routes.Reactive.class })
		static class Shop {

		}

	}

}
