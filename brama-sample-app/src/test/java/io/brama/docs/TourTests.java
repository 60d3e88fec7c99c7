package io.brama.docs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.brama.sample.ShopApplication;
import io.brama.test.ManualTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

/**
 * The commands of the tour through the shop, typed word by word, are answered as its page
 * says. Only that time passes at once where the page has the visitor sleep.
 */
@ExtendWith(OutputCaptureExtension.class)
class TourTests {

	private static final Pattern BLOCK = Pattern.compile("^```(\\w*)\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

	private static final Pattern SLEEP = Pattern.compile("sleep (\\d+)");

	@Test
	@EnabledOnOs({ OS.LINUX, OS.MAC })
	void theShopAnswersAsThePageSays(CapturedOutput output) throws Exception {
		assumeThat(typed("curl --version")).contains("libcurl");
		try (ConfigurableApplicationContext shop = start()) {
			String answer = "";
			for (MatchResult block : BLOCK.matcher(Pages.read(Path.of("README.md"))).results().toList()) {
				List<Pattern> lines = block.group(2).lines().map(TourTests::pattern).toList();
				switch (block.group(1)) {
					case "sh" -> answer = answerTo(block.group(2), shop);
					case "text" -> await().untilAsserted(() -> assertContains(output.toString(), lines));
					default -> assertContains(answer, lines);
				}
			}
		}
	}

	private static void assertContains(String text, List<Pattern> lines) {
		assertThat(lines).allSatisfy((line) -> assertThat(text).containsPattern(line));
	}

	/** What a line of the page stands for: {@code …} is anything. */
	private static Pattern pattern(String line) {
		return Pattern
			.compile(Arrays.stream(line.strip().split("…", -1)).map(Pattern::quote).collect(Collectors.joining(".*?")));
	}

	private static String answerTo(String commands, ConfigurableApplicationContext shop)
			throws IOException, InterruptedException {
		if (commands.contains("mvnw")) {
			return "";
		}
		StringBuilder answer = new StringBuilder();
		for (String part : commands.split("(?=sleep \\d)|(?<=sleep \\d\n)", -1)) {
			if (SLEEP.matcher(part.strip()).matches()) {
				shop.getBean(ManualTime.class).advance(Duration.ofSeconds(Long.parseLong(part.strip().substring(6))));
			}
			else {
				String port = shop.getEnvironment().getProperty("local.server.port");
				answer.append(typed(part.replace("localhost:8080", "localhost:" + port)));
			}
		}
		return answer.toString();
	}

	private static String typed(String commands) throws IOException, InterruptedException {
		Process shell = new ProcessBuilder("sh", "-c", commands).redirectErrorStream(true).start();
		String answer = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		shell.waitFor();
		return answer;
	}

	private static ConfigurableApplicationContext start() {
		return new SpringApplicationBuilder(ShopApplication.class, Time.class)
			.properties("server.port=0", "shop.partners.port=0")
			.run("--server.port=0", "--shop.partners.port=0");
	}

	@Configuration(proxyBeanMethods = false)
	static class Time {

		@Bean
		ManualTime manualTime() {
			return new ManualTime();
		}

	}

}
