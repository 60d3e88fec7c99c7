package io.brama.spring.web;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.brama.Brama;
import io.brama.Circuit;
import io.brama.CircuitOpenException;
import io.brama.CircuitState;
import io.brama.ConnectionId;
import io.brama.ConnectionStatus;
import io.brama.ErrorHandler;
import io.brama.spring.annotation.CircuitBreaker;
import io.brama.spring.autoconfigure.BramaAutoConfiguration;
import io.brama.spring.autoconfigure.BramaBuilderCustomizer;
import io.brama.spring.autoconfigure.BramaHttpClientAutoConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.http.client.autoconfigure.service.HttpServiceClientPropertiesAutoConfiguration;
import org.springframework.boot.restclient.RestClientCustomizer;
import org.springframework.boot.restclient.RestTemplateBuilder;
import org.springframework.boot.restclient.RestTemplateCustomizer;
import org.springframework.boot.restclient.autoconfigure.RestClientAutoConfiguration;
import org.springframework.boot.restclient.autoconfigure.RestTemplateAutoConfiguration;
import org.springframework.boot.restclient.autoconfigure.service.HttpServiceClientAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.webclient.WebClientCustomizer;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.boot.webclient.autoconfigure.service.ReactiveHttpServiceClientAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.MapPropertySource;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.registry.HttpServiceGroup;
import org.springframework.web.service.registry.ImportHttpServices;

import static io.brama.Command.because;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * What the keys below {@code brama.http} do to the clients that Spring Boot builds.
 */
@ExtendWith(OutputCaptureExtension.class)
class HttpWiringTests {

