package io.brama.docs;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.brama.Brama;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the pages say about configuration is so: their YAML starts an application, and
 * their table has all keys and no other.
 */
class ConfigurationTests {

	private static final Pattern FIRST_CELL = Pattern.compile("^\\| `([a-z.-]+)` \\|", Pattern.MULTILINE);

	/** What may be said of a connection but not of all of them. */
	private static final List<String> OF_CONNECTIONS = List.of("scope", "type");

	/** Where what may be said of all circuits may be said of some. */
	private static final List<String> GROUPS = List.of("brama.scopes", "brama.connections");

	@ParameterizedTest
	@MethodSource("yaml")
	void everyYamlSnippetStartsAnApplication(String yaml) throws IOException {
		List<PropertySource<?>> properties = new YamlPropertySourceLoader().load("snippet",
				new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)));
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
			.web(WebApplicationType.NONE)
			.properties("spring.config.name=none") // not the configuration of the shop
			.initializers(
					(application) -> properties.forEach(application.getEnvironment().getPropertySources()::addFirst))
			.run()) {
			assertThat(context.getBean(Brama.class)).isNotNull();
		}
	}

	static List<String> yaml() {
		return Pages.all().flatMap((page) -> Pages.snippets(page, "yaml")).toList();
	}

	@Test
	void theTableHasAllKeysAndNoOther() throws IOException {
		Stream<String> documented = FIRST_CELL.matcher(Pages.read(Pages.ROOT.resolve("docs/configuration.md")))
			.results()
			.map((row) -> row.group(1))
			.filter((key) -> !OF_CONNECTIONS.contains(key))
			.map((key) -> key.startsWith("brama.") ? key : "brama." + key);
		assertThat(documented).containsExactlyInAnyOrderElementsOf(metadata().keySet());
	}

	@Test
	void theMetadataExplainsEachKey() throws IOException {
		assertThat(metadata())
			.allSatisfy((key, property) -> assertThat(property.path("description").asString("")).as(key).endsWith("."));
	}

	private static Map<String, JsonNode> metadata() throws IOException {
		List<URL> files = Collections.list(
				ConfigurationTests.class.getClassLoader().getResources("META-INF/spring-configuration-metadata.json"));
		return files.stream()
			.flatMap((file) -> read(file).path("properties").valueStream())
			.filter((property) -> property.path("name").asString().startsWith("brama."))
			.filter((property) -> !GROUPS.contains(property.path("name").asString()))
			.collect(Collectors.toMap((property) -> property.path("name").asString(), (property) -> property));
	}

	private static JsonNode read(URL file) {
		try (InputStream stream = file.openStream()) {
			return new JsonMapper().readTree(stream);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
