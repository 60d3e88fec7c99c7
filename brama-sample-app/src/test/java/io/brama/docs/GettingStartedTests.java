package io.brama.docs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import com.example.demo.DemoApplication;
import io.brama.test.ManualTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The commands of docs/getting-started.md, typed word by word, are answered as the page
 * says.
 */
@ExtendWith(OutputCaptureExtension.class)
class GettingStartedTests {

	private static final Path PAGE = Pages.ROOT.resolve("docs/getting-started.md");

	@Test
	@EnabledOnOs({ OS.LINUX, OS.MAC })
	void theCircuitOpensAndRecoversAsThePageSays(CapturedOutput output) throws Exception {
		Shell.assumeCurl();
		try (ConfigurableApplicationContext application = start()) {
			String answer = "";
			for (Pages.Block block : Pages.blocks(PAGE).toList()) {
				List<String> lines = block.text().lines().toList();
				switch (block.language()) {
					case "sh" -> answer = answerTo(block.text(), application);
					case "text" -> await().untilAsserted(() -> assertThat(output).contains(lines));
					case "" -> assertThat(answer.lines().map(String::strip)).containsAll(lines);
					default -> assertThat(block.language()).isIn("xml", "java", "yaml");
				}
			}
		}
	}

	@Test
	void theVersionsOnThePageAreThoseOfTheBuild() {
		String build = Pages.read(Pages.ROOT.resolve("pom.xml"));
		assertThat(Pages.snippets(PAGE, "xml").findFirst().orElseThrow()).contains(
				"<version>" + between("<spring-boot.version>", "<", build) + "</version>",
				"<version>" + between("<version>", "<", build) + "</version>");
	}

	private static String between(String before, String after, String text) {
		int start = text.indexOf(before) + before.length();
		return text.substring(start, text.indexOf(after, start));
	}

	/**
	 * What builds and starts has been done already; what is about waiting is done here.
	 */
	private static String answerTo(String commands, ConfigurableApplicationContext application)
			throws IOException, InterruptedException {
		if (commands.contains("mvn")) {
			return "";
		}
		String answer = new Shell(application).type(commands);
		if (commands.contains("price-server/up")) {
			application.getBean(ManualTime.class).advance(Duration.ofSeconds(15));
		}
		return answer;
	}

	private static ConfigurableApplicationContext start() throws IOException {
		List<PropertySource<?>> properties = new YamlPropertySourceLoader().load("page", new ByteArrayResource(
				Pages.snippets(PAGE, "yaml").findFirst().orElseThrow().getBytes(StandardCharsets.UTF_8)));
		return new SpringApplicationBuilder(DemoApplication.class, Time.class)
			.properties("spring.config.name=not-the-shop", "server.port=0")
			.initializers((context) -> properties.forEach(context.getEnvironment().getPropertySources()::addLast))
			.run();
	}

	@Configuration(proxyBeanMethods = false)
	static class Time {

		@Bean
		ManualTime manualTime() {
			return new ManualTime();
		}

	}

}
