package io.brama.spring.actuate;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.brama.spring.Connections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The files of the dashboard over HTTP, wherever they are mapped to.
 */
class DashboardTests {

	private static final String EXPOSED = "management.endpoints.web.exposure.include=brama,bramadashboard";

	/** With two on the class path, none of them serves on a port of its own. */
	private static final String ONE_REACTIVE_SERVER = "spring.autoconfigure.exclude="
			+ "org.springframework.boot.reactor.netty.autoconfigure.actuate.web.server.NettyReactiveManagementContextAutoConfiguration";

	private static final Pattern LINK = Pattern.compile("(?:href|src)=\"([^\"#]+)\"");

	private static final Pattern CIRCUITS = Pattern.compile("data-circuits=\"([^\"]*)\"");

	private static final Pattern IMPORT = Pattern.compile("from '([^']+)'");

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					servlet  | server | /actuator/bramadashboard     |
					reactive | server | /actuator/bramadashboard     |
					servlet  | server | /ops/circuits                | management.endpoints.web.base-path=/ops management.endpoints.web.path-mapping.bramadashboard=circuits
					servlet  | server | /ops/page/of/circuits        | management.endpoints.web.base-path=/ops management.endpoints.web.path-mapping.bramadashboard=page/of/circuits
					reactive | server | /ops/page/of/circuits        | management.endpoints.web.base-path=/ops management.endpoints.web.path-mapping.bramadashboard=page/of/circuits
					servlet  | server | /actuator/bramadashboard     | management.endpoints.web.path-mapping.brama=list/of/circuits
					servlet  | server | /shop/actuator/bramadashboard | server.servlet.context-path=/shop
					reactive | server | /shop/actuator/bramadashboard | spring.webflux.base-path=/shop
					servlet  | server | /mvc/actuator/bramadashboard | spring.mvc.servlet.path=/mvc
					servlet  | management | /actuator/bramadashboard | management.server.port=0
					reactive | management | /actuator/bramadashboard | management.server.port=0
					servlet  | management | /admin/bramadashboard    | management.server.port=0 management.server.base-path=/admin management.endpoints.web.base-path=/
					reactive | management | /admin/actuator/bramadashboard | management.server.port=0 management.server.base-path=/admin
					""")
	void thePageFindsItsFilesAndTheCircuits(String kind, String server, String path, String properties)
			throws Exception {
		String mapping = (properties != null) ? properties : "";
		try (ConfigurableApplicationContext shop = shop(kind, (EXPOSED + " " + mapping).split(" "))) {
			URI address = address(shop, server, path);
			HttpResponse<String> page = get(address);
			assertThat(page.statusCode()).isEqualTo(200);
			assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html;charset=UTF-8");
			assertThat(page.body()).doesNotContain("{{");
			assertThat(files(address, page.body())).hasSizeGreaterThan(3).allSatisfy(this::isAFileOfThePage);
			HttpResponse<String> circuits = get(address.resolve(found(CIRCUITS, page.body()).get(0)));
			assertThat(circuits.body()).contains("\"connections\":[]");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "servlet", "reactive" })
	void nothingButTheFilesOfThePageIsServed(String kind) throws Exception {
		try (ConfigurableApplicationContext shop = shop(kind, EXPOSED)) {
			URI address = address(shop, "server", "/actuator/bramadashboard/");
			for (String file : List.of("nothing.js", "index.html", "..%2FBramaDashboardEndpoint.class",
					"%2E%2E%2FBramaEndpoint.class", "dashboard.js%00", "..%2f..%2f..%2f..%2f..%2fapplication.css")) {
				assertThat(get(URI.create(address + file)).statusCode()).as(file).isBetween(400, 404);
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "servlet", "reactive" })
	void onlyTheDashboardHasItsHeaders(String kind) throws Exception {
		try (ConfigurableApplicationContext shop = shop(kind, EXPOSED)) {
			assertThat(get(address(shop, "server", "/actuator/brama")).headers().map())
				.doesNotContainKey("content-security-policy");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "management.endpoints.web.exposure.include=brama",
			"management.endpoints.web.exposure.include=*;management.endpoint.bramadashboard.access=none",
			"management.endpoints.web.exposure.include=*;brama.enabled=false",
			"management.endpoints.jmx.exposure.include=bramadashboard;spring.jmx.enabled=true" })
	void thePageIsNotThereUnlessItIsAskedFor(String properties) throws Exception {
		try (ConfigurableApplicationContext shop = shop("servlet", properties.split(";"))) {
			assertThat(get(address(shop, "server", "/actuator/bramadashboard")).statusCode()).isEqualTo(404);
		}
	}

	@Test
	void withoutTheCircuitsThePageKnowsThatTheyCannotBeReached() throws Exception {
		try (ConfigurableApplicationContext shop = shop("servlet",
				"management.endpoints.web.exposure.include=bramadashboard")) {
			String page = get(address(shop, "server", "/actuator/bramadashboard")).body();
			assertThat(found(CIRCUITS, page)).containsExactly("");
		}
	}

	@Test
	void thePageCanOnlyBeRead() throws Exception {
		try (ConfigurableApplicationContext shop = shop("servlet", EXPOSED)) {
			HttpRequest post = HttpRequest.newBuilder(address(shop, "server", "/actuator/bramadashboard"))
				.POST(HttpRequest.BodyPublishers.noBody())
				.build();
			assertThat(Connections.fresh().send(post, HttpResponse.BodyHandlers.discarding()).statusCode())
				.isEqualTo(405);
		}
	}

	@ParameterizedTest
	@CsvSource({ "/actuator/bramadashboard, /actuator/brama, ./brama", "/page, /brama, ./brama",
			"/a/b/page, /a/brama, ./../brama", "/a/b/page, /c/brama, ./../../c/brama", "/page, /a/b, ./a/b",
			"/actuator/bramadashboard, /actuator/bramadashboard, ./bramadashboard" })
	void pathsAreRelativeToThePage(String page, String target, String relative) {
		assertThat(DashboardPaths.relative(page, target)).isEqualTo(relative);
		assertThat(URI.create("http://host" + page).resolve(relative)).hasPath(target);
	}

	/** Those that the page names, and those that its modules do. */
	private Stream<URI> files(URI address, String page) throws Exception {
		List<URI> named = found(LINK, page).stream().map(address::resolve).distinct().toList();
		URI script = named.stream().filter((file) -> file.getPath().endsWith(".js")).findAny().orElseThrow();
		return Stream.concat(named.stream(), found(IMPORT, get(script).body()).stream().map(script::resolve));
	}

	private void isAFileOfThePage(URI address) throws IOException, InterruptedException {
		HttpResponse<String> file = get(address);
		String extension = address.getPath().substring(address.getPath().lastIndexOf('.') + 1);
		assertThat(file.statusCode()).isEqualTo(200);
		assertThat(file.headers().firstValue("Content-Type")).hasValue(switch (extension) {
			case "js" -> "text/javascript;charset=UTF-8";
			case "css" -> "text/css;charset=UTF-8";
			default -> "image/svg+xml;charset=UTF-8";
		});
		assertThat(file.headers().firstValue("Content-Security-Policy")).hasValueSatisfying(
				(policy) -> assertThat(policy).startsWith("default-src 'self';").doesNotContain("unsafe"));
		assertThat(file.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
		assertThat(file.headers().firstValue("Cache-Control")).hasValue("no-cache");
		assertThat(file.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
	}

	private static List<String> found(Pattern pattern, String text) {
		return pattern.matcher(text).results().map((match) -> match.group(1)).toList();
	}

	private HttpResponse<String> get(URI address) throws IOException, InterruptedException {
		return Connections.fresh().send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
	}

	private static URI address(ConfigurableApplicationContext shop, String server, String path) {
		return URI.create(
				"http://localhost:" + shop.getEnvironment().getRequiredProperty("local." + server + ".port") + path);
	}

	private static ConfigurableApplicationContext shop(String kind, String... properties) {
		return new SpringApplicationBuilder(Shop.class).properties(properties)
			.properties("server.port=0", "spring.main.web-application-type=" + kind, ONE_REACTIVE_SERVER)
			.run();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Shop {

	}

}
