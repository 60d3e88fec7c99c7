package io.brama.spring.actuate;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.brama.Brama;
import io.brama.CircuitState;
import io.brama.ConnectionId;
import io.brama.spring.actuate.Operator.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Commands with all they may contain, and names nobody would choose, over Spring MVC and
 * Spring WebFlux, on the port of the application and on one of their own.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(OutputCaptureExtension.class)
class EverywhereTests {

	private static final List<String> NAMES = List.of("with/slash", "dotted.name", "..", "../../env",
			"\"quoted\" 'twice'", "<script>alert(1)</script>", "😀 支払い", "%2F", "%2e%2e%2f", "line\nbreak\r\u2028",
			"tab\tand\u0000null", "semi;colon", "back\\slash", "a*b", "?identifier=x&scope=y#z", "#{7*7} ${user.home}",
			"x".repeat(4096));

	private Map<String, Server> servers;

	@BeforeAll
	void start() {
		this.servers = Map.of("MVC", Server.start(WebApplicationType.SERVLET), "MVC apart",
				Server.start(WebApplicationType.SERVLET, "management.server.port=0"), "WebFlux",
				Server.start(WebApplicationType.REACTIVE), "WebFlux apart",
				Server.start(WebApplicationType.REACTIVE, "management.server.port=0"));
	}

	@AfterAll
	void stop() {
		this.servers.values().forEach((server) -> server.context().close());
	}

	@AfterEach
	void forget() {
		this.servers.values().forEach(Server::forget);
	}

	Stream<String> places() {
		return this.servers.keySet().stream().sorted();
	}

	Stream<Arguments> placesAndNames() {
		return places().flatMap((place) -> NAMES.stream().map((name) -> Arguments.of(place, name)));
	}

	@ParameterizedTest
	@MethodSource("placesAndNames")
	void everyNameIsShownAndSteered(String place, String name) throws Exception {
		Server server = this.servers.get(place);
		server.brama().circuit(name);
		Operator operator = server.operator();
		assertThat(only(operator.get("")).get("identifier").asString()).isEqualTo(name);
		assertThat(only(operator.get(Operator.query(name))).has("config")).isTrue();
		Answer opened = operator.post(Map.of("identifier", name, "action", "open", "reason", name));
		assertThat(opened.status()).isEqualTo(200);
		assertThat(opened.body().get("identifier").asString()).isEqualTo(name);
		assertThat(server.brama().circuit(name).status().state()).isEqualTo(CircuitState.OPEN);
		assertThat(server.audit().events().get(0).getData()).containsEntry("identifier", name)
			.containsEntry("reason", name);
		assertThat(operator.delete(Operator.query(name)).status()).isEqualTo(204);
		assertThat(server.brama().all()).isEmpty();
		assertThat(operator.delete(Operator.query(name)).status()).isEqualTo(404);
	}

	@ParameterizedTest
	@MethodSource("places")
	void aNameBreaksNoLineOfTheLog(String place, CapturedOutput output) throws Exception {
		Server server = this.servers.get(place);
		String forged = place + "\nWARN forged";
		server.brama().circuit(forged);
		server.operator().post(Map.of("identifier", forged, "action", "open", "reason", forged));
		await().untilAsserted(() -> assertThat(output).contains(place + " WARN forged"));
		assertThat(output).doesNotContain(forged);
	}

	@ParameterizedTest
	@MethodSource("places")
	void optionsAreSetByAnObject(String place) throws Exception {
		Server server = this.servers.get(place);
		server.brama().circuit("payment-api");
		Answer answer = server.operator()
			.post(Map.of("identifier", "payment-api", "action", "configure", "reason", "too \"nervous\"", "config",
					Map.of("max-attempts", 20, "half-open", Map.of("trial-calls", 3), "expiry", "5m")));
		assertThat(answer.status()).as(answer.text()).isEqualTo(200);
		JsonNode config = answer.body().get("config");
		assertThat(config.get("max-attempts").get("value").asInt()).isEqualTo(20);
		assertThat(config.get("max-attempts").get("origin").asString()).isEqualTo("command (too \"nervous\")");
		assertThat(config.get("half-open.trial-calls").get("value").asInt()).isEqualTo(3);
		assertThat(config.get("expiry").get("value").asString()).isEqualTo("PT5M");
		assertThat(server.audit().events().get(0).getData()).containsEntry("action", "configure")
			.hasEntrySatisfying("config", (set) -> assertThat(set).asString().contains("max-attempts=20"));
	}

