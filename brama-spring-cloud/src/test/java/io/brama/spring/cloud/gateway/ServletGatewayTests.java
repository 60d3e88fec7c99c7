package io.brama.spring.cloud.gateway;

import java.net.URI;
import java.time.Duration;

import io.brama.spring.cloud.Backend;
import io.brama.spring.cloud.ManualTime;
import io.brama.spring.cloud.Web;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.cloud.gateway.server.mvc.filter.CircuitBreakerFilterFunctions;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.util.ClassUtils;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.function.HandlerFilterFunction;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.cloud.gateway.server.mvc.filter.BeforeFilterFunctions.uri;
import static org.springframework.cloud.gateway.server.mvc.handler.GatewayRouterFunctions.route;
import static org.springframework.cloud.gateway.server.mvc.handler.HandlerFunctions.http;

/**
 * The gateway on Spring MVC before a backend that dies and returns, over HTTP.
 */
class ServletGatewayTests {

	private static final String ROUTES = "spring.cloud.gateway.server.webmvc.routes";

	private final Backend backend = new Backend();

	private final Web gateway = Web.servlet(Gateway.class, "backend=" + this.backend.url(), "brama.max-attempts=2",
			"brama.expiry=10s", "spring.cloud.circuitbreaker.brama.timeouts.slow-api=200ms",
			guarded(0, "file", "CircuitBreaker=file-api"), guarded(1, "fallback", "CircuitBreaker"),
			arg(1, "id", "fallback-api"), arg(1, "fallbackUri", "forward:/instead"),
			guarded(2, "strict", "CircuitBreaker"), arg(2, "id", "strict-api"),
			arg(2, "statusCodes", "500,BAD_GATEWAY"), guarded(3, "resume", "CircuitBreaker"),
			arg(3, "id", "resume-api"), arg(3, "statusCodes", "500"), arg(3, "resumeWithoutError", "true"),
			guarded(4, "slow", "CircuitBreaker=slow-api"));

	private static String guarded(int number, String id, String filter) {
		String route = ROUTES + "[" + number + "].";
		return String.join("\n", route + "id=" + id, route + "uri=${backend}",
				route + "predicates[0]=Path=/" + id + "/**",
				filter.contains("=") ? route + "filters[0]=" + filter : route + "filters[0].name=" + filter);
	}

	private static String arg(int route, String name, String value) {
		return ROUTES + "[" + route + "].filters[0].args." + name + "=" + value;
	}

	@AfterEach
	void close() throws Exception {
		this.gateway.close();
		this.backend.close();
	}

	@Test
	void resilience4jIsNotThere() {
		assertThat(ClassUtils.isPresent("io.github.resilience4j.circuitbreaker.CallNotPermittedException", null))
			.isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "file", "java", "brama" })
	void aBackendThatDiesIsLeftAloneWith503UntilItReturns(String route) {
		String path = "/" + route + "/x";
		assertThat(this.gateway.get(path)).isEqualTo("200 body");
		this.backend.resets();
		assertThat(this.gateway.status(path)).isEqualTo(500);
		assertThat(this.gateway.status(path)).isEqualTo(500);
		int requests = this.backend.requests();
		assertThat(this.gateway.status(path)).isEqualTo(503);
		assertThat(this.backend.requests()).isEqualTo(requests);
		assertThat(this.gateway.states()).contains(route + "-api OPEN");
		this.backend.recovers();
		this.gateway.bean(ManualTime.class).advance(Duration.ofSeconds(10));
		assertThat(this.gateway.get(path)).isEqualTo("200 body");
		assertThat(this.gateway.states()).contains(route + "-api CLOSED");
	}

	@ParameterizedTest
	@ValueSource(strings = { "fallback", "java-fallback", "brama-fallback", "brama-path" })
	void aFallbackAnswersForABackendThatIsDownAndForAnOpenCircuit(String route) {
		String path = "/" + route + "/x";
		this.backend.resets();
		for (int i = 0; i < 3; i++) {
			assertThat(this.gateway.get(path)).isEqualTo("200 instead");
		}
		assertThat(this.gateway.states()).contains(route + "-api OPEN");
		this.backend.recovers();
		this.gateway.bean(ManualTime.class).advance(Duration.ofSeconds(10));
		assertThat(this.gateway.get(path)).isEqualTo("200 body");
	}

	@Test
	void onlyTheStatusCodesThatAreNamedAreFailures() {
		this.backend.answers(503);
		for (int i = 0; i < 3; i++) {
			assertThat(this.gateway.status("/strict/x")).isEqualTo(503);
		}
		assertThat(this.gateway.states()).contains("strict-api CLOSED");
		this.backend.answers(502);
		this.gateway.status("/strict/x");
		this.backend.answers(500);
		this.gateway.status("/strict/x");
		assertThat(this.gateway.states()).contains("strict-api OPEN");
	}

	@Test
	void aFailureMayBeResumedWithoutError() {
		this.backend.answers(500);
		assertThat(this.gateway.get("/resume/x")).isEqualTo("200 ");
		assertThat(this.gateway.get("/resume/x")).isEqualTo("200 ");
		assertThat(this.gateway.status("/resume/x")).isEqualTo(503);
	}

	@ParameterizedTest
	@ValueSource(strings = { "slow", "java-slow" })
	void aBackendThatTakesTooLongIsAnsweredFor(String route) {
		this.backend.stalls();
		assertThat(this.gateway.status("/" + route + "/x")).isEqualTo(504);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Answers.class)
	static class Gateway {

		@Bean
		ManualTime time() {
			return new ManualTime();
		}

		@Bean
		RouterFunction<ServerResponse> theirs(@Value("${backend}") String backend) {
			return to("java", CircuitBreakerFilterFunctions.circuitBreaker("java-api"), backend)
				.and(to("java-fallback", CircuitBreakerFilterFunctions.circuitBreaker("java-fallback-api", "/instead"),
						backend))
				.and(to("java-slow", CircuitBreakerFilterFunctions.circuitBreaker("slow-api"), backend));
		}

		@Bean
		RouterFunction<ServerResponse> ours(@Value("${backend}") String backend) {
			return to("brama", BramaFilterFunctions.circuitBreaker("brama-api"), backend).and(to("brama-fallback",
					BramaFilterFunctions.circuitBreaker("brama-fallback-api", URI.create("forward:/instead")), backend))
				.and(to("brama-path", BramaFilterFunctions.circuitBreaker("brama-path-api", "/instead"), backend));
		}

		private static RouterFunction<ServerResponse> to(String route,
				HandlerFilterFunction<ServerResponse, ServerResponse> circuitBreaker, String backend) {
			return route(route).GET("/" + route + "/**", http()).before(uri(backend)).filter(circuitBreaker).build();
		}

	}

	@RestController
	static class Answers {

		@GetMapping("/instead")
		String instead() {
			return "instead";
		}

	}

}
