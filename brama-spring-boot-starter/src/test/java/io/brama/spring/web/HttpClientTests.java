package io.brama.spring.web;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

import io.brama.Brama;
import io.brama.Circuit;
import io.brama.CircuitOpenException;
import io.brama.CircuitState;
import io.brama.ConnectionId;
import io.brama.ConnectionStatus;
import io.brama.ErrorHandler;
import io.brama.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.http.HttpMethod;
import org.springframework.http.HttpRequest;
import org.springframework.http.ResponseEntity;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.mock.http.client.MockClientHttpRequest;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;
import org.springframework.web.reactive.function.client.WebClient;

import static io.brama.Command.because;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Guarded clients of all three kinds and a real server that is not always well.
 */
class HttpClientTests {

	private static final Duration READ_TIMEOUT = Duration.ofMillis(300);

	private final PartnerServer partner = new PartnerServer();

	private final Brama brama = Brama.builder().maxAttempts(2).build();

	@AfterEach
	void close() throws IOException {
		this.partner.close();
		this.brama.close();
	}

	@ParameterizedTest
	@EnumSource(Kind.class)
	void anAnswerIsASuccessAndReachesTheCallerWithItsBody(Kind kind) {
		assertThat(perHost(kind).get(this.partner.url())).isEqualTo("body");
		assertThat(status().calls()).isEqualTo(new ConnectionStatus.Calls(1, 0, 0, 0, 0, 0));
	}

	@ParameterizedTest
	@EnumSource(Kind.class)
	void failuresInARowOpenTheCircuitOfTheHost(Kind kind) {
		this.partner.answers(500);
		Client client = perHost(kind);
		assertThat(catchThrowable(() -> client.get(this.partner.url()))).hasMessageContaining("500");
		assertThat(catchThrowable(() -> client.get(this.partner.url()))).hasMessageContaining("500");
		assertThat(status().state()).isEqualTo(CircuitState.OPEN);
		assertThat(status().lastFailureReason()).isEqualTo("500 Internal Server Error");
	}

	@ParameterizedTest
	@EnumSource(Kind.class)
	void whileTheCircuitIsOpenTheServerIsLeftAlone(Kind kind) {
		Client client = perHost(kind);
		circuit().open(because("maintenance"));
		assertThat(catchThrowable(() -> client.get(this.partner.url()))).isInstanceOf(CircuitOpenException.class);
		assertThat(this.partner.requests()).isZero();
		assertThat(status().calls().rejected()).isOne();
	}

	@ParameterizedTest
	@EnumSource(Kind.class)
	void aTrialThatIsAnsweredClosesTheCircuit(Kind kind) {
		Client client = perHost(kind);
		this.partner.answers(503, "Retry-After: 120");
		failOnce(client);
		this.partner.recovers();
		circuit().halfOpen(because("try"));
		assertThat(client.get(this.partner.url())).isEqualTo("body");
		assertThat(status().state()).isEqualTo(CircuitState.CLOSED);
	}

	@ParameterizedTest
	@EnumSource(Kind.class)
	void secondsInRetryAfterOpenTheCircuitAtOnceAndForThatLong(Kind kind) {
		this.partner.answers(503, "Retry-After: 120");
		failOnce(perHost(kind));
		assertThat(status().remainingOpenTime()).isBetween(Duration.ofSeconds(100), Duration.ofMinutes(2));
	}

	@ParameterizedTest
	@EnumSource(Kind.class)
	void aDateInRetryAfterDoesToo(Kind kind) {
		String date = DateTimeFormatter.RFC_1123_DATE_TIME
			.format(Clock.systemUTC().instant().plusSeconds(120).atZone(ZoneOffset.UTC));
		this.partner.answers(429, "Retry-After: " + date);
		failOnce(perHost(kind));
		assertThat(status().lastFailureReason()).isEqualTo("429 Too Many Requests");
		assertThat(status().remainingOpenTime()).isBetween(Duration.ofSeconds(90), Duration.ofMinutes(2));
	}

	@ParameterizedTest
	@EnumSource(Kind.class)
	void aWrongRequestSaysNothingAboutTheServer(Kind kind) {
		this.partner.answers(404);
		failOnce(perHost(kind));
		assertThat(status().calls()).isEqualTo(new ConnectionStatus.Calls(0, 0, 1, 0, 0, 0));
	}

