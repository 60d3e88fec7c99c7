package io.brama.docs;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;

import io.brama.Brama;
import io.brama.Circuit;
import io.brama.test.ManualTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * What docs/health.md says is so.
 */
class HealthTests {

	private static final Path PAGE = Pages.ROOT.resolve("docs/health.md");

	@Test
	@EnabledOnOs({ OS.LINUX, OS.MAC })
	void theCommandOnThePageIsAnsweredWithoutConfiguration() throws Exception {
		Shell.assumeCurl();
		String command = Pages.snippets(PAGE, "sh").collect(Collectors.joining());
		try (ConfigurableApplicationContext context = start()) {
			assertThat(new Shell(context).type(command)).contains("\"status\":\"UP\"");
		}
	}

	@Test
	void theAnswerOnThePageIsTheOneOfAnApplication() throws Exception {
		String expected = Pages.snippets(PAGE, "json").findFirst().orElseThrow();
		try (ConfigurableApplicationContext context = start("--management.endpoint.health.show-details=always")) {
			Brama brama = context.getBean(Brama.class);
			brama.circuit("inventory");
			failTwice(brama.register("payment-api", (options) -> options.scope("payments").type("http")));
			context.getBean(ManualTime.class).advance(Duration.ofSeconds(15));
			JsonMapper mapper = new JsonMapper();
			assertThat(mapper.readTree(withoutTimes(answer(context, "/brama").body())))
				.isEqualTo(mapper.readTree(withoutTimes(expected)));
		}
	}

	@Test
	void theReadinessOnThePageIsLostWithACriticalConnection() throws Exception {
		try (ConfigurableApplicationContext context = start("--brama.connections.payment-api.critical=true",
				"--management.endpoint.health.group.readiness.include=readinessState, brama")) {
			assertThat(answer(context, "/readiness").statusCode()).isEqualTo(200);
			failTwice(context.getBean(Brama.class).circuit("payment-api"));
			assertThat(answer(context, "/readiness").statusCode()).isEqualTo(503);
			assertThat(answer(context, "/liveness").statusCode()).isEqualTo(200);
			context.getBean(ManualTime.class).advance(Duration.ofMinutes(1));
			assertThat(answer(context, "/readiness").statusCode()).isEqualTo(200);
		}
	}

	private static void failTwice(Circuit circuit) {
		for (int i = 0; i < 2; i++) {
			assertThatException().isThrownBy(() -> circuit.call(() -> {
				throw new ConnectException("Connection refused");
			}));
		}
	}

	private static String withoutTimes(String json) {
		return json.replaceAll("\"since\"\\s*:\\s*\"[^\"]+Z\"", "\"since\":\"\"");
	}

	private static HttpResponse<String> answer(ConfigurableApplicationContext context, String path)
			throws IOException, InterruptedException {
		URI uri = URI.create("http://localhost:" + context.getEnvironment().getProperty("local.server.port")
				+ "/actuator/health" + path);
		return HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
	}

	private static ConfigurableApplicationContext start(String... arguments) {
		return new SpringApplicationBuilder(Application.class)
			.properties("spring.config.name=none", "server.port=0", "brama.max-attempts=2")
			.run(arguments);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		ManualTime time() {
			return new ManualTime();
		}

	}

}
