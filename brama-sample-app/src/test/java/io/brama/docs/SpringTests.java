package io.brama.docs;

import java.io.UncheckedIOException;

import io.brama.Brama;
import io.brama.CircuitOpenException;
import io.brama.docs.SpringPage.Bank;
import io.brama.docs.SpringPage.Banks;
import io.brama.docs.SpringPage.Orders;
import io.brama.docs.SpringPage.Prices;
import io.brama.docs.SpringPage.Receipts;
import io.brama.docs.SpringPage.Refunds;
import io.brama.docs.SpringPage.Retried;
import io.brama.docs.SpringPage.Reviews;
import io.brama.docs.SpringPage.Stock;
import io.brama.docs.SpringPage.Tickers;
import io.brama.docs.SpringPage.Weather;
import io.brama.spring.autoconfigure.BramaAutoConfiguration;
import io.brama.spring.web.HttpErrors;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.mock.http.client.MockClientHttpRequest;
import org.springframework.mock.http.client.MockClientHttpResponse;
import org.springframework.resilience.annotation.EnableResilientMethods;
import org.springframework.web.client.HttpServerErrorException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;

import static io.brama.Command.because;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The examples of the page about Spring do what it says.
 */
class SpringTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(BramaAutoConfiguration.class));

	@Test
	void aMethodIsGuardedByItsIdentifier() {
		this.runner.withBean(Prices.class).run((context) -> {
			assertThat(context.getBean(Prices.class).of("book")).isEqualTo(10);
			context.getBean(Brama.class).open("price-api", because("maintenance"));
			assertThatExceptionOfType(CircuitOpenException.class)
				.isThrownBy(() -> context.getBean(Prices.class).of("book"));
		});
	}

	@Test
	void anAnnotatedClassGuardsItsMethods() {
		this.runner.withBean(Stock.class).run((context) -> {
			Stock stock = context.getBean(Stock.class);
			context.getBean(Brama.class).open("stock-api", because("maintenance"));
			assertThatExceptionOfType(CircuitOpenException.class).isThrownBy(() -> stock.of("book"));
			assertThat(stock.reorder("book")).isEqualTo("more of book");
		});
	}

	@Test
	void anAnnotationOfOnesOwnPassesItsAttributesOn() {
		this.runner.withBean(Reviews.class).run((context) -> {
			Reviews reviews = context.getBean(Reviews.class);
			assertThat(reviews.of("book")).contains("fine");
			assertThat(reviews.of("")).isEmpty();
			assertThat(context.getBean(Brama.class).all()).extracting((circuit) -> circuit.id().toString())
				.containsExactly("connection 'review-api' of type 'http'");
		});
	}

	@Test
	void anInterfaceOfHttpCallsIsGuarded() {
		this.runner.withBean(Weather.class, SpringTests::client).withBean(HttpErrors.class).run((context) -> {
			assertThatExceptionOfType(HttpServerErrorException.class).isThrownBy(context.getBean(Weather.class)::today);
			assertThat(context.getBean(Brama.class).status("weather-api").orElseThrow().calls().failure()).isOne();
		});
	}

	private static Weather client() {
		RestClient client = RestClient.builder()
			.requestFactory((uri, method) -> new MockClientHttpRequest(method, uri) {
				@Override
				protected MockClientHttpResponse executeInternal() {
					return new MockClientHttpResponse(new byte[0], HttpStatus.BAD_GATEWAY);
				}
			})
			.baseUrl("http://weather")
			.build();
		return HttpServiceProxyFactory.builderFor(RestClientAdapter.create(client)).build().createClient(Weather.class);
	}

	@Test
	void aPublisherHasItsFallback() {
		this.runner.withBean(Tickers.class).run((context) -> {
			Tickers tickers = context.getBean(Tickers.class);
			assertThat(tickers.price("acme").block()).isEqualTo("10");
			assertThat(tickers.price("").block()).isEqualTo("as yesterday");
		});
	}

	@Test
	void eachBankHasItsCircuit() {
		this.runner.withBean(Banks.class).run((context) -> {
			Banks banks = context.getBean(Banks.class);
			banks.transfer(new Bank("a"), 1);
			banks.balance(new Bank("b"));
			assertThat(context.getBean(Brama.class).all()).extracting((circuit) -> circuit.id().toString())
				.containsExactlyInAnyOrder("connection 'bank-a'",
						"connection 'bank-b' of scope 'banks' of type 'http'");
		});
	}

	@Test
	void fallbacksAnswer() {
		this.runner.withBean(Orders.class).run((context) -> {
			Orders orders = context.getBean(Orders.class);
			assertThat(orders.pay("book")).isEqualTo("queued book");
			assertThat(orders.ship("book")).isEqualTo("by post: book");
			context.getBean(Brama.class).open("shipping-api", because("maintenance"));
			assertThat(orders.ship("book")).isEqualTo("not before trials begin: book");
			assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> orders.cancel("book"));
			context.getBean(Brama.class).open("order-api", because("maintenance"));
			assertThat(orders.cancel("book")).isEqualTo("noted: book");
		});
	}

	@Test
	void aFallbackMayReturnTheValueOfAFuture() {
		this.runner.withBean(Receipts.class).run((context) -> {
			assertThat(context.getBean(Receipts.class).print("book")).isCompletedWithValue("by hand: book");
			assertThat(context.getBean(Brama.class).status("printer").orElseThrow().calls().failure()).isEqualTo(1);
		});
	}

	@Test
	void handlersAreNamedByClassOrBean() {
		this.runner.withBean(Refunds.class).withUserConfiguration(SpringPage.Handlers.class).run((context) -> {
			Refunds refunds = context.getBean(Refunds.class);
			assertThatException().isThrownBy(() -> refunds.refund("book"));
			assertThat(refunds.check("refused")).isEqualTo("refused");
			Brama brama = context.getBean(Brama.class);
			assertThat(brama.status("refund-api").orElseThrow().calls().ignored()).isEqualTo(1);
			assertThat(brama.status("check-api").orElseThrow().lastFailureReason()).isEqualTo("refused");
		});
	}

	@Test
	void anOpenCircuitIsNotTriedAgain() {
		this.runner.withBean(Retried.class)
			.withUserConfiguration(Resilient.class)
			.withPropertyValues("brama.max-attempts=2")
			.run((context) -> {
				assertThatExceptionOfType(CircuitOpenException.class).isThrownBy(context.getBean(Retried.class)::send);
				assertThat(context.getBean(Brama.class).status("mail").orElseThrow().calls().rejected()).isEqualTo(1);
			});
	}

	@Configuration(proxyBeanMethods = false)
	@EnableResilientMethods
	static class Resilient {

	}

}
