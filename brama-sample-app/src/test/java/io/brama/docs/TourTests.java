package io.brama.docs;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.brama.sample.ShopApplication;
import io.brama.test.ManualTime;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The commands of the tour through the shop, typed word by word, are answered as its page
 * says, whether the visitor types them at once or reads for a minute before each. Only
 * that time passes at once, as it does where the page has the visitor sleep.
 */
@ExtendWith(OutputCaptureExtension.class)
class TourTests {

	private static final Pattern SLEEP = Pattern.compile("sleep (\\d+)");

	@ParameterizedTest
	@ValueSource(ints = { 0, 60 })
	@EnabledOnOs({ OS.LINUX, OS.MAC })
	void theShopAnswersAsThePageSays(int secondsOfReading, CapturedOutput output) throws Exception {
		Shell.assumeCurl();
		try (ConfigurableApplicationContext shop = start()) {
			String answer = "";
			for (Pages.Block block : Pages.blocks(Path.of("README.md")).toList()) {
				List<Pattern> lines = block.text().lines().map(TourTests::pattern).toList();
				switch (block.language()) {
					case "sh" -> {
						letPass(Duration.ofSeconds(secondsOfReading), shop);
						answer = answerTo(block.text(), shop);
					}
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
				letPass(Duration.ofSeconds(Long.parseLong(part.strip().substring(6))), shop);
			}
			else {
				answer.append(new Shell(shop).type(part));
			}
		}
		return answer.toString();
	}

	private static void letPass(Duration duration, ConfigurableApplicationContext shop) {
		shop.getBean(ManualTime.class).advance(duration);
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
