package io.brama.spring.web;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

import io.brama.Brama;
import io.brama.CircuitOpenException;
import io.brama.spring.autoconfigure.BramaAutoConfiguration;
import io.brama.spring.autoconfigure.BramaHttpClientAutoConfiguration;
import io.brama.spring.autoconfigure.BramaObservationAutoConfiguration;
import io.brama.spring.observation.CallContext;
import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.Disposable;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.restclient.RestTemplateBuilder;
import org.springframework.boot.restclient.autoconfigure.RestClientAutoConfiguration;
import org.springframework.boot.restclient.autoconfigure.RestClientObservationAutoConfiguration;
import org.springframework.boot.restclient.autoconfigure.RestTemplateAutoConfiguration;
import org.springframework.boot.restclient.autoconfigure.RestTemplateObservationAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.boot.webclient.autoconfigure.WebClientObservationAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

import static io.brama.Command.because;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

/**
 * Guarded requests as a registry of observations sees them.
 */
class RequestObservationTests {

	private final PartnerServer partner = new PartnerServer();

	private final TestObservationRegistry registry = TestObservationRegistry.create();

	private final List<CallContext> calls = new CopyOnWriteArrayList<>();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(BramaAutoConfiguration.class, BramaHttpClientAutoConfiguration.class,
				BramaObservationAutoConfiguration.class, RestClientAutoConfiguration.class,
				RestTemplateAutoConfiguration.class, WebClientAutoConfiguration.class,
				RestClientObservationAutoConfiguration.class, RestTemplateObservationAutoConfiguration.class,
				WebClientObservationAutoConfiguration.class))
		.withBean(ObservationRegistry.class, () -> this.registry)
		.withPropertyValues("brama.http.guard=per-host");

	private final ApplicationContextRunner observed = this.runner.withPropertyValues("brama.observations.enabled=true");

	RequestObservationTests() {
		this.registry.observationConfig().observationHandler(new ObservationHandler<CallContext>() {

			@Override
			public void onStop(CallContext context) {
				RequestObservationTests.this.calls.add(context);
			}

			@Override
			public boolean supportsContext(Observation.Context context) {
				return context instanceof CallContext;
			}

		});
	}

	@AfterEach
	void close() throws IOException {
		this.partner.close();
	}

	@ParameterizedTest
	@EnumSource
	void aRequestIsACallInsideOfTheOneOfItsClient(Client client) {
		this.observed.run((context) -> client.get(context, this.partner.url()));
		assertThat(keyValues()).isEqualTo(Map.of("identifier", this.partner.host(), "scope", "none", "type", "http",
				"state", "closed", "outcome", "success", "fallback", "false"));
		assertThat(call().getParentObservation().getContextView().getName()).isEqualTo("http.client.requests");
	}

	@ParameterizedTest
	@EnumSource
	void anAnswerThatIsAFailureSaysSo(Client client) {
		this.partner.answers(503);
		this.observed.run((context) -> assertThatException().isThrownBy(() -> client.get(context, this.partner.url())));
		assertThat(keyValues()).containsEntry("outcome", "failure");
	}

	@ParameterizedTest
	@EnumSource
	void aRequestWithoutAnAnswerCarriesItsException(Client client) {
		this.partner.resets();
		this.observed.run((context) -> assertThatException().isThrownBy(() -> client.get(context, this.partner.url())));
		assertThat(keyValues()).containsEntry("outcome", "failure");
		assertThat(call().getError()).isNotNull();
	}

	@ParameterizedTest
	@EnumSource
	void aRejectionIsObservedToo(Client client) {
		this.observed.run((context) -> {
			client.get(context, this.partner.url());
			this.calls.clear();
			context.getBean(Brama.class).open(this.partner.host(), because("maintenance"));
			assertThat(catchThrowable(() -> client.get(context, this.partner.url())))
				.isInstanceOf(CircuitOpenException.class);
		});
		assertThat(keyValues()).containsEntry("outcome", "rejected").containsEntry("state", "open");
		assertThat(call().getError()).isInstanceOf(CircuitOpenException.class);
	}

	@Test
	void aSubscriptionThatIsCancelledIsIgnored() {
		this.partner.stalls();
		this.observed.run((context) -> {
			Disposable subscription = context.getBean(WebClient.Builder.class)
				.build()
				.get()
				.uri(this.partner.url())
				.retrieve()
				.toBodilessEntity()
				.subscribe();
			await().until(() -> this.partner.requests() == 1);
			subscription.dispose();
		});
		assertThat(keyValues()).containsEntry("outcome", "ignored");
	}

	@ParameterizedTest
	@EnumSource
	void nothingIsObservedUnlessSomebodyWantsIt(Client client) {
		this.runner.run((context) -> {
			client.get(context, this.partner.url());
			assertThat(context.getBean(RequestObserver.class)).isSameAs(RequestObserver.NONE);
		});
		assertThat(this.calls).isEmpty();
	}

	private CallContext call() {
		assertThat(this.calls).hasSize(1);
		return this.calls.get(0);
	}

	private Map<String, String> keyValues() {
		return call().getLowCardinalityKeyValues()
			.stream()
			.collect(Collectors.toMap(KeyValue::getKey, KeyValue::getValue));
	}

	/** The clients that Spring Boot builds. */
	enum Client {

		REST_CLIENT((context,
				url) -> context.getBean(RestClient.Builder.class).build().get().uri(url).retrieve().toBodilessEntity()),

		REST_TEMPLATE(
				(context, url) -> context.getBean(RestTemplateBuilder.class).build().getForObject(url, String.class)),

		WEB_CLIENT((context, url) -> context.getBean(WebClient.Builder.class)
			.build()
			.get()
			.uri(url)
			.retrieve()
			.toBodilessEntity()
			.block());

		private final BiConsumer<ApplicationContext, String> request;

		Client(BiConsumer<ApplicationContext, String> request) {
			this.request = request;
		}

		void get(ApplicationContext context, String url) {
			this.request.accept(context, url);
		}

	}

}