	private final PartnerServer partner = new PartnerServer();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(BramaAutoConfiguration.class, BramaHttpClientAutoConfiguration.class,
				RestClientAutoConfiguration.class, RestTemplateAutoConfiguration.class,
				HttpServiceClientAutoConfiguration.class, HttpServiceClientPropertiesAutoConfiguration.class,
				WebClientAutoConfiguration.class, ReactiveHttpServiceClientAutoConfiguration.class))
		.withPropertyValues("partner.url=" + this.partner.url());

	@AfterEach
	void close() throws IOException {
		this.partner.close();
	}

	@Test
	void nothingIsGuardedUnlessAskedFor() {
		this.runner.withUserConfiguration(Groups.class).run((context) -> {
			Clients clients = new Clients(context);
			clients.callAll();
			context.getBean(Groups.Inventory.class).stock();
			context.getBean(Groups.Offers.class).best();
			assertThat(context.getBean(Brama.class).all()).isEmpty();
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "per-host", "PER_HOST", "perhost" })
	void theClientsOfSpringBootAreGuardedByHost(String guard) {
		this.runner.withPropertyValues("brama.http.guard=" + guard).run((context) -> {
			new Clients(context).callAll();
			assertThat(context.getBean(Brama.class).all()).singleElement().satisfies((circuit) -> {
				assertThat(circuit.id()).isEqualTo(hostId());
				assertThat(circuit.status().calls().success()).isEqualTo(3);
			});
		});
	}

	@Test
	void anotherGuardIsRefused() {
		this.runner.withPropertyValues("brama.http.guard=per-url").run((context) -> assertThat(context).hasFailed());
	}

	@Test
	void oneCircuitCanGuardTheClientsOfSpringBootWhateverHostsTheyCall() {
		this.runner.withPropertyValues("brama.http.identifier=outside", "brama.connections.outside.scope=partners")
			.run((context) -> {
				Brama brama = context.getBean(Brama.class);
				assertThat(brama.all()).extracting(Circuit::id)
					.containsExactly(new ConnectionId("outside", "http", "partners"));
				new Clients(context).callAll();
				assertThat(brama.status("outside").orElseThrow().calls().success()).isEqualTo(3);
				brama.open("outside", because("maintenance"));
				assertThat(new Clients(context).failures()).hasSize(3)
					.allSatisfy((failure) -> assertThat(failure).isInstanceOf(CircuitOpenException.class));
				assertThat(brama.all()).hasSize(1);
			});
	}

	@Test
	void whatTheServerAnswersCountsForTheOneCircuit() {
		this.runner.withPropertyValues("brama.http.identifier=outside", "brama.connections.outside.max-attempts=3")
			.run((context) -> {
				this.partner.answers(503);
				assertThat(new Clients(context).failures()).hasSize(3);
				ConnectionStatus status = context.getBean(Brama.class).status("outside").orElseThrow();
				assertThat(status.state()).isEqualTo(CircuitState.OPEN);
				assertThat(status.lastFailureReason()).isEqualTo("503 Service Unavailable");
			});
	}

	@Test
	void aGroupWithACircuitDoesNotPassTheOneOfAllClients() {
		this.runner.withUserConfiguration(Groups.class)
			.withPropertyValues("brama.http.identifier=outside", "brama.http.groups=inventory")
			.run((context) -> {
				context.getBean(Groups.Inventory.class).stock();
				context.getBean(Groups.Offers.class).best();
				Brama brama = context.getBean(Brama.class);
				assertThat(brama.all()).hasSize(2)
					.allSatisfy((circuit) -> assertThat(circuit.status().calls().success()).isOne());
			});
	}

	@Test
	void oneCircuitAndOneForEachHostContradictEachOther() {
		this.runner.withPropertyValues("brama.http.identifier=outside", "brama.http.guard=per-host")
			.run((context) -> assertThat(context).getFailure()
				.hasRootCauseMessage(
						"it names one circuit for all hosts, and brama.http.guard asks for others; remove one of the two")
				.hasStackTraceContaining("Property brama.http.identifier is not valid"));
	}

	@Test
	void aBlankIdentifierIsRefused() {
		this.runner.withPropertyValues("brama.http.identifier=")
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining(
						"Property brama.http.identifier is not valid: identifier of a connection must not be blank, was ''"));
	}

	@Test
	void scopeAndTypeGivenInJavaCountLikeThoseOfAFile() {
		this.runner.withPropertyValues("brama.http.guard=per-host", "brama.http.groups=inventory")
			.withUserConfiguration(Groups.class)
			.withBean(BramaBuilderCustomizer.class,
					() -> (brama) -> brama.connection("inventory", (options) -> options.type("rest"))
						.connection(this.partner.host(), (options) -> options.scope("partners")))
			.run((context) -> {
				new Clients(context).callAll();
				assertThat(context.getBean(Brama.class).all()).extracting(Circuit::id)
					.containsExactlyInAnyOrder(new ConnectionId("inventory", "rest", null),
							new ConnectionId(this.partner.host(), "http", "partners"));
			});
	}

	@Test
	void scopeTypeAndOptionsOfAHostCanBeConfigured() {
		String prefix = "brama.connections.[" + this.partner.host() + "].";
		Map<String, Object> properties = Map.of("brama.http.guard", "per-host", prefix + "scope", "partners",
				prefix + "type", "rest", prefix + "max-attempts", 3);
		this.runner
			.withInitializer((context) -> context.getEnvironment()
				.getPropertySources()
				.addFirst(new MapPropertySource("host", properties)))
			.run((context) -> {
				new Clients(context).callAll();
				assertThat(context.getBean(Brama.class).all()).singleElement().satisfies((circuit) -> {
					assertThat(circuit.id()).isEqualTo(new ConnectionId(this.partner.host(), "rest", "partners"));
					assertThat(circuit.status().config().maxAttempts()).isEqualTo(3);
				});
			});
	}

	@Test
	void aBeanOfTheApplicationNamesTheConnections() {
		this.runner.withPropertyValues("brama.http.guard=per-host")
			.withBean(HttpConnections.class, () -> (request) -> ConnectionId.of("outside"))
			.run((context) -> {
				new Clients(context).callAll();
				assertThat(context.getBean(Brama.class).all()).extracting(Circuit::id)
					.containsExactly(ConnectionId.of("outside"));
			});
	}

	@Test
	void withTheMainSwitchOffTheClientsStayAsTheyAre() {
		this.runner.withPropertyValues("brama.enabled=false", "brama.http.guard=per-host", "brama.http.groups=*")
			.withUserConfiguration(Groups.class)
			.run((context) -> {
				assertThat(context).hasNotFailed().hasSingleBean(HttpErrors.class);
				new Clients(context).callAll();
				context.getBean(Groups.Inventory.class).stock();
				assertThat(context.getBean(Brama.class).all()).isEmpty();
				assertThat(context).doesNotHaveBean("bramaRestClientCustomizer");
			});
	}

	@Test
	void aGroupHasTheCircuitOfItsName() {
		this.runner.withUserConfiguration(Groups.class)
			.withPropertyValues("brama.http.groups=inventory,offers", "brama.connections.inventory.scope=partners")
			.run((context) -> {
				Brama brama = context.getBean(Brama.class);
				assertThat(brama.all()).extracting(Circuit::id)
					.containsExactlyInAnyOrder(new ConnectionId("inventory", "http", "partners"),
							new ConnectionId("offers", "http", null));
				assertThat(context.getBean(Groups.Inventory.class).stock()).isEqualTo("body");
				assertThat(context.getBean(Groups.Offers.class).best()).isEqualTo("body");
				assertThat(brama.all()).allSatisfy((circuit) -> assertThat(circuit.status().calls().success()).isOne());
				brama.open("inventory", because("stocktaking"));
				assertThat(catchThrowable(() -> context.getBean(Groups.Inventory.class).stock()))
					.isInstanceOf(CircuitOpenException.class);
			});
	}

	@Test
	void aGroupThatIsNotNamedHasNoCircuit() {
		this.runner.withUserConfiguration(Groups.class)
			.withPropertyValues("brama.http.groups=offers")
			.run((context) -> {
				context.getBean(Groups.Inventory.class).stock();
				assertThat(context.getBean(Brama.class).all()).extracting((circuit) -> circuit.id().identifier())
					.containsExactly("offers");
			});
	}

	@Test
	void theCircuitOfAGroupTakesThePlaceOfTheOneOfTheHost() {
		this.runner.withUserConfiguration(Groups.class)
			.withPropertyValues("brama.http.guard=per-host", "brama.http.groups=*")
			.run((context) -> {
				context.getBean(Groups.Inventory.class).stock();
				context.getBean(Groups.Offers.class).best();
				assertThat(context.getBean(Brama.class).all()).extracting((circuit) -> circuit.id().identifier())
					.containsExactlyInAnyOrder("inventory", "offers");
			});
	}

	@Test
	void groupsWithoutACircuitAreGuardedByHostLikeAllClients() {
		this.runner.withUserConfiguration(Groups.class)
			.withPropertyValues("brama.http.guard=per-host")
			.run((context) -> {
				context.getBean(Groups.Inventory.class).stock();
				context.getBean(Groups.Offers.class).best();
				assertThat(context.getBean(Brama.class).all()).singleElement()
					.satisfies((circuit) -> assertThat(circuit.status().calls().success()).isEqualTo(2));
			});
	}

	@Test
	void aNameThatNoGroupHasIsReported(CapturedOutput output) {
		this.runner.withUserConfiguration(Groups.class)
			.withPropertyValues("brama.http.groups=inventory,ofers")
			.run((context) -> {
				context.publishEvent(new ApplicationReadyEvent(new SpringApplication(), new String[0],
						context.getSourceApplicationContext(), Duration.ZERO));
				assertThat(output).contains("brama.http.groups names [ofers], which no HTTP service group is called");
			});
	}

	@Test
	void theReadyMadeHandlerIsThereForAnnotatedMethods() {
		this.runner.withBean(Caller.class).run((context) -> {
			this.partner.answers(503, "Retry-After: 120");
			Caller caller = context.getBean(Caller.class);
			assertThat(catchThrowable(() -> caller.get(this.partner.url()))).hasMessageContaining("503");
			assertThat(context.getBean(Brama.class).status("annotated").orElseThrow().lastFailureReason())
				.isEqualTo("503 Service Unavailable");
			assertThat(catchThrowable(() -> caller.get(this.partner.url()))).isInstanceOf(CircuitOpenException.class);
		});
	}

	@Test
	void anErrorHandlerOfTheApplicationCanStillBeInjected() {
		ErrorHandler own = ErrorHandler.builder().build();
		this.runner.withBean("own", ErrorHandler.class, () -> own)
			.run((context) -> assertThat(context.getBeanProvider(ErrorHandler.class).getObject()).isSameAs(own));
	}

	@Test
	@Tag("T69")
	void withoutTheReactiveClientTheOthersAreGuarded() {
		this.runner
			.withClassLoader(new FilteredClassLoader("org.springframework.web.reactive", "reactor",
					"org.springframework.boot.webclient"))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(RestClientCustomizer.class)
				.doesNotHaveBean("bramaWebClientCustomizer")
				.doesNotHaveBean("bramaWebClientGroupConfigurer"));
	}

	@Test
	@Tag("T69")
	void withoutTheModulesOfSpringBootThereIsNothingToCustomize() {
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(BramaAutoConfiguration.class, BramaHttpClientAutoConfiguration.class))
			.withClassLoader(new FilteredClassLoader("org.springframework.boot.webclient",
					"org.springframework.boot.restclient"))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(HttpErrors.class)
				.doesNotHaveBean(RestClientCustomizer.class)
				.doesNotHaveBean(RestTemplateCustomizer.class)
				.doesNotHaveBean(WebClientCustomizer.class));
	}

	@Test
	@Tag("T69")
	void withoutSpringWebThereIsNothing() {
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(BramaAutoConfiguration.class, BramaHttpClientAutoConfiguration.class))
			.withClassLoader(new FilteredClassLoader("org.springframework.web", "org.springframework.http"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("bramaHttpErrors"));
	}

	private ConnectionId hostId() {
		return new ConnectionId(this.partner.host(), "http", null);
	}

	/** The three clients as Spring Boot builds them. */
	private final class Clients {

		private final ApplicationContext context;

		Clients(ApplicationContext context) {
			this.context = context;
		}

		void callAll() {
			callRestClient();
			callRestTemplate();
			callWebClient();
		}

		/** What each of the clients throws. */
		List<Throwable> failures() {
			return List.of(catchThrowable(this::callRestClient), catchThrowable(this::callRestTemplate),
					catchThrowable(this::callWebClient));
		}

		private void callRestClient() {
			this.context.getBean(RestClient.Builder.class).build().get().uri(url()).retrieve().toBodilessEntity();
		}

		private void callRestTemplate() {
			this.context.getBean(RestTemplateBuilder.class).build().getForObject(url(), String.class);
		}

		private void callWebClient() {
			this.context.getBean(WebClient.Builder.class)
				.build()
				.get()
				.uri(url())
				.retrieve()
				.toBodilessEntity()
				.block();
		}

		private String url() {
			return HttpWiringTests.this.partner.url();
		}

	}

	/** Calls a partner in a method that is guarded. */
	static class Caller {

		@CircuitBreaker(identifier = "annotated", errorHandler = HttpErrors.class)
		String get(String url) {
			return RestClient.create().get().uri(url).retrieve().body(String.class);
		}

	}

	/** HTTP services of both kinds. */
	@Configuration(proxyBeanMethods = false)
	@ImportHttpServices(group = "inventory", types = Groups.Inventory.class)
	@ImportHttpServices(group = "offers", types = Groups.Offers.class,
			clientType = HttpServiceGroup.ClientType.WEB_CLIENT)
	static class Groups {

		interface Inventory {

			@GetExchange("${partner.url}/stock")
			String stock();

		}

		interface Offers {

			@GetExchange("${partner.url}/offers")
			String best();

		}

	}

}
