package io.brama.spring.actuate;

import reactor.core.publisher.Mono;

import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Adds the headers of the dashboard to what Spring WebFlux answers.
 */
public final class DashboardWebFilter implements WebFilter {

	private final PathPattern files;

	/**
	 * Create the filter.
	 * @param paths knows where the page is
	 */
	public DashboardWebFilter(DashboardPaths paths) {
		this.files = new PathPatternParser().parse(paths.pattern());
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		if (this.files.matches(exchange.getRequest().getPath().pathWithinApplication())) {
			DashboardHeaders.writeTo(exchange.getResponse().getHeaders()::set);
		}
		return chain.filter(exchange);
	}

}
