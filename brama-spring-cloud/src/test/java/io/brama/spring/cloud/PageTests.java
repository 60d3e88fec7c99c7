package io.brama.spring.cloud;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import feign.FeignException;
import feign.Request;
import feign.Response;
import io.brama.Brama;
import io.brama.CircuitConfig;
import io.brama.CircuitOpenException;
import io.brama.ConnectionId;
import io.brama.ErrorHandler;
import io.brama.Outcome;
import io.brama.spring.autoconfigure.BramaAutoConfiguration;
import io.brama.spring.cloud.autoconfigure.BramaCloudAutoConfiguration;
import io.brama.spring.web.HttpErrors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cloud.client.circuitbreaker.CircuitBreakerFactory;
import org.springframework.cloud.client.circuitbreaker.Customizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.HttpStatus;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;

import static io.brama.Command.because;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What docs/spring-cloud.md says is so.
 */
class PageTests {

	private static final Path PAGE = Path.of("../docs/spring-cloud.md");

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(BramaAutoConfiguration.class, BramaCloudAutoConfiguration.class));

	private final Brama brama = Brama.create();

	private final BramaCircuitBreakerFactory factory = new BramaCircuitBreakerFactory(this.brama);

	@AfterEach
	void close() {
		this.brama.close();
	}

	@Test
	void theFallbackTellsAnOpenCircuitFromAFailure() throws IOException {
		try (Backend backend = new Backend()) {
			Shop shop = new Shop(this.factory, RestClient.create(backend.url()));
			assertThat(shop.price()).isEqualTo("body");
			backend.answers(500);
			assertThat(shop.price()).isEqualTo("no price");
			this.brama.open("price-api", because("a test"));
			assertThat(shop.price()).isEqualTo("no price for now");
		}
	}

	@Test
	void theCustomizerSaysWhatHoldsForAllAndForSome() {
		this.runner.withUserConfiguration(Customized.class).run((context) -> {
			BramaCircuitBreakerFactory factory = context.getBean(BramaCircuitBreakerFactory.class);
			factory.create("any");
			factory.create("stock-api");
			CircuitConfig any = context.getBean(Brama.class).circuit("any").status().config();
			assertThat(any.maxAttempts()).isEqualTo(5);
			assertThat(any.expiry()).isEqualTo(Duration.ofSeconds(30));
			assertThat(context.getBean(Brama.class).circuit("stock-api").status().config().maxAttempts()).isEqualTo(3);
		});
	}

	@Test
	void aWrongRequestSaysNothingAboutTheServer() {
		BramaCircuitBreakerFactory factory = this.factory;
		factory.configureDefault((id) -> new BramaConfigBuilder(id).errorHandler(new HttpErrors()).build());
		factory.create("price-api").run(() -> {
			throw new HttpClientErrorException(HttpStatus.NOT_FOUND);
		}, (error) -> "no price");
		assertThat(this.brama.circuit("price-api").status().calls().ignored()).isEqualTo(1);
	}

	@Test
	void aCustomizerGetsTheCircuitOnce() {
		BramaCircuitBreakerFactory factory = this.factory;
		Audit audit = new Audit(new ArrayList<>());
		factory.addCircuitCustomizer((circuit) -> audit.watch(circuit.id()), "price-api");
		factory.create("price-api").run(() -> "ok");
		factory.create("price-api").run(() -> "ok");
		assertThat(audit.watched()).containsExactly(ConnectionId.of("price-api"));
	}

	@Test
	void ofFeignsExceptionsThoseOfWrongRequestsAreLeftOut() {
		assertThat(meaningOf(404)).isEqualTo(Outcome.ignored());
		assertThat(meaningOf(429)).isEqualTo(Outcome.failure("429 Too Many Requests"));
		assertThat(meaningOf(500)).isNotEqualTo(Outcome.ignored()).isNotEqualTo(Outcome.success());
	}

	private static Outcome meaningOf(int status) {
		Request request = Request.create(Request.HttpMethod.GET, "/", Map.of(), new byte[0], StandardCharsets.UTF_8,
				null);
		Response response = Response.builder().status(status).request(request).build();
		return feignErrors().classify(null, FeignException.errorStatus("Prices#of(String)", response));
	}

	private static ErrorHandler feignErrors() {
		return ErrorHandler.builder()
			.on(FeignException.TooManyRequests.class, (ex) -> Outcome.failure("429 Too Many Requests"))
			.ignore(FeignException.FeignClientException.class)
			.build();
	}

	@Test
	void itWorksWithoutSpringBoot() {
		Brama brama = this.brama;
		CircuitBreakerFactory<?, ?> circuitBreakers = new BramaCircuitBreakerFactory(brama);
		assertThat(circuitBreakers.create("price-api").run(() -> "ok")).isEqualTo("ok");
	}

	@ParameterizedTest
	@MethodSource("yaml")
	void everyYamlSnippetStartsAnApplication(String yaml) throws IOException {
		List<PropertySource<?>> properties = load(yaml);
		this.runner
			.withInitializer((context) -> properties.forEach(context.getEnvironment().getPropertySources()::addFirst))
			.run((context) -> assertThat(context).hasNotFailed());
	}

	static List<String> yaml() throws IOException {
		return snippets(PAGE).toList();
	}

	private static Stream<String> snippets(Path page) throws IOException {
		return matches(page, "(?ms)^```yaml\\n(.*?)^```$");
	}

	private static List<PropertySource<?>> load(String yaml) throws IOException {
		return new YamlPropertySourceLoader().load("snippet",
				new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)));
	}

	@Test
	void whatIsLikeTheDefaultsOfResilience4jIsTheSameInTheGuideForIt() throws IOException {
		assertThat(likeTheDefaults(PAGE)).isNotEmpty()
			.isEqualTo(likeTheDefaults(PAGE.resolveSibling("migrating-from-resilience4j.md")));
	}

	/** The options of circuits in the snippet of a page that is about all circuits. */
	private static Map<String, String> likeTheDefaults(Path page) throws IOException {
		String yaml = snippets(page).filter((snippet) -> snippet.contains("\n  max-attempts: off\n"))
			.collect(Collectors.joining("---\n"));
		Map<String, String> options = new TreeMap<>();
		for (PropertySource<?> source : load(yaml)) {
			for (String key : ((EnumerablePropertySource<?>) source).getPropertyNames()) {
				options.put(key, String.valueOf(source.getProperty(key)));
			}
		}
		options.keySet().removeIf((key) -> !key.startsWith("brama."));
		return options;
	}

	@Test
	void theTableHasAllKeysAndNoOther() throws IOException {
		List<String> documented = matches(PAGE, "(?m)^\\| `(enabled|timeout[a-z]*)[^`]*` \\|").toList();
		assertThat(metadata().stream().map((property) -> property.get("name").asString()))
			.containsExactlyInAnyOrderElementsOf(
					documented.stream().map("spring.cloud.circuitbreaker.brama."::concat).toList());
	}

	@Test
	void theMetadataExplainsEachKey() throws IOException {
		assertThat(metadata()).isNotEmpty()
			.allSatisfy((property) -> assertThat(property.path("description").asString("")).endsWith("."));
	}

	private static Stream<String> matches(Path page, String pattern) throws IOException {
		return Pattern.compile(pattern).matcher(Files.readString(page)).results().map((match) -> match.group(1));
	}

	private static List<JsonNode> metadata() throws IOException {
		List<JsonNode> properties = new ArrayList<>();
		for (URL file : Collections
			.list(PageTests.class.getClassLoader().getResources("META-INF/spring-configuration-metadata.json"))) {
			try (InputStream content = file.openStream()) {
				new JsonMapper().readTree(content).path("properties").forEach((property) -> {
					if (property.get("name").asString().startsWith("spring.cloud.circuitbreaker.brama.")) {
						properties.add(property);
					}
				});
			}
		}
		return properties;
	}

	@Configuration(proxyBeanMethods = false)
	static class Customized {

		@Bean
		Customizer<BramaCircuitBreakerFactory> circuitBreakers() {
			return (factory) -> {
				factory.configureDefault((id) -> new BramaConfigBuilder(id)
					.options((options) -> options.maxAttempts(5).expiry(Duration.ofSeconds(30)))
					.build());
				factory.configure(
						(config) -> config.options((options) -> options.maxAttempts(3)).timeout(Duration.ofSeconds(2)),
						"price-api", "stock-api");
			};
		}

	}

	/** Asks a partner for prices. */
	private record Shop(CircuitBreakerFactory<?, ?> circuitBreakers, RestClient partner) {

		String price() {
			return this.circuitBreakers.create("price-api")
				.run(() -> this.partner.get().retrieve().body(String.class),
						(error) -> (error instanceof CircuitOpenException) ? "no price for now" : "no price");
		}

	}

	/** Keeps what it was told to watch. */
	private record Audit(List<ConnectionId> watched) {

		void watch(ConnectionId id) {
			this.watched.add(id);
		}

	}

}
