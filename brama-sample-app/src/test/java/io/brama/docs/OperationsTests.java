package io.brama.docs;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import io.brama.Brama;
import io.brama.CircuitOpenException;
import io.brama.ConnectionId;
import io.brama.test.ManualTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The endpoint answers the commands on docs/operations.md as the page says, but for what
 * the page leaves out.
 */
class OperationsTests {

	private static final Pattern BLOCK = Pattern.compile("^```(sh|json)\\n(.*?)^```$",
			Pattern.DOTALL | Pattern.MULTILINE);

	private static final Pattern WORD = Pattern.compile("'([^']*)'|([^\\s']+)");

	private static final String REST = "…";

	private static final JsonMapper JSON = new JsonMapper();

	private final HttpClient client = HttpClient.newHttpClient();

	private ConfigurableApplicationContext application;

	/** The same circuits, with commands. */
	private ConfigurableApplicationContext writable;

	@BeforeEach
	void start() {
		this.application = builder().run();
		Brama brama = this.application.getBean(Brama.class);
		this.writable = builder()
			.initializers((context) -> context.getBeanFactory().registerSingleton("brama", brama),
					(context) -> context.getBeanFactory()
						.registerSingleton("time", this.application.getBean(ManualTime.class)))
			.properties("management.endpoint.brama.access=unrestricted")
			.run();
	}

	private static SpringApplicationBuilder builder() {
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.SERVLET)
			.properties("spring.config.name=none", "server.port=0", "spring.application.name=shop",
					"management.endpoints.web.exposure.include=brama",
					"brama.connections.payment-api.metadata.owner=team-a",
					"brama.connections.payment-api.max-attempts=3",
					"brama.connections.inventory.failure-rate.threshold=50%");
	}

	@AfterEach
	void stop() {
		this.writable.close();
		this.application.close();
	}

	@Test
	void theEndpointAnswersAsThePageSays() throws Exception {
		Iterator<Runnable> before = story();
		JsonNode answer = null;
		for (MatchResult block : BLOCK.matcher(Pages.read(Pages.ROOT.resolve("docs/operations.md")))
			.results()
			.toList()) {
			if (block.group(1).equals("sh")) {
				before.next().run();
				answer = answerTo(block.group(2));
			}
			else {
				JsonNode documented = JSON.readTree(block.group(2));
				assertThat(pretty(shortened(answer, documented))).isEqualTo(pretty(documented));
			}
		}
		assertThat(before).isExhausted();
	}

	private static String pretty(JsonNode json) {
		return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json);
	}

	/** What happens before each of the commands. */
	private Iterator<Runnable> story() {
		Brama brama = this.application.getBean(Brama.class);
		ManualTime time = this.application.getBean(ManualTime.class);
		Runnable nothing = () -> {
		};
		return List.<Runnable>of(() -> {
			time.advance(Duration.ofMinutes(12));
			brama.circuit("inventory").success();
		}, () -> {
			payInVain();
			time.advance(Duration.ofSeconds(20));
		}, nothing, nothing, () -> brama.circuit("eu/payments"), () -> {
			brama.circuit("ledger");
			brama.circuit(ConnectionId.of("ledger").withScope("refunds"));
		}, nothing, nothing, nothing, nothing, nothing).iterator();
	}

	private void payInVain() {
		PaymentService service = this.application.getBean(PaymentService.class);
		for (int i = 0; i < 3; i++) {
			assertThatExceptionOfType(ResourceAccessException.class).isThrownBy(() -> service.pay("order"));
		}
		assertThatExceptionOfType(CircuitOpenException.class).isThrownBy(() -> service.pay("order"));
	}

	/** Do what curl would do. */
	private JsonNode answerTo(String command) throws IOException, InterruptedException {
		Iterator<String> words = WORD.matcher(command.replace("\\\n", " "))
			.results()
			.map((word) -> (word.group(1) != null) ? word.group(1) : word.group(2))
			.iterator();
		assertThat(words.next()).isEqualTo("curl");
		String method = "GET";
		String address = null;
		BodyPublisher body = BodyPublishers.noBody();
		HttpRequest.Builder request = HttpRequest.newBuilder();
		while (words.hasNext()) {
			String word = words.next();
			switch (word) {
				case "-X" -> method = words.next();
				case "-H" -> request.headers(words.next().split(": "));
				case "-d" -> {
					method = "POST";
					body = BodyPublishers.ofString(words.next());
				}
				default -> address = word;
			}
		}
		ConfigurableApplicationContext asked = method.equals("GET") ? this.application : this.writable;
		String port = asked.getEnvironment().getProperty("local.server.port");
		String text = this.client
			.send(request.uri(URI.create("http://" + address.replace("localhost:8080", "localhost:" + port)))
				.method(method, body)
				.build(), BodyHandlers.ofString())
			.body();
		return text.isEmpty() ? null : JSON.readTree(asOnThePage(text));
	}

	/** The page is written at another time, and by another company. */
	private static String asOnThePage(String text) {
		return text.replace("2026-01-01T00:", "2026-11-21T03:").replace("io.brama.docs.", "com.acme.");
	}

	/** An answer without what the page leaves out. */
	private static JsonNode shortened(JsonNode answer, JsonNode documented) {
		if (answer instanceof ObjectNode whole && documented instanceof ObjectNode parts) {
			ObjectNode shortened = whole.objectNode();
			whole.properties()
				.stream()
				.filter((property) -> parts.has(property.getKey()) || !parts.has(REST))
				.forEach((property) -> shortened.set(property.getKey(), parts.has(property.getKey())
						? shortened(property.getValue(), parts.get(property.getKey())) : property.getValue()));
			return parts.has(REST) ? shortened.put(REST, REST) : shortened;
		}
		if (answer instanceof ArrayNode whole && documented instanceof ArrayNode parts
				&& whole.size() == parts.size()) {
			ArrayNode shortened = whole.arrayNode();
			for (int i = 0; i < whole.size(); i++) {
				shortened.add(shortened(whole.get(i), parts.get(i)));
			}
			return shortened;
		}
		return answer;
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(PaymentService.class)
	static class Application {

		/** A client of a server that is not there: nothing listens on port 1. */
		@Bean
		RestClient http() {
			return RestClient.create("http://localhost:1");
		}

		@Bean
		@ConditionalOnMissingBean
		ManualTime manualTime() {
			return new ManualTime();
		}

	}

}
