package io.brama.spring.actuate;

import java.util.function.Supplier;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Lets commands over Spring WebFlux have an object of options in their body.
 */
public final class CommandBodyFilter implements WebFilter {

	/** As much as Spring WebFlux itself reads into memory. */
	private static final int LARGEST_BODY = 256 * 1024;

	private final Supplier<String> path;

	/**
	 * Create the filter.
	 * @param path tells the path of the endpoint
	 */
	public CommandBodyFilter(Supplier<String> path) {
		this.path = path;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		ServerHttpRequest request = exchange.getRequest();
		boolean command = HttpMethod.POST.equals(request.getMethod())
				&& request.getPath().pathWithinApplication().value().equals(this.path.get());
		return chain.filter(command
				? exchange.mutate().request(new FlatRequest(request, exchange.getResponse().bufferFactory())).build()
				: exchange);
	}

	/** A request with nothing but texts in its body. */
	private static final class FlatRequest extends ServerHttpRequestDecorator {

		private final DataBufferFactory buffers;

		FlatRequest(ServerHttpRequest request, DataBufferFactory buffers) {
			super(request);
			this.buffers = buffers;
		}

		@Override
		public HttpHeaders getHeaders() {
			HttpHeaders headers = HttpHeaders.copyOf(super.getHeaders());
			headers.remove(HttpHeaders.CONTENT_LENGTH);
			return headers;
		}

		@Override
		public Flux<DataBuffer> getBody() {
			return DataBufferUtils.join(super.getBody(), LARGEST_BODY).map(this::flat).flux();
		}

		private DataBuffer flat(DataBuffer body) {
			byte[] bytes = new byte[body.readableByteCount()];
			body.read(bytes);
			DataBufferUtils.release(body);
			return this.buffers.wrap(CommandBody.flat(bytes));
		}

	}

}
