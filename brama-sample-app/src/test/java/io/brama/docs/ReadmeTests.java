package io.brama.docs;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

import io.brama.Brama;
import io.brama.CircuitOpenException;
import io.brama.CircuitState;
import io.brama.sample.ShopApplication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * The examples of the README do what it says.
 */
@ExtendWith(OutputCaptureExtension.class)
class ReadmeTests {

	@Test
	void theSpringExampleOpensAfterTenFailuresAndPrintsIt(CapturedOutput output) {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
			.web(WebApplicationType.NONE)
			.properties("spring.config.name=none") // not the configuration of the shop
			.run()) {
			PaymentService service = context.getBean(PaymentService.class);
			for (int attempt = 1; attempt <= 10; attempt++) {
				assertThatExceptionOfType(ResourceAccessException.class).isThrownBy(() -> service.pay("order"));
			}
			assertThatExceptionOfType(CircuitOpenException.class).isThrownBy(() -> service.pay("order"));
			assertThat(context.getBean(Brama.class).status("payment-api"))
				.hasValueSatisfying((status) -> assertThat(status.state()).isEqualTo(CircuitState.OPEN));
			await().untilAsserted(
					() -> assertThat(output).contains("connection 'payment-api' is OPEN: I/O error on POST"));
		}
	}

	@Test
	void thePlainExampleAnswersWithoutCallingOnceItIsOpen() throws Exception {
		List<String> calls = new CopyOnWriteArrayList<>();
		PlainPayments payments = new PlainPayments((order) -> {
			calls.add(order);
			throw new IOException("connection refused");
		});
		for (int attempt = 1; attempt <= 5; attempt++) {
			assertThatExceptionOfType(IOException.class).isThrownBy(() -> payments.pay("order"));
		}
		assertThat(payments.pay("order")).isEqualTo("Please try again later. The circuit of connection 'payment-api' "
				+ "is open (cause: java.io.IOException); calls are tried again in 30s");
		assertThat(calls).hasSize(5);
	}

	@Test
	@EnabledOnOs({ OS.LINUX, OS.MAC })
	void theCommandOpensACircuitOfTheSample() throws Exception {
		Shell.assumeCurl();
		String command = Pages.snippets(Pages.ROOT.resolve("README.md"), "sh")
			.filter((commands) -> commands.startsWith("curl"))
			.collect(Collectors.joining());
		try (ConfigurableApplicationContext shop = SpringApplication.run(ShopApplication.class, "--server.port=0",
				"--shop.partners.port=0")) {
			assertThat(new Shell(shop).type(command)).contains("\"identifier\":\"payment-api\"", "\"state\":\"OPEN\"",
					"\"reason\":\"maintenance\"");
			assertThat(shop.getBean(Brama.class).status("payment-api").orElseThrow().remainingOpenTime())
				.isBetween(Duration.ofMinutes(59), Duration.ofHours(1));
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(PaymentService.class)
	static class Application {

		/** A client of a server that is not there: nothing listens on port 1. */
		@Bean
		RestClient http() {
			return RestClient.create("http://localhost:1");
		}

	}

}