	@ParameterizedTest
	@EnumSource(Kind.class)
	void aServerThatStallsHasFailed(Kind kind) {
		this.partner.stalls();
		failOnce(perHost(kind));
		assertThat(status().calls()).isEqualTo(new ConnectionStatus.Calls(0, 1, 0, 0, 0, 0));
	}

	@ParameterizedTest
	@EnumSource(Kind.class)
	void aServerThatResetsTheConnectionHasFailed(Kind kind) {
		this.partner.resets();
		failOnce(perHost(kind));
		assertThat(status().calls()).isEqualTo(new ConnectionStatus.Calls(0, 1, 0, 0, 0, 0));
	}

	@ParameterizedTest
	@EnumSource(Kind.class)
	void aServerThatIsNotThereHasFailed(Kind kind) throws IOException {
		this.partner.close();
		failOnce(perHost(kind));
		assertThat(status().calls()).isEqualTo(new ConnectionStatus.Calls(0, 1, 0, 0, 0, 0));
	}

	@ParameterizedTest
	@EnumSource(Kind.class)
	void allRequestsCanShareOneCircuit(Kind kind) {
		Circuit circuit = this.brama.circuit("partners");
		kind.guardedBy(circuit).get(this.partner.url());
		assertThat(this.brama.all()).singleElement().isSameAs(circuit);
		assertThat(circuit.status().calls().success()).isOne();
	}

	@ParameterizedTest
	@EnumSource(Kind.class)
	void aFunctionChoosesTheConnectionOfARequest(Kind kind) {
		Client client = kind.guardedBy(this.brama, (request) -> request.getURI().getPath().startsWith("/pay")
				? ConnectionId.of("payment-" + request.getMethod()).withScope("payments") : null);
		client.get(this.partner.url() + "/pay");
		client.get(this.partner.url() + "/other");
		assertThat(this.brama.all()).singleElement()
			.satisfies((circuit) -> assertThat(circuit.id())
				.isEqualTo(ConnectionId.of("payment-GET").withScope("payments")))
			.satisfies((circuit) -> assertThat(circuit.status().calls().success()).isOne());
	}

	@ParameterizedTest
	@EnumSource(Kind.class)
	void aFunctionChoosesWhoSaysWhatTheAnswerMeans(Kind kind) {
		HttpConnections connections = new HttpConnections() {

			@Override
			public ConnectionId connectionOf(HttpRequest request) {
				return ConnectionId.of("partner");
			}

			@Override
			public ErrorHandler errorHandlerOf(HttpRequest request) {
				return request.getURI().getPath().equals("/own") ? (result, error) -> Outcome.failure("always") : null;
			}

		};
		Client client = kind.guardedBy(this.brama, connections);
		client.get(this.partner.url() + "/own");
		client.get(this.partner.url() + "/usual");
		assertThat(this.brama.circuit("partner").status().calls())
			.isEqualTo(new ConnectionStatus.Calls(1, 1, 0, 0, 0, 0));
	}

	@ParameterizedTest
	@EnumSource(Kind.class)
	void anotherHandlerSeesStatusAndHeaders(Kind kind) {
		ErrorHandler handler = ErrorHandler.builder()
			.onResult(ResponseEntity.class,
					(answer) -> Outcome
						.failure(answer.getStatusCode().value() + " " + answer.getHeaders().getFirst("X-Mood")))
			.build();
		Circuit circuit = this.brama.circuit("partner");
		this.partner.answers(200, "X-Mood: bad");
		assertThat(kind.guardedBy(circuit, handler).get(this.partner.url())).isEqualTo("body");
		assertThat(circuit.status().lastFailureReason()).isEqualTo("200 bad");
	}

	@ParameterizedTest
	@EnumSource(Kind.class)
	void aHandlerThatThrowsCostsNobodyTheAnswer(Kind kind) {
		Circuit circuit = this.brama.circuit("partner");
		ErrorHandler handler = (result, error) -> {
			throw new IllegalStateException("odd");
		};
		assertThat(kind.guardedBy(circuit, handler).get(this.partner.url())).isEqualTo("body");
		assertThat(circuit.status().calls().success()).isOne();
	}

