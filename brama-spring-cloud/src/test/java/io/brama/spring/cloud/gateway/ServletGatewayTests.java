package io.brama.spring.cloud.gateway;

import java.net.URI;
import java.time.Duration;

import io.brama.spring.cloud.Backend;
import io.brama.spring.cloud.Web;
import io.brama.test.ManualTime;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
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

	private static final Backend backend = new Backend();

	private static final Web gateway = Web.servlet(Gateway.class, "backend=" + backend.url(), "brama.max-attempts=2",
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

	@BeforeEach
	void reset() {
		backend.recovers();
		gateway.reset();
	}

	@AfterAll
	static void close() throws Exception {
		gateway.close();
		backend.close();
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
		assertThat(gateway.get(path)).isEqualTo("200 body");
		backend.resets();
		assertThat(gateway.status(path)).isEqualTo(500);
		assertThat(gateway.status(path)).isEqualTo(500);
		int requests = backend.requests();
		assertThat(gateway.status(path)).isEqualTo(503);
		assertThat(backend.requests()).isEqualTo(requests);
		assertThat(gateway.states()).contains(route + "-api OPEN");
		backend.recovers();
		gateway.advance(Duration.ofSeconds(10));
		assertThat(gateway.get(path)).isEqualTo("200 body");
		assertThat(gateway.states()).contains(route + "-api CLOSED");
	}

	@ParameterizedTest
	@ValueSource(strings = { "fallback", "java-fallback", "brama-fallback", "brama-path", "price" })
	void aFallbackAnswersForABackendThatIsDownAndForAnOpenCircuit(String route) {
		String path = "/" + route + "/x";
		backend.resets();
		for (int i = 0; i < 3; i++) {
			assertThat(gateway.get(path)).isEqualTo("200 instead");
		}
		assertThat(gateway.states()).contains(route + "-api OPEN");
		backend.recovers();
		gateway.advance(Duration.ofSeconds(10));
		assertThat(gateway.get(path)).isEqualTo("200 body");
	}

	@Test
	void onlyTheStatusCodesThatAreNamedAreFailures() {
		backend.answers(503);
		for (int i = 0; i < 3; i++) {
			assertThat(gateway.status("/strict/x")).isEqualTo(503);
		}
		assertThat(gateway.states()).contains("strict-api CLOSED");
		backend.answers(502);
		gateway.status("/strict/x");
		backend.answers(500);
		gateway.status("/strict/x");
		assertThat(gateway.states()).contains("strict-api OPEN");
	}

	@Test
	void aFailureMayBeResumedWithoutError() {
		backend.answers(500);
		assertThat(gateway.get("/resume/x")).isEqualTo("200 ");
		assertThat(gateway.get("/resume/x")).isEqualTo("200 ");
		assertThat(gateway.status("/resume/x")).isEqualTo(503);
	}

	@ParameterizedTest
	@ValueSource(strings = { "slow", "java-slow" })
	void aBackendThatTakesTooLongIsAnsweredFor(String route) {
		backend.stalls();
		assertThat(gateway.status("/" + route + "/x")).isEqualTo(504);
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

		@Bean
		RouterFunction<ServerResponse> documented(@Value("${backend}") String backend) {
			return route("price").GET("/price/**", http())
				.before(uri(backend))
				.filter(BramaFilterFunctions.circuitBreaker("price-api", URI.create("forward:/instead")))
				.build();
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
