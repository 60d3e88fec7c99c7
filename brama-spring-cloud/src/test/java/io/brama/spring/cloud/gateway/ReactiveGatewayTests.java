package io.brama.spring.cloud.gateway;

import java.time.Duration;

import io.brama.spring.cloud.Backend;
import io.brama.spring.cloud.ManualTime;
import io.brama.spring.cloud.Web;
import org.junit.jupiter.api.AfterEach;
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

	private final Backend backend = new Backend();

	private final Web gateway = Web.reactive(Gateway.class, "backend=" + this.backend.url(), "brama.max-attempts=2",
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

	@AfterEach
	void close() throws Exception {
		this.gateway.close();
		this.backend.close();
	}

	@Test
	void aBackendThatDiesIsLeftAloneWith503UntilItReturns() {
		assertThat(this.gateway.get("/plain/x")).isEqualTo("200 body");
		this.backend.resets();
		assertThat(this.gateway.status("/plain/x")).isEqualTo(500);
		assertThat(this.gateway.status("/plain/x")).isEqualTo(500);
		int requests = this.backend.requests();
		assertThat(this.gateway.status("/plain/x")).isEqualTo(503);
		assertThat(this.backend.requests()).isEqualTo(requests);
		assertThat(this.gateway.states()).contains("plain OPEN");
		this.backend.recovers();
		this.gateway.bean(ManualTime.class).advance(Duration.ofSeconds(10));
		assertThat(this.gateway.get("/plain/x")).isEqualTo("200 body");
		assertThat(this.gateway.states()).contains("plain CLOSED");
	}

	@Test
	void theRouteIsTheIdUnlessOneIsGiven() {
		assertThat(this.gateway.states()).contains("plain UNKNOWN").contains("named-api UNKNOWN");
	}

	@Test
	void aFallbackAnswersForABackendThatIsDownAndForAnOpenCircuit() {
		this.backend.resets();
		for (int i = 0; i < 3; i++) {
			assertThat(this.gateway.get("/fallback/x")).isEqualTo("200 instead");
		}
		assertThat(this.gateway.states()).contains("fallback-api OPEN");
		this.backend.recovers();
		this.gateway.bean(ManualTime.class).advance(Duration.ofSeconds(10));
		assertThat(this.gateway.get("/fallback/x")).isEqualTo("200 body");
	}

	@Test
	void anotherRouteMayBeTheFallbackAndIsToldWhy() {
		this.backend.resets();
		for (int i = 0; i < 2; i++) {
			assertThat(this.gateway.get("/elsewhere/x")).startsWith("200 told of ");
		}
		assertThat(this.gateway.get("/elsewhere/x")).isEqualTo("200 told of io.brama.CircuitOpenException");
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
		assertThat(this.gateway.get("/resume/x")).isEqualTo("500 body");
		assertThat(this.gateway.get("/resume/x")).isEqualTo("500 body");
		assertThat(this.gateway.states()).contains("resume-api OPEN");
		assertThat(this.gateway.status("/resume/x")).isEqualTo(503);
	}

	@Test
	void aBackendThatTakesTooLongIsAnsweredFor() {
		this.backend.stalls();
		assertThat(this.gateway.status("/slow/x")).isEqualTo(504);
		assertThat(this.gateway.status("/slow/x")).isEqualTo(504);
		assertThat(this.gateway.status("/slow/x")).isEqualTo(503);
	}

	@Test
	void routesInJavaFindTheFilter() {
		this.backend.resets();
		assertThat(this.gateway.get("/java/x")).isEqualTo("200 instead");
		assertThat(this.gateway.get("/java/x")).isEqualTo("200 instead");
		assertThat(this.gateway.states()).contains("java-api OPEN");
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
