package io.brama.spring.health;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;

import io.brama.Brama;
import io.brama.spring.Connections;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static io.brama.Command.because;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Health and its groups over HTTP, as a platform asks for them.
 */
class HealthEndpointTests {

	private static final String NAME = "payment \"api\" <script>\n";

	@ParameterizedTest
	@EnumSource(names = { "SERVLET", "REACTIVE" })
	void anOpenCircuitIsADetailAndCostsNoTraffic(WebApplicationType type) throws Exception {
		try (ConfigurableApplicationContext context = start(type, "--management.endpoint.health.show-details=always")) {
			context.getBean(Brama.class).circuit(NAME).open(because("maintenance").forDuration(Duration.ofHours(1)));
			JsonNode brama = get(context, "", 200).at("/components/brama");
			assertThat(brama.get("status").asString()).isEqualTo("UP");
			assertThat(brama.at("/details/counts/OPEN").asInt()).isOne();
			JsonNode connection = brama.at("/details/connections/0");
			assertThat(connection.get("identifier").asString()).isEqualTo(NAME);
			assertThat(Duration.parse(connection.get("remainingOpenTime").asString())).isPositive();
			assertThat(Instant.parse(connection.get("since").asString())).isBefore(Instant.now());
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "SERVLET", "REACTIVE" })
	void aCriticalCircuitCostsNoTrafficUnlessReadinessIncludesIt(WebApplicationType type) throws Exception {
		try (ConfigurableApplicationContext context = start(type, "--brama.scopes.payments.critical=true")) {
			openCritical(context);
			assertThat(get(context, "", 503).get("status").asString()).isEqualTo("DOWN");
			get(context, "/liveness", 200);
			get(context, "/readiness", 200);
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "SERVLET", "REACTIVE" })
	void readinessMayIncludeCriticalCircuitsAndComesBackForTrials(WebApplicationType type) throws Exception {
		try (ConfigurableApplicationContext context = start(type, "--brama.scopes.payments.critical=true",
				"--management.endpoint.health.group.readiness.include=readinessState,brama")) {
			get(context, "/readiness", 200);
			openCritical(context);
			get(context, "/readiness", 503);
			get(context, "/liveness", 200);
			context.getBean(Brama.class).inScope("payments").get(0).halfOpen(because("the expiry is over"));
			get(context, "/readiness", 200);
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "SERVLET", "REACTIVE" })
	void tenThousandCircuitsAreAnAnswerOfOnePage(WebApplicationType type) throws Exception {
		try (ConfigurableApplicationContext context = start(type, "--management.endpoint.health.show-details=always")) {
			Brama brama = context.getBean(Brama.class);
			IntStream.range(0, 10_000).forEach((i) -> brama.circuit("partner-" + i).success());
			brama.circuit("partner-7").open(because("maintenance"));
			JsonNode brief = get(context, "/brama", 200);
			assertThat(brief.at("/details/counts/CLOSED").asInt()).isEqualTo(9_999);
			assertThat(brief.at("/details/connections").valueStream()).singleElement()
				.satisfies((only) -> assertThat(only.get("identifier").asString()).isEqualTo("partner-7"));
		}
	}

	private static void openCritical(ConfigurableApplicationContext context) {
		context.getBean(Brama.class)
			.register("payment-api", (options) -> options.scope("payments"))
			.open(because("maintenance"));
	}

	private JsonNode get(ConfigurableApplicationContext context, String path, int status)
			throws IOException, InterruptedException {
		String port = context.getEnvironment().getProperty("local.server.port");
		URI uri = URI.create("http://localhost:" + port + "/actuator/health" + path);
		HttpResponse<String> response = Connections.fresh()
			.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
		assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
		return new JsonMapper().readTree(response.body());
	}

	private static ConfigurableApplicationContext start(WebApplicationType type, String... arguments) {
		return new SpringApplicationBuilder(Shop.class).web(type)
			.properties("server.port=0", "spring.main.banner-mode=off", "logging.level.root=warn")
			.run(arguments);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Shop {

	}

}
