package io.brama.spring.kit;

import java.io.IOException;

import io.brama.Brama;
import io.brama.CircuitOpenException;
import io.brama.spring.web.CircuitExchangeFilter;
import io.brama.spring.web.CircuitRequestInterceptor;
import io.brama.test.BramaExtension;
import io.brama.test.Faults;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.test.web.client.MockRestServiceServer;
import org.springframework.test.web.client.match.MockRestRequestMatchers;
import org.springframework.test.web.client.response.MockRestResponseCreators;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;

import static io.brama.test.BramaAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Requests of guarded clients that fail or are rejected on purpose.
 */
@ExtendWith(BramaExtension.class)
class HttpFaultTests {

	private final IOException down = new IOException("down");

	@Test
	void aRequestOfARestClientFails(Brama brama, Faults faults) {
		RestClient.Builder builder = RestClient.builder();
		MockRestServiceServer partner = MockRestServiceServer.bindTo(builder).build();
		partner.expect(MockRestRequestMatchers.requestTo("http://partner"))
			.andRespond(MockRestResponseCreators.withSuccess());
		RestClient client = builder.requestInterceptor(CircuitRequestInterceptor.of(brama.circuit("partner"))).build();
		faults.on("partner").fail(this.down).times(1);
		faults.on("partner").reject().times(1);
		assertThatExceptionOfType(ResourceAccessException.class).isThrownBy(() -> get(client)).withCause(this.down);
		assertThatExceptionOfType(CircuitOpenException.class).isThrownBy(() -> get(client));
		get(client);
		partner.verify();
		assertThat(brama.circuit("partner")).hasFailures(1).hasRejections(1).hasSuccesses(1);
	}

	private static void get(RestClient client) {
		client.get().uri("http://partner").retrieve().toBodilessEntity();
	}

	@Test
	void aRequestOfAWebClientFails(Brama brama, Faults faults) {
		WebClient client = WebClient.builder()
			.filter(CircuitExchangeFilter.of(brama.circuit("partner")))
			.exchangeFunction((request) -> Mono.just(ClientResponse.create(HttpStatus.OK).build()))
			.build();
		faults.on("partner").fail(new IllegalStateException("down")).times(1);
		assertThatThrownBy(() -> get(client)).hasMessage("down");
		get(client);
		assertThat(brama.circuit("partner")).hasFailures(1).hasSuccesses(1);
	}

	private static void get(WebClient client) {
		client.get().uri("http://partner").retrieve().toBodilessEntity().block();
	}

}
