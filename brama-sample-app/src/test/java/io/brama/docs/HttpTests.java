package io.brama.docs;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;

import com.sun.net.httpserver.HttpServer;
import io.brama.Brama;
import io.brama.Circuit;
import io.brama.CircuitOpenException;
import io.brama.CircuitState;
import io.brama.ConnectionId;
import io.brama.ErrorHandler;
import io.brama.Outcome;
import io.brama.spring.web.CircuitExchangeFilter;
import io.brama.spring.web.CircuitRequestInterceptor;
import io.brama.spring.web.HttpConnections;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientResponseException;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.registry.ImportHttpServices;

import static io.brama.Command.because;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The snippets of docs/http.md.
 */
class HttpTests {

	private final Brama brama = Brama.create();

	private HttpServer server;

	private String url;

	@BeforeEach
	void startAServerThatIsNotWell() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.createContext("/", (exchange) -> {
			exchange.getResponseHeaders().set("Retry-After", "120");
			exchange.sendResponseHeaders(503, -1);
			exchange.close();
		});
		this.server.start();
		this.url = "http://localhost:" + this.server.getAddress().getPort() + "/stock";
	}

	@AfterEach
	void stopTheServer() {
		this.server.stop(0);
	}

	@Test
	void aClientCanBeGuardedByHost() {
		Brama brama = this.brama;
		RestClient client = RestClient.builder().requestInterceptor(CircuitRequestInterceptor.perHost(brama)).build();
		failOnce(client);
		assertThat(brama.status("localhost:" + this.server.getAddress().getPort())).hasValueSatisfying((status) -> {
			assertThat(status.state()).isEqualTo(CircuitState.OPEN);
			assertThat(status.id().type()).isEqualTo("http");
			assertThat(status.remainingOpenTime()).isGreaterThan(Duration.ofSeconds(100));
		});
		assertThatExceptionOfType(CircuitOpenException.class)
			.isThrownBy(() -> client.get().uri(this.url).retrieve().toBodilessEntity());
	}

	@Test
	void aWebClientCanBeGuardedByHost() {
		Brama brama = this.brama;
		WebClient client = WebClient.builder().filter(CircuitExchangeFilter.perHost(brama)).build();
		assertThatExceptionOfType(WebClientResponseException.class)
			.isThrownBy(() -> client.get().uri(this.url).retrieve().toBodilessEntity().block());
		assertThatExceptionOfType(CircuitOpenException.class)
			.isThrownBy(() -> client.get().uri(this.url).retrieve().toBodilessEntity().block());
	}

	@Test
	void aClientCanBeGuardedByOneCircuit() {
		Brama brama = this.brama;
		Circuit inventory = brama.circuit("inventory");
		RestClient client = RestClient.builder().requestInterceptor(CircuitRequestInterceptor.of(inventory)).build();
		failOnce(client);
		assertThat(inventory.status().state()).isEqualTo(CircuitState.OPEN);
	}

	@Test
	void anotherHandlerCanDecide() {
		Circuit inventory = this.brama.circuit("inventory");
		CircuitRequestInterceptor interceptor = CircuitRequestInterceptor.of(inventory)
			.withErrorHandler(ErrorHandler.builder()
				.onResult(ResponseEntity.class,
						(answer) -> answer.getStatusCode().isError() ? Outcome.failure("an error") : Outcome.success())
				.build());
		failOnce(RestClient.builder().requestInterceptor(interceptor).build());
		assertThat(inventory.status().lastFailureReason()).isEqualTo("an error");
		assertThat(inventory.status().state()).isEqualTo(CircuitState.CLOSED);
	}

	@Test
	void aFunctionCanNameTheConnections() {
		HttpConnections connections = new Tenants().connections();
		RestClient client = RestClient.builder()
			.requestInterceptor(CircuitRequestInterceptor.of(this.brama, connections))
			.defaultHeader("X-Tenant", "acme")
			.build();
		failOnce(client);
		assertThat(this.brama.status(new ConnectionId("acme", "http", "tenants"))).isPresent();
	}

	@Test
	void aGroupOfHttpServicesCanHaveACircuit() {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
			.web(WebApplicationType.NONE)
			.properties("spring.config.name=none", "brama.http.groups=inventory",
					"spring.http.serviceclient.inventory.base-url=" + this.url)
			.run()) {
			InventoryApi inventory = context.getBean(InventoryApi.class);
			context.getBean(Brama.class).open("inventory", because("stocktaking"));
			assertThatExceptionOfType(CircuitOpenException.class).isThrownBy(inventory::items);
		}
	}

	@Test
	void rulesMakeAHandler() {
		ErrorHandler handler = new PaymentConfiguration().paymentErrors();
		assertThat(handler.classify(null, new QuotaException())).isEqualTo(Outcome.failure("quota").tripNow());
		assertThat(handler.classify(null, new ValidationException())).isEqualTo(Outcome.ignored());
		assertThat(handler.classify(new Response(true), null)).isEqualTo(Outcome.failure("busy"));
		assertThat(handler.classify(new Response(false), null)).isEqualTo(Outcome.success());
	}

	@Test
	void anApplicationCanAnswerItself() {
		Circuit bank = this.brama.circuit("bank");
		bank.open(because("maintenance"));
		assertThatExceptionOfType(CircuitOpenException.class).isThrownBy(bank::acquire)
			.satisfies((open) -> assertThat(new OwnAnswer().handle(open).getTitle()).isEqualTo("We are closed"));
	}

	private void failOnce(RestClient client) {
		assertThatExceptionOfType(RestClientException.class)
			.isThrownBy(() -> client.get().uri(this.url).retrieve().toBodilessEntity());
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@ImportHttpServices(group = "inventory", types = InventoryApi.class)
	static class Application {

	}

	interface InventoryApi {

		@GetExchange("/items")
		String items();

	}

	@Configuration(proxyBeanMethods = false)
	static class Tenants {

		@Bean
		HttpConnections connections() {
			return (request) -> {
				String tenant = request.getHeaders().getFirst("X-Tenant");
				return (tenant != null) ? new ConnectionId(tenant, "http", "tenants") : null;
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class PaymentConfiguration {

		@Bean
		ErrorHandler paymentErrors() {
			return ErrorHandler.builder()
				.on(QuotaException.class, (ex) -> Outcome.failure("quota").tripNow())
				.ignore(ValidationException.class)
				.onResult(Response.class, (response) -> response.busy() ? Outcome.failure("busy") : Outcome.success())
				.build();
		}

	}

	@RestControllerAdvice
	static class OwnAnswer {

		@ExceptionHandler
		ProblemDetail handle(CircuitOpenException open) {
			ProblemDetail problem = ProblemDetail.forStatus(HttpStatus.SERVICE_UNAVAILABLE);
			problem.setTitle("We are closed");
			return problem;
		}

	}

	@SuppressWarnings("serial")
	static final class QuotaException extends RuntimeException {

	}

	@SuppressWarnings("serial")
	static final class ValidationException extends RuntimeException {

	}

	record Response(boolean busy) {
	}

}
