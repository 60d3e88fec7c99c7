package io.brama.spring.actuate;

import java.util.function.BiConsumer;

/**
 * The headers that come with each file of the dashboard: nothing but its own files runs
 * on the page, nobody else frames it, and after an update no old file is used.
 */
final class DashboardHeaders {

	private DashboardHeaders() {
	}

	static void writeTo(BiConsumer<String, String> response) {
		response.accept("Content-Security-Policy", "default-src 'self'; base-uri 'none'; form-action 'self'; "
				+ "frame-ancestors 'self'; object-src 'none'");
		response.accept("X-Content-Type-Options", "nosniff");
		response.accept("Referrer-Policy", "no-referrer");
		response.accept("Cache-Control", "no-cache");
	}

}
