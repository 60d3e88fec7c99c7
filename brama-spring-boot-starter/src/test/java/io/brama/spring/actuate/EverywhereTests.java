package io.brama.spring.actuate;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
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
import org.springframework.boot.actuate.audit.listener.AuditApplicationEvent;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

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
		assertThat(server.audit().get(0).getAuditEvent().getData()).containsEntry("identifier", name)
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
		assertThat(server.audit().get(0).getAuditEvent().getData()).containsEntry("action", "configure")
			.hasEntrySatisfying("config", (set) -> assertThat(set).asString().contains("max-attempts=20"));
	}

	@ParameterizedTest
	@MethodSource("places")
	void whatIsNoCommandIsABadRequest(String place) throws Exception {
		Server server = this.servers.get(place);
		server.brama().circuit("payment-api");
		Operator operator = server.operator();
		assertThat(operator.post(Map.of()).status()).isEqualTo(400);
		assertThat(operator.post(Map.of("identifier", "payment-api")).status()).isEqualTo(400);
		assertThat(operator.post(Map.of("identifier", Map.of("no", "text"), "action", "open")).status()).isEqualTo(400);
		assertThat(operator.post(Map.of("identifier", "payment-api", "action", "configure", "config", List.of(1)))
			.status()).isEqualTo(400);
		assertThat(server.audit()).isEmpty();
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
				.properties("server.port=0", "management.endpoints.web.exposure.include=brama",
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

		List<AuditApplicationEvent> audit() {
			return this.context.getBean(Shop.class).audit;
		}

		Operator operator() {
			String port = this.context.getEnvironment().getProperty("local.management.port");
			return Operator.at(Integer.parseInt(
					(port != null) ? port : this.context.getEnvironment().getRequiredProperty("local.server.port")));
		}

		void forget() {
			brama().all().stream().map((circuit) -> circuit.id()).forEach((ConnectionId id) -> brama().unregister(id));
			audit().clear();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Shop {

		private final List<AuditApplicationEvent> audit = new CopyOnWriteArrayList<>();

		@EventListener
		void on(AuditApplicationEvent event) {
			this.audit.add(event);
		}

	}

}
