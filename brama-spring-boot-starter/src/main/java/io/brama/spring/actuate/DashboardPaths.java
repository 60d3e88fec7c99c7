package io.brama.spring.actuate;

import java.util.Objects;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;

/**
 * Where the dashboard and the circuits are, however the endpoints are mapped. To the page
 * the paths are given relative to its own address, so that a context path, a servlet path
 * or a proxy in front of it changes nothing.
 */
public final class DashboardPaths {

	private static final EndpointId DASHBOARD = EndpointId.of("bramadashboard");

	private static final EndpointId CIRCUITS = EndpointId.of("brama");

	private final Supplier<PathMappedEndpoints> endpoints;

	/**
	 * Create them.
	 * @param endpoints knows the path of each endpoint; asked late, because the endpoints
	 * must be there before their paths
	 */
	public DashboardPaths(Supplier<PathMappedEndpoints> endpoints) {
		this.endpoints = endpoints;
	}

	/**
	 * Return the pattern of the paths that belong to the page, from the root of the
	 * application.
	 * @return a pattern such as {@code /actuator/bramadashboard/**}
	 */
	public String pattern() {
		return page() + "/**";
	}

	/** A platform may show the page without telling where; then its name will do. */
	private String page() {
		return Objects.requireNonNullElse(path(DASHBOARD), "/" + DASHBOARD);
	}

	/** Where the files of the page are, seen from the page. */
	String files() {
		return relative(page(), page());
	}

	/** Where the circuits are, seen from the page; empty if they are not exposed. */
	String circuits() {
		String circuits = path(CIRCUITS);
		return (circuits != null) ? relative(page(), circuits) : "";
	}

	private @Nullable String path(EndpointId endpoint) {
		return this.endpoints.get().getPath(endpoint);
	}

	/** The dot in front keeps a colon from being read as the end of a scheme. */
	static String relative(String page, String target) {
		int common = 0;
		for (int i = 0; i < Math.min(page.length(), target.length()) && page.charAt(i) == target.charAt(i); i++) {
			if (page.charAt(i) == '/') {
				common = i + 1;
			}
		}
		long up = page.substring(common).chars().filter((character) -> character == '/').count();
		return "./" + "../".repeat((int) up) + target.substring(common);
	}

}
