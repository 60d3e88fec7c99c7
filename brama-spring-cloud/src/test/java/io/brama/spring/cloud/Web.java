package io.brama.spring.cloud;

import java.time.Duration;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.brama.Brama;
import io.brama.test.ManualTime;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

import static io.brama.Command.because;

/**
 * An application on a port of its own, and who asks it over HTTP.
 */
public final class Web implements AutoCloseable {

	/** An application has only one of the gateways. */
	private static final String NO_SERVLET_GATEWAY = Stream
		.of("GatewayServerMvcAutoConfiguration", "filter.FilterAutoConfiguration",
				"handler.HandlerFunctionAutoConfiguration", "predicate.PredicateAutoConfiguration")
		.map("org.springframework.cloud.gateway.server.mvc."::concat)
		.collect(Collectors.joining(",", "spring.autoconfigure.exclude=", ""));

	private static final String NO_REACTIVE_GATEWAY = "spring.cloud.gateway.server.webflux.enabled=false";

	/**
	 * Uses no connection twice: at times the server of Reactor Netty 1.3.7 does not read
	 * the second request (https://github.com/reactor/reactor-netty/issues/4361).
	 */
	private final RestClient client;

	private final ConfigurableApplicationContext application;

	private Web(Class<?> application, WebApplicationType type, String... properties) {
		this.application = new SpringApplicationBuilder(application).web(type)
			.properties("server.port=0", "spring.config.name=none", "spring.main.banner-mode=off",
					(type == WebApplicationType.SERVLET) ? NO_REACTIVE_GATEWAY : NO_SERVLET_GATEWAY,
					"management.endpoints.web.exposure.include=brama")
			.properties(String.join("\n", properties).split("\n"))
			.run();
		SimpleClientHttpRequestFactory requests = new SimpleClientHttpRequestFactory();
		requests.setReadTimeout(Duration.ofSeconds(60));
		this.client = RestClient.builder()
			.baseUrl("http://localhost:" + this.application.getEnvironment().getRequiredProperty("local.server.port"))
			.requestFactory(requests)
			.defaultHeader(HttpHeaders.CONNECTION, "close")
			.defaultStatusHandler(HttpStatusCode::isError, (request, response) -> {
			})
			.build();
	}

	public static Web servlet(Class<?> application, String... properties) {
		return new Web(application, WebApplicationType.SERVLET, properties);
	}

	public static Web reactive(Class<?> application, String... properties) {
		return new Web(application, WebApplicationType.REACTIVE, properties);
	}

	public <T> T bean(Class<T> type) {
		return this.application.getBean(type);
	}

	/** Forget what was counted so far. */
	public void reset() {
		bean(Brama.class).all().forEach((circuit) -> circuit.reset(because("the next test")));
	}

	public void advance(Duration time) {
		bean(ManualTime.class).advance(time);
	}

	/** Status and body of the answer. */
	public String get(String path) {
		ResponseEntity<String> answer = ask(path);
		return answer.getStatusCode().value() + " " + Objects.requireNonNullElse(answer.getBody(), "");
	}

	public int status(String path) {
		return ask(path).getStatusCode().value();
	}

	/** The states that the endpoint shows, such as {@code api OPEN}. */
	public String states() {
		String body = Objects.requireNonNull(ask("/actuator/brama").getBody());
		return Stream.of(body.split("\\{\"identifier\":\""))
			.skip(1)
			.map((part) -> part.substring(0, part.indexOf('"')) + " "
					+ part.replaceFirst("(?s).*?\"state\":\"([A-Z_]+)\".*", "$1"))
			.sorted()
			.reduce((one, other) -> one + ", " + other)
			.orElse("");
	}

	/** How many calls of a connection the meters have counted, by scope and outcome. */
	public double calls(String identifier, String scope, String outcome) {
		return bean(MeterRegistry.class).get("brama.calls")
			.tags("identifier", identifier, "scope", scope, "outcome", outcome)
			.functionTimer()
			.count();
	}

	private ResponseEntity<String> ask(String path) {
		return this.client.get().uri(path).retrieve().toEntity(String.class);
	}

	@Override
	public void close() {
		this.application.close();
	}

}
