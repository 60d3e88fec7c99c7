package io.brama.spring.cloud;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.brama.Brama;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

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

	private final HttpClient client = HttpClient.newHttpClient();

	private final ConfigurableApplicationContext application;

	private Web(Class<?> application, WebApplicationType type, String... properties) {
		this.application = new SpringApplicationBuilder(application).web(type)
			.properties("server.port=0", "spring.config.name=none", "spring.main.banner-mode=off",
					(type == WebApplicationType.SERVLET) ? NO_REACTIVE_GATEWAY : NO_SERVLET_GATEWAY,
					"management.endpoints.web.exposure.include=brama")
			.properties(String.join("\n", properties).split("\n"))
			.run();
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
		HttpResponse<String> answer = ask(path);
		return answer.statusCode() + " " + answer.body();
	}

	public int status(String path) {
		return ask(path).statusCode();
	}

	/** The states that the endpoint shows, such as {@code api OPEN}. */
	public String states() {
		String body = ask("/actuator/brama").body();
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

	private HttpResponse<String> ask(String path) {
		int port = this.application.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path)).build();
		try {
			return this.client.send(request, HttpResponse.BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		this.application.close();
	}

}
