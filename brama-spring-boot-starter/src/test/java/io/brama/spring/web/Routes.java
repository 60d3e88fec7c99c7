package io.brama.spring.web;

import reactor.core.publisher.Mono;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Functional endpoints that need a bank, for both kinds of servers.
 */
final class Routes {

	private Routes() {
	}

	@Configuration(proxyBeanMethods = false)
	static class OnServlets {

		@Bean
		RouterFunction<ServerResponse> routes(Api api) {
			return org.springframework.web.servlet.function.RouterFunctions.route()
				.GET("/function", (request) -> ServerResponse.ok().body(api.sync()))
				.GET("/function-later", (request) -> ServerResponse.async(api.future()))
				.GET("/function-odd", (request) -> ServerResponse.ok().body(api.odd()))
				.build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Reactive {

		@Bean
		org.springframework.web.reactive.function.server.RouterFunction<?> routes(Api api) {
			return RouterFunctions.route()
				.GET("/function", (request) -> ok(Mono.fromSupplier(api::sync)))
				.GET("/function-later", (request) -> ok(api.mono()))
				.GET("/function-odd", (request) -> ok(Mono.fromSupplier(api::odd)))
				.build();
		}

		private static Mono<org.springframework.web.reactive.function.server.ServerResponse> ok(Mono<String> body) {
			return body.flatMap(
					(text) -> org.springframework.web.reactive.function.server.ServerResponse.ok().bodyValue(text));
		}

	}

}
