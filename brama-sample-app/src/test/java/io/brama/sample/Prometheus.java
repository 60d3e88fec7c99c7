package io.brama.sample;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.MediaType;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.client.RestClient;

/**
 * A real Prometheus that scrapes the shop every second.
 */
final class Prometheus implements AutoCloseable {

	private static final JsonMapper JSON = new JsonMapper();

	private final Process process;

	private final RestClient api;

	private final Instant start = Instant.now();

	private Prometheus(Process process, int port) {
		this.process = process;
		this.api = RestClient.create("http://127.0.0.1:" + port + "/api/v1");
	}

	/** Whether there is one on this machine, with the tool that checks its rules. */
	static boolean isInstalled() {
		return Stream.of("prometheus", "promtool").allMatch(Prometheus::isOnThePath);
	}

	private static boolean isOnThePath(String program) {
		return Stream.of(System.getenv("PATH").split(File.pathSeparator))
			.anyMatch((directory) -> Files.isExecutable(Path.of(directory, program)));
	}

	static Prometheus scraping(int shop, Path rules, Path home) throws IOException {
		int port = freePort();
		Path config = Files.writeString(home.resolve("prometheus.yml"), """
				global: {scrape_interval: 1s, evaluation_interval: 1s}
				rule_files: ['%s']
				scrape_configs:
				  - job_name: shop
				    metrics_path: /actuator/prometheus
				    static_configs: [{targets: ['localhost:%d']}]
				""".formatted(rules.toAbsolutePath().normalize(), shop));
		Process process = new ProcessBuilder("prometheus", "--config.file=" + config,
				"--storage.tsdb.path=" + home.resolve("data"), "--web.listen-address=127.0.0.1:" + port,
				"--log.level=warn")
			.redirectErrorStream(true)
			.redirectOutput(home.resolve("prometheus.log").toFile())
			.start();
		return new Prometheus(process, port);
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	/** Run promtool, and return what it has to complain about; nothing if all is well. */
	static String complaints(String... arguments) throws IOException, InterruptedException {
		Process tool = new ProcessBuilder(Stream.concat(Stream.of("promtool"), Stream.of(arguments)).toList())
			.redirectErrorStream(true)
			.start();
		String output = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		return (tool.waitFor() != 0) ? output : "";
	}

	boolean isReady() {
		try {
			return !query("up == 1").isEmpty();
		}
		catch (RuntimeException ex) {
			return false;
		}
	}

	/** What a query finds now. */
	List<JsonNode> query(String query) {
		MultiValueMap<String, String> form = new LinkedMultiValueMap<>();
		form.add("query", query);
		return data("/query", form).path("result").valueStream().toList();
	}

	/** What a query finds from the start until now, second by second. */
	List<JsonNode> queryRange(String query) {
		MultiValueMap<String, String> form = new LinkedMultiValueMap<>();
		form.add("query", query);
		form.add("start", this.start.toString());
		form.add("end", Instant.now().toString());
		form.add("step", "1");
		return data("/query_range", form).path("result").valueStream().toList();
	}

	/** The values of a label among the series that match. */
	List<JsonNode> labelValues(String label, String series) {
		JsonNode answer = this.api.get()
			.uri("/label/{label}/values?match[]={series}", label, series)
			.exchangeForRequiredValue((request, response) -> JSON.readTree(response.getBody()));
		return data(answer, series).valueStream().toList();
	}

	private JsonNode data(String path, MultiValueMap<String, String> form) {
		JsonNode answer = this.api.post()
			.uri(path)
			.contentType(MediaType.APPLICATION_FORM_URLENCODED)
			.body(form)
			.exchangeForRequiredValue((request, response) -> JSON.readTree(response.getBody()));
		return data(answer, form.getFirst("query"));
	}

	private static JsonNode data(JsonNode answer, String query) {
		if (!"success".equals(answer.path("status").asString())) {
			throw new IllegalStateException(query + ": " + answer);
		}
		return answer.path("data");
	}

	@Override
	public void close() {
		this.process.destroy();
		try {
			if (!this.process.waitFor(10, TimeUnit.SECONDS)) {
				this.process.destroyForcibly();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** What the server said, for when it did not start. */
	static String log(Path home) {
		try {
			return Files.readString(home.resolve("prometheus.log"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
