package io.brama.spring.autoconfigure;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import io.brama.Brama;
import io.brama.CircuitOpenException;
import io.brama.spring.annotation.CircuitBreaker;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static io.brama.Command.because;

/**
 * An application that uses what a plain starter offers, for class paths on which little
 * else is.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class BareApplication {

	@Bean
	Partner partner() {
		return new Partner();
	}

	/**
	 * Run the application.
	 * @return what its guarded calls did
	 */
	public static String answers() {
		Map<String, Object> properties = Map.of("spring.main.banner-mode", "off", "logging.level.root", "warn");
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(BareApplication.class)
			.web(WebApplicationType.NONE)
			.properties(properties)
			.run()) {
			Partner partner = context.getBean(Partner.class);
			String answers = partner.call();
			try {
				partner.callAsync().join();
			}
			catch (CompletionException ex) {
				answers += ", failed";
			}
			context.getBean(Brama.class).open("partner", because("maintenance"));
			try {
				partner.call();
			}
			catch (CircuitOpenException ex) {
				answers += ", rejected";
			}
			return answers;
		}
	}

	/** Calls nobody. */
	public static class Partner {

		@CircuitBreaker(identifier = "partner")
		public String call() {
			return "called";
		}

		@CircuitBreaker(identifier = "partner")
		public CompletableFuture<String> callAsync() {
			return CompletableFuture.failedFuture(new IllegalStateException("no answer"));
		}

	}

}