	@ParameterizedTest
	@MethodSource("places")
	void whatIsNoCommandIsABadRequest(String place) throws Exception {
		Server server = this.servers.get(place);
		server.brama().circuit("payment-api");
		Operator operator = server.operator();
		assertRefused(operator.post(Map.of()), "identifier must be");
		assertRefused(operator.delete(""), "identifier must be");
		assertRefused(operator.post(Map.of("identifier", "payment-api")), "action must be one of open, close,");
		assertRefused(operator.post(Map.of("identifier", Map.of("no", "text"), "action", "open")), "Only config may");
		assertRefused(operator.post(Map.of("identifier", "payment-api", "action", "configure", "config", List.of(1))),
				"config must be an object");
		assertThat(server.audit().events()).isEmpty();
	}

	private static void assertRefused(Answer answer, String message) {
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.body().get("message").asString()).startsWith(message);
	}

	@ParameterizedTest
	@MethodSource("places")
	void aCommandOfUnusualSizeIsRefused(String place) throws Exception {
		Server server = this.servers.get(place);
		server.brama().circuit("payment-api");
		Operator operator = server.operator();
		Answer large = operator
			.post(Map.of("identifier", "payment-api", "action", "open", "reason", "x".repeat(64 * 1024)));
		assertThat(large.status()).isEqualTo(413);
		assertThat(large.body().get("message").asString()).isEqualTo("A command must not have more than 64 KiB");
		assertThat(server.brama().isAvailable("payment-api")).isTrue();
		assertThat(operator.post(Map.of("identifier", "payment-api", "action", "open", "reason", "x".repeat(60_000)))
			.status()).isEqualTo(200);
	}

	@ParameterizedTest
	@MethodSource("places")
	void otherEndpointsReadTheirOwnBodies(String place) throws Exception {
		Operator others = this.servers.get(place).operator().of("echo");
		assertThat(others.post(Map.of("config", "x".repeat(100_000))).status()).isEqualTo(200);
		assertThat(others.post(Map.of("config", Map.of("a", 1))).status()).isEqualTo(400);
	}

	private static JsonNode only(Answer answer) {
		assertThat(answer.status()).as(answer.text()).isEqualTo(200);
		assertThat(answer.body().get("connections")).hasSize(1);
		return answer.body().get("connections").get(0);
	}

	/** An application that runs. */
	record Server(ConfigurableApplicationContext context) {

		static Server start(WebApplicationType type, String... properties) {
			return new Server(new SpringApplicationBuilder(Shop.class).web(type)
				.properties("server.port=0", "management.endpoints.web.exposure.include=brama,echo",
						"management.endpoint.brama.access=unrestricted", "server.netty.max-initial-line-length=16KB",
						// an application has one kind of reactive server, and this class
						// path two
						"spring.autoconfigure.exclude=org.springframework.boot.tomcat.autoconfigure.actuate.web.server.TomcatReactiveManagementContextAutoConfiguration")
				.properties(properties)
				.run());
		}

		Brama brama() {
			return this.context.getBean(Brama.class);
		}

		AuditTrail audit() {
			return this.context.getBean(AuditTrail.class);
		}

		Operator operator() {
			String port = this.context.getEnvironment().getProperty("local.management.port");
			return Operator.at(Integer.parseInt(
					(port != null) ? port : this.context.getEnvironment().getRequiredProperty("local.server.port")));
		}

		void forget() {
			brama().all().stream().map((circuit) -> circuit.id()).forEach((ConnectionId id) -> brama().unregister(id));
			audit().forget();
		}

	}

	/** An endpoint that is none of Brama's business. */
	@Endpoint(id = "echo")
	static class Echo {

		@WriteOperation
		String echo(String config) {
			return config.substring(0, 1);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ AuditTrail.class, Echo.class })
	static class Shop {

	}

}
