package io.brama.spring.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

import io.brama.Brama;
import io.brama.Circuit;
import io.brama.ConnectionStatus;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.mock.http.client.MockClientHttpRequest;
import org.springframework.mock.http.client.MockClientHttpResponse;

import static io.brama.Command.because;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * What the interceptor makes of clients that behave oddly.
 */
class RequestInterceptorTests {

	private final Circuit circuit = Brama.create().circuit("partner");

	@Test
	void anAnswerWhoseStatusCannotBeReadIsAFailureAndIsClosed() {
		UncheckedIOException problem = new UncheckedIOException(new IOException("no status"));
		Unreadable response = new Unreadable(problem);
		assertThat(catchThrowable(() -> send((request, body) -> response))).isSameAs(problem);
		assertThat(response.closed).isTrue();
		assertThat(this.circuit.status().calls()).isEqualTo(new ConnectionStatus.Calls(0, 1, 0, 0, 0, 0));
	}

	@Test
	void theBodyIsLeftToTheCaller() throws IOException {
		MockClientHttpResponse response = new MockClientHttpResponse("body".getBytes(StandardCharsets.UTF_8),
				HttpStatus.BAD_GATEWAY);
		assertThat(send((request, body) -> response)).isSameAs(response);
		assertThat(response.getBody()).hasContent("body");
	}

	@Test
	@Tag("T9")
	void anErrorOfTheJvmIsAFailureAndIsThrownOn() {
		StackOverflowError error = new StackOverflowError();
		this.circuit.halfOpen(because("try"));
		assertThat(catchThrowable(() -> send((request, body) -> {
			throw error;
		}))).isSameAs(error);
		assertThat(this.circuit.status().calls().failure()).isOne();
	}

	private ClientHttpResponse send(ClientHttpRequestExecution execution) throws IOException {
		return CircuitRequestInterceptor.of(this.circuit)
			.intercept(new MockClientHttpRequest(HttpMethod.GET, URI.create("http://localhost")), new byte[0],
					execution);
	}

	/** An answer whose status cannot be read. */
	private static final class Unreadable extends MockClientHttpResponse {

		private final UncheckedIOException problem;

		private boolean closed;

		Unreadable(UncheckedIOException problem) {
			super(new byte[0], HttpStatus.OK);
			this.problem = problem;
		}

		@Override
		public HttpStatusCode getStatusCode() {
			throw this.problem;
		}

		@Override
		public void close() {
			this.closed = true;
		}

	}

}
