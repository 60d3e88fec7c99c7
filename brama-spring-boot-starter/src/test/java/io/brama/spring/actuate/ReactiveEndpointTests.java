package io.brama.spring.actuate;

import io.brama.Brama;
import io.brama.ConnectionId;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.reactive.function.client.WebClient;

import static io.brama.Command.because;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The endpoint over HTTP, on Spring WebFlux.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "management.endpoints.web.exposure.include=brama", "spring.main.web-application-type=reactive" })
class ReactiveEndpointTests {

	@Autowired
	private Brama brama;

	@LocalServerPort
	private int port;

	@Test
	void theEndpointAnswers() {
		this.brama.circuit("payment-api").open(because("maintenance"));
		StepVerifier.create(body("/payment-api"))
			.assertNext((body) -> assertThat(body).contains("\"state\":\"OPEN\"", "\"remainingOpenTime\":\"PT"))
			.verifyComplete();
		StepVerifier.create(body("?state=open"))
			.assertNext((body) -> assertThat(body).contains("\"counts\":{\"OPEN\":1}"))
			.verifyComplete();
		assertThat(status("/nobody")).isEqualTo(HttpStatus.NOT_FOUND);
		assertThat(status("?state=ajar")).isEqualTo(HttpStatus.BAD_REQUEST);
		this.brama.circuit(ConnectionId.of("payment-api").withScope("refunds"));
		assertThat(status("/payment-api")).isEqualTo(HttpStatus.CONFLICT);
	}

	private Mono<String> body(String rest) {
		return client().get().uri("/actuator/brama" + rest).retrieve().bodyToMono(String.class);
	}

	private HttpStatusCode status(String rest) {
		return client().get()
			.uri("/actuator/brama" + rest)
			.exchangeToMono((response) -> response.releaseBody().thenReturn(response.statusCode()))
			.block();
	}

	private WebClient client() {
		return WebClient.create("http://localhost:" + this.port);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Shop {

	}

}
