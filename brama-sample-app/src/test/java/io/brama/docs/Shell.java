package io.brama.docs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Where a reader types the commands of a page, next to a running application.
 */
final class Shell {

	private final ConfigurableApplicationContext application;

	Shell(ConfigurableApplicationContext application) {
		this.application = application;
	}

	/** Go on only where the commands of the pages can be typed. */
	static void assumeCurl() throws IOException, InterruptedException {
		assumeThat(answerTo("curl --version")).contains("libcurl");
	}

	/**
	 * Type commands word by word, but for the port, and return what they print. That is
	 * without the progress of downloads, which a reader does not see either.
	 */
	String type(String commands) throws IOException, InterruptedException {
		String port = this.application.getEnvironment().getProperty("local.server.port");
		return answerTo(commands.replace("localhost:8080", "localhost:" + port));
	}

	private static String answerTo(String commands) throws IOException, InterruptedException {
		Process shell = new ProcessBuilder("sh", "-c", commands).redirectError(ProcessBuilder.Redirect.DISCARD).start();
		String answer = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		shell.waitFor();
		return answer;
	}

}
