package io.brama.spring.cloud.gateway;

import java.time.Duration;

import io.brama.spring.cloud.Backend;
import io.brama.spring.cloud.Web;
import io.brama.test.ManualTime;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.cloud.gateway.route.builder.RouteLocatorBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The reactive gateway before a backend that dies and returns, over HTTP.
 */
class ReactiveGatewayTests {

	private static final String ROUTES = "spring.cloud.gateway.server.webflux.routes";

	private static final Backend backend = new Backend();

	private static final Web gateway = Web.reactive(Gateway.class, "backend=" + backend.url(), "brama.max-attempts=2",
			"brama.expiry=10s", "spring.cloud.circuitbreaker.brama.timeouts.slow-api=100ms",
			route(0, "plain", "CircuitBreaker"), route(1, "named", "CircuitBreaker=named-api"),
			route(2, "fallback", "CircuitBreaker"), arg(2, "name", "fallback-api"),
			arg(2, "fallbackUri", "forward:/instead"), route(3, "strict", "CircuitBreaker"),
			arg(3, "name", "strict-api"), arg(3, "statusCodes", "500,BAD_GATEWAY"),
			route(4, "resume", "CircuitBreaker"), arg(4, "name", "resume-api"), arg(4, "statusCodes", "500"),
			arg(4, "resumeWithoutError", "true"), route(5, "slow", "CircuitBreaker=slow-api"),
			route(6, "elsewhere", "CircuitBreaker"), arg(6, "name", "elsewhere-api"),
			arg(6, "fallbackUri", "forward:/other/route"), ROUTES + "[7].id=other", ROUTES + "[7].uri=forward:/headers",
			ROUTES + "[7].predicates[0]=Path=/other/**", ROUTES + "[7].filters[0]=FallbackHeaders");

	private static String route(int number, String id, String filter) {
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
	void aBackendThatDiesIsLeftAloneWith503UntilItReturns() {
		assertThat(gateway.get("/plain/x")).isEqualTo("200 body");
		backend.resets();
		assertThat(gateway.status("/plain/x")).isEqualTo(500);
		assertThat(gateway.status("/plain/x")).isEqualTo(500);
		int requests = backend.requests();
		assertThat(gateway.status("/plain/x")).isEqualTo(503);
		assertThat(backend.requests()).isEqualTo(requests);
		assertThat(gateway.states()).contains("plain OPEN");
		backend.recovers();
		gateway.advance(Duration.ofSeconds(10));
		assertThat(gateway.get("/plain/x")).isEqualTo("200 body");
		assertThat(gateway.states()).contains("plain CLOSED");
	}

	@Test
	void theRouteIsTheIdUnlessOneIsGiven() {
		assertThat(gateway.states()).contains("plain UNKNOWN").contains("named-api UNKNOWN");
	}

	@Test
	void aFallbackAnswersForABackendThatIsDownAndForAnOpenCircuit() {
		backend.resets();
		for (int i = 0; i < 3; i++) {
			assertThat(gateway.get("/fallback/x")).isEqualTo("200 instead");
		}
		assertThat(gateway.states()).contains("fallback-api OPEN");
		backend.recovers();
		gateway.advance(Duration.ofSeconds(10));
		assertThat(gateway.get("/fallback/x")).isEqualTo("200 body");
	}

	@Test
	void anotherRouteMayBeTheFallbackAndIsToldWhy() {
		backend.resets();
		for (int i = 0; i < 2; i++) {
			assertThat(gateway.get("/elsewhere/x")).startsWith("200 told of ");
		}
		assertThat(gateway.get("/elsewhere/x")).isEqualTo("200 told of io.brama.CircuitOpenException");
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
		assertThat(gateway.get("/resume/x")).isEqualTo("500 body");
		assertThat(gateway.get("/resume/x")).isEqualTo("500 body");
		assertThat(gateway.states()).contains("resume-api OPEN");
		assertThat(gateway.status("/resume/x")).isEqualTo(503);
	}

	@Test
	void aBackendThatTakesTooLongIsAnsweredFor() {
		backend.stalls();
		assertThat(gateway.status("/slow/x")).isEqualTo(504);
		assertThat(gateway.status("/slow/x")).isEqualTo(504);
		assertThat(gateway.status("/slow/x")).isEqualTo(503);
	}

	@Test
	void routesInJavaFindTheFilter() {
		backend.resets();
		assertThat(gateway.get("/java/x")).isEqualTo("200 instead");
		assertThat(gateway.get("/java/x")).isEqualTo("200 instead");
		assertThat(gateway.states()).contains("java-api OPEN");
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
		RouteLocator routes(RouteLocatorBuilder routes, @Value("${backend}") String backend) {
			return routes.routes()
				.route("java",
						(route) -> route.path("/java/**")
							.filters((filters) -> filters.circuitBreaker(
									(config) -> config.setName("java-api").setFallbackUri("forward:/instead")))
							.uri(backend))
				.build();
		}

	}

	@RestController
	static class Answers {

		@GetMapping("/instead")
		String instead() {
			return "instead";
		}

		@GetMapping("/headers")
		String headers(@RequestHeader("Execution-Exception-Type") String type) {
			return "told of " + type;
		}

	}

}
