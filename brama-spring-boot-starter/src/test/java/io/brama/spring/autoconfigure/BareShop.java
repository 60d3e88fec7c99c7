package io.brama.spring.autoconfigure;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

import io.brama.Brama;
import io.brama.TimeSource;
import io.brama.test.ManualTime;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static io.brama.Command.because;

/**
 * A web application whose controller meets an open circuit, for class paths on which
 * little else is.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@RestController
public class BareShop {

	private final Brama brama;

	BareShop(Brama brama) {
		this.brama = brama;
	}

	/** However slow the machine is, the answer names the whole hour. */
	@Bean
	static TimeSource time() {
		return new ManualTime();
	}

	@GetMapping("/orders")
	String order() {
		return this.brama.circuit("bank").get(() -> "paid");
	}

	/**
	 * Run the application on the kind of server that the class path allows for, and say
	 * what it answers. It wants a process of its own: of Tomcat there can be one.
	 */
	public static void main(String[] args) throws Exception {
		Map<String, Object> properties = Map.of("spring.main.banner-mode", "off", "logging.level.root", "warn",
				"server.port", "0");
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(BareShop.class)
			.properties(properties)
			.run()) {
			context.getBean(Brama.class).circuit("bank").open(because("maintenance").forDuration(Duration.ofHours(1)));
			String url = "http://localhost:" + context.getEnvironment().getProperty("local.server.port") + "/orders";
			HttpResponse<String> answer = HttpClient.newHttpClient()
				.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
			System.out.println(answer.statusCode() + ", Retry-After: "
					+ answer.headers().firstValue("Retry-After").orElse("none") + ", " + answer.body());
		}
	}

}
