package io.brama.spring.actuate;

import java.io.ByteArrayOutputStream;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
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

	private final Supplier<@Nullable String> path;

	/**
	 * Create the filter.
	 * @param path tells the path of the endpoint, {@code null} if it has none
	 */
	public CommandBodyFilter(Supplier<@Nullable String> path) {
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

		/**
		 * A body that is too large is read to its end, or the client would not be told.
		 */
		@Override
		public Flux<DataBuffer> getBody() {
			return super.getBody().collect(ByteArrayOutputStream::new, FlatRequest::add)
				.filter((body) -> body.size() != 0)
				.<DataBuffer>map((body) -> this.buffers.wrap(CommandBody.flat(body.toByteArray())))
				.flux();
		}

		/** Add to a body until it is too large. */
		private static void add(ByteArrayOutputStream body, DataBuffer buffer) {
			if (body.size() <= CommandBody.LARGEST) {
				byte[] bytes = new byte[buffer.readableByteCount()];
				buffer.read(bytes);
				body.writeBytes(bytes);
			}
			DataBufferUtils.release(buffer);
		}

	}

}
