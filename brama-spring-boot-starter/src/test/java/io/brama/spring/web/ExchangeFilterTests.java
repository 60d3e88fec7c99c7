package io.brama.spring.web;

import java.net.URI;
import java.time.Duration;

import io.brama.Brama;
import io.brama.Circuit;
import io.brama.CircuitOpenException;
import io.brama.ConnectionStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFunction;
import org.springframework.web.reactive.function.client.WebClient;

import static io.brama.Command.because;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * What a guarded {@code WebClient} makes of subscriptions.
 */
class ExchangeFilterTests {

	private final PartnerServer partner = new PartnerServer();

	private final Circuit circuit = Brama.builder().maxAttempts(10).build().circuit("partner");

	private final CircuitExchangeFilter filter = CircuitExchangeFilter.of(this.circuit);

	private final Mono<String> answer = WebClient.builder()
		.baseUrl(this.partner.url())
		.filter(this.filter)
		.build()
		.get()
		.retrieve()
		.bodyToMono(String.class);

	@AfterEach
	void close() throws Exception {
		this.partner.close();
	}

	@Test
	@Tag("T12")
	void eachSubscriptionIsACall() {
		assertThat(this.circuit.status().calls().total()).isZero();
		StepVerifier.create(this.answer.repeat(1)).expectNext("body", "body").verifyComplete();
		assertThat(this.circuit.status().calls().success()).isEqualTo(2);
	}

	@Test
	@Tag("T67")
	void eachRetryPassesTheGate() {
		this.partner.answers(503);
		StepVerifier.create(this.answer.retry(2)).verifyError();
		assertThat(this.circuit.status().calls().failure()).isEqualTo(3);
		assertThat(this.partner.requests()).isEqualTo(3);
	}

	@Test
	void theGateIsAskedAtSubscription() {
		this.circuit.open(because("maintenance"));
		StepVerifier.create(this.answer).verifyError(CircuitOpenException.class);
		this.circuit.close(because("mended"));
		StepVerifier.create(this.answer).expectNext("body").verifyComplete();
	}

	@Test
	@Tag("T1")
	void cancellationGivesThePlaceOfATrialBack() {
		this.partner.stalls();
		this.circuit.halfOpen(because("try"));
		StepVerifier.create(this.answer).expectSubscription().then(() -> {
			await().until(() -> this.partner.requests() == 1);
			assertThat(this.circuit.isAvailable()).isFalse();
		}).thenCancel().verify();
		assertThat(this.circuit.isAvailable()).isTrue();
	}

	@Test
	void aTimeoutOutsideOfTheClientSaysNothingAboutTheServer() {
		this.partner.stalls();
		StepVerifier.create(this.answer.timeout(Duration.ofMillis(200))).verifyError();
		assertThat(this.circuit.status().calls()).isEqualTo(new ConnectionStatus.Calls(0, 0, 1, 0, 0, 0));
	}

	@Test
	void theOutcomeIsRecordedBeforeTheSubscriberSeesTheAnswer() {
		Mono<ClientResponse> exchange = this.filter.filter(request(),
				(request) -> Mono.just(ClientResponse.create(HttpStatus.SERVICE_UNAVAILABLE).build()));
		StepVerifier.create(exchange)
			.assertNext((response) -> assertThat(this.circuit.status().calls().failure()).isOne())
			.verifyComplete();
	}

	@Test
	@Tag("T9")
	void anErrorOfTheJvmIsAFailureAndIsThrownOn() {
		NoClassDefFoundError error = new NoClassDefFoundError("gone");
		assertThatExceptionOfType(NoClassDefFoundError.class).isThrownBy(() -> exchange((request) -> {
			throw error;
		}).block()).isSameAs(error);
		assertThatExceptionOfType(NoClassDefFoundError.class)
			.isThrownBy(() -> exchange((request) -> Mono.fromRunnable(() -> {
				throw error;
			})).block())
			.isSameAs(error);
		assertThat(this.circuit.status().calls()).isEqualTo(new ConnectionStatus.Calls(0, 2, 0, 0, 0, 0));
	}

	@Test
	void anExchangeWithoutAnAnswerGivesThePlaceOfATrialBack() {
		this.circuit.halfOpen(because("try"));
		StepVerifier.create(exchange((request) -> Mono.empty())).verifyComplete();
		assertThat(this.circuit.isAvailable()).isTrue();
	}

	private Mono<ClientResponse> exchange(ExchangeFunction function) {
		return this.filter.filter(request(), function);
	}

	private static ClientRequest request() {
		return ClientRequest.create(HttpMethod.GET, URI.create("http://localhost")).build();
	}

}