	@ParameterizedTest
	@CsvSource(nullValues = "none",
			value = { "http://API.Example.com/a, api.example.com", "http://api.example.com:80, api.example.com",
					"https://api.example.com:443, api.example.com", "https://api.example.com:80, api.example.com:80",
					"http://api.example.com:8080/b?c, api.example.com:8080", "http://my_service:8080, my_service:8080",
					"http://user:secret@api.example.com, api.example.com", "http://[::1]:8080, [::1]:8080",
					"/relative, none", "mailto:someone, none" })
	void theHostIsTheIdentifier(URI uri, String identifier) {
		ConnectionId id = HttpConnections.perHost(this.brama)
			.connectionOf(new MockClientHttpRequest(HttpMethod.GET, uri));
		assertThat(id).isEqualTo((identifier != null) ? new ConnectionId(identifier, "http", null) : null);
	}

	@Test
	void anInterruptedCallerSaysNothingAboutTheServer() {
		this.partner.stalls();
		Client client = perHost(Kind.REST_CLIENT);
		Thread.currentThread().interrupt();
		Throwable thrown = catchThrowable(() -> client.get(this.partner.url()));
		assertThat(Thread.interrupted()).isTrue();
		assertThat(thrown).hasRootCauseInstanceOf(InterruptedException.class);
		assertThat(status().calls()).isEqualTo(new ConnectionStatus.Calls(0, 0, 1, 0, 0, 0));
	}

	private void failOnce(Client client) {
		assertThat(catchThrowable(() -> client.get(this.partner.url()))).isNotNull();
	}

	private Client perHost(Kind kind) {
		return kind.guardedBy(this.brama, HttpConnections.perHost(this.brama));
	}

	private Circuit circuit() {
		return this.brama.circuit(new ConnectionId(this.partner.host(), "http", null));
	}

	private ConnectionStatus status() {
		return this.brama.status(new ConnectionId(this.partner.host(), "http", null)).orElseThrow();
	}

	/** A client, whatever its kind. */
	private interface Client {

		String get(String url);

	}

	/** What kinds of clients there are. */
	enum Kind {

		REST_CLIENT {

			@Override
			Client guardedBy(CircuitRequestInterceptor interceptor, CircuitExchangeFilter filter) {
				JdkClientHttpRequestFactory factory = new JdkClientHttpRequestFactory(HttpClient.newHttpClient());
				factory.setReadTimeout(READ_TIMEOUT);
				RestClient client = RestClient.builder()
					.requestFactory(factory)
					.requestInterceptor(interceptor)
					.build();
				return (url) -> client.get().uri(url).retrieve().body(String.class);
			}

		},

		REST_TEMPLATE {

			@Override
			Client guardedBy(CircuitRequestInterceptor interceptor, CircuitExchangeFilter filter) {
				SimpleClientHttpRequestFactory factory = new SimpleClientHttpRequestFactory();
				factory.setReadTimeout(READ_TIMEOUT);
				RestTemplate client = new RestTemplate(factory);
				client.setInterceptors(List.of(interceptor));
				return (url) -> client.getForObject(url, String.class);
			}

		},

		WEB_CLIENT {

			@Override
			Client guardedBy(CircuitRequestInterceptor interceptor, CircuitExchangeFilter filter) {
				WebClient client = WebClient.builder()
					.clientConnector(new ReactorClientHttpConnector(
							reactor.netty.http.client.HttpClient.create().responseTimeout(READ_TIMEOUT)))
					.filter(filter)
					.build();
				return (url) -> client.get().uri(url).retrieve().bodyToMono(String.class).block();
			}

		};

		abstract Client guardedBy(CircuitRequestInterceptor interceptor, CircuitExchangeFilter filter);

		Client guardedBy(Circuit circuit) {
			return guardedBy(CircuitRequestInterceptor.of(circuit), CircuitExchangeFilter.of(circuit));
		}

		Client guardedBy(Circuit circuit, ErrorHandler handler) {
			return guardedBy(CircuitRequestInterceptor.of(circuit).withErrorHandler(handler),
					CircuitExchangeFilter.of(circuit).withErrorHandler(handler));
		}

		Client guardedBy(Brama brama, HttpConnections connections) {
			return guardedBy(CircuitRequestInterceptor.of(brama, connections),
					CircuitExchangeFilter.of(brama, connections));
		}

	}

}
