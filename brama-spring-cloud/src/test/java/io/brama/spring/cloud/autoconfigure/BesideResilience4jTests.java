package io.brama.spring.cloud.autoconfigure;

import io.brama.Brama;
import io.brama.CircuitState;
import io.brama.spring.cloud.Backend;
import io.brama.spring.cloud.BramaCircuitBreakerFactory;
import io.brama.spring.cloud.ReactiveBramaCircuitBreakerFactory;
import io.brama.spring.cloud.Web;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cloud.client.circuitbreaker.CircuitBreakerFactory;
import org.springframework.cloud.client.circuitbreaker.ReactiveCircuitBreakerFactory;
import org.springframework.cloud.gateway.filter.factory.SpringCloudCircuitBreakerFilterFactory;
import org.springframework.cloud.gateway.server.mvc.filter.CircuitBreakerFilterFunctions;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.cloud.gateway.server.mvc.filter.BeforeFilterFunctions.uri;
import static org.springframework.cloud.gateway.server.mvc.handler.GatewayRouterFunctions.route;
import static org.springframework.cloud.gateway.server.mvc.handler.HandlerFunctions.http;

/**
 * An application that has Spring Cloud's starters for Resilience4j as well; run with
 * these on the class path.
 */
@Tag("resilience4j")
@ExtendWith(OutputCaptureExtension.class)
class BesideResilience4jTests {

	private static final String MESSAGE = "Both Brama and Resilience4j are there";

	@Test
	void bramaMakesTheCircuitBreakersAndSaysSo(CapturedOutput output) {
		try (Web application = Web.reactive(Application.class)) {
			assertThat(application.bean(CircuitBreakerFactory.class)).isInstanceOf(BramaCircuitBreakerFactory.class);
			assertThat(application.bean(ReactiveCircuitBreakerFactory.class))
				.isInstanceOf(ReactiveBramaCircuitBreakerFactory.class);
			assertThat(application.bean(SpringCloudCircuitBreakerFilterFactory.class).getClass().getSimpleName())
				.isEqualTo("BramaGatewayFilterFactory");
		}
		assertThat(output).contains(MESSAGE)
			.contains("In use: BramaCircuitBreakerFactory and ReactiveBramaCircuitBreakerFactory. To choose Brama, ")
			.contains("spring.cloud.circuitbreaker.resilience4j.enabled=false")
			.contains("spring.cloud.circuitbreaker.brama.enabled=false");
	}

	@Test
	void resilience4jMayBeChosen(CapturedOutput output) {
		try (Web application = Web.reactive(Application.class, "spring.cloud.circuitbreaker.brama.enabled=false")) {
			assertThat(application.bean(CircuitBreakerFactory.class).getClass().getSimpleName())
				.isEqualTo("Resilience4JCircuitBreakerFactory");
			assertThat(application.bean(SpringCloudCircuitBreakerFilterFactory.class).getClass().getSimpleName())
				.isEqualTo("SpringCloudCircuitBreakerResilience4JFilterFactory");
		}
		assertThat(output).doesNotContain(MESSAGE);
	}

	@Test
	void onceBramaIsChosenNothingIsSaid(CapturedOutput output) {
		try (Web application = Web.reactive(Application.class,
				"spring.cloud.circuitbreaker.resilience4j.enabled=false")) {
			assertThat(application.bean(CircuitBreakerFactory.class)).isInstanceOf(BramaCircuitBreakerFactory.class);
		}
		assertThat(output).doesNotContain(MESSAGE);
	}

	@Test
	void theServletGatewayAnswersForBramasRejectionsNonetheless() throws Exception {
		try (Backend backend = new Backend();
				Web gateway = Web.servlet(Gateway.class, "backend=" + backend.url(), "brama.max-attempts=1")) {
			backend.resets();
			assertThat(gateway.status("/java/x")).isEqualTo(500);
			assertThat(gateway.status("/java/x")).isEqualTo(503);
			assertThat(gateway.bean(Brama.class).status("java-api").orElseThrow().state()).isEqualTo(CircuitState.OPEN);
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Gateway {

		@Bean
		RouterFunction<ServerResponse> java(@Value("${backend}") String backend) {
			return route("java").GET("/java/**", http())
				.before(uri(backend))
				.filter(CircuitBreakerFilterFunctions.circuitBreaker("java-api"))
				.build();
		}

	}

}
