package io.brama.migration;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;

import io.github.resilience4j.common.circuitbreaker.configuration.CircuitBreakerConfigCustomizer;
import io.micrometer.core.instrument.MeterRegistry;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * An application that takes payments, seen from outside.
 */
final class Shop implements AutoCloseable {

	private final ConfigurableApplicationContext context;

	private Shop(String configuration, Class<?>... components) {
		this.context = new SpringApplicationBuilder(Application.class).sources(components)
			.properties("spring.config.name=" + configuration, "server.port=0", "brama.events.delivery=direct")
			.run();
	}

	static Shop withResilience4j() {
		return new Shop("resilience4j", io.brama.migration.before.PaymentService.class,
				io.brama.migration.before.TransitionListener.class);
	}

	static Shop withBrama() {
		return new Shop("brama", io.brama.migration.after.PaymentService.class,
				io.brama.migration.after.TransitionListener.class);
	}

	/** What the customer is told. */
	String pay(String order) {
		try {
			return this.context.getBean(Payments.class).pay(order);
		}
		catch (RuntimeException ex) {
			return ex.getClass().getSimpleName();
		}
	}

	void bankIsUp(boolean up) {
		this.context.getBean(Bank.class).isUp(up);
	}

	int callsOfTheBank() {
		return this.context.getBean(Bank.class).calls();
	}

	void pass(Duration time) {
		this.context.getBean(ManualTime.class).advance(time);
	}

	List<String> journal() {
		return this.context.getBean(Journal.class).lines();
	}

	long count(String meter, String... tags) {
		MeterRegistry registry = this.context.getBean(MeterRegistry.class);
		return (long) registry.get(meter).tags(tags).meter().measure().iterator().next().getValue();
	}

	JsonNode actuator(String path) throws IOException, InterruptedException {
		String port = this.context.getEnvironment().getProperty("local.server.port");
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/actuator/" + path))
			.build();
		return new JsonMapper().readTree(HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body());
	}

	@Override
	public void close() {
		this.context.close();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		Bank bank() {
			return new Bank();
		}

		@Bean
		Journal journal() {
			return new Journal();
		}

		@Bean
		ManualTime time() {
			return new ManualTime();
		}

		@Bean
		CircuitBreakerConfigCustomizer sameTime(ManualTime time) {
			return CircuitBreakerConfigCustomizer.of("payment-api", (builder) -> builder.clock(time));
		}

	}

}
