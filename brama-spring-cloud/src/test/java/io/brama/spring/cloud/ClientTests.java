package io.brama.spring.cloud;

import java.time.Duration;

import feign.FeignException;
import io.brama.Brama;
import io.brama.CircuitOpenException;
import io.brama.CircuitState;
import io.brama.ConnectionId;
import io.brama.test.ManualTime;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.cloud.client.circuitbreaker.NoFallbackAvailableException;
import org.springframework.cloud.client.circuitbreaker.httpservice.HttpServiceFallback;
import org.springframework.cloud.openfeign.EnableFeignClients;
import org.springframework.cloud.openfeign.FeignClient;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.client.HttpServerErrorException;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.registry.HttpServiceGroup;
import org.springframework.web.service.registry.ImportHttpServices;

import static io.brama.Command.because;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The clients of Spring Cloud and Spring before a server that dies and returns, over
 * HTTP.
 */
class ClientTests {

	private static final Backend backend = new Backend();

	private static final Web shop = Web.servlet(Shop.class, "backend=" + backend.url(), "brama.max-attempts=9",
			"brama.scopes.prices.max-attempts=2", "brama.connections.stock.max-attempts=2",
			"brama.connections.offers-reactive.max-attempts=2", "brama.connections.bare.max-attempts=2",
			"brama.expiry=10s", "spring.cloud.openfeign.circuitbreaker.enabled=true",
			"spring.cloud.openfeign.circuitbreaker.group.enabled=true");

	@BeforeEach
	void reset() {
		backend.recovers();
		shop.reset();
	}

	@AfterAll
	static void close() throws Exception {
		shop.close();
		backend.close();
	}

	@Test
	void aFeignClientIsAnsweredForUntilItsServerReturns() {
		Prices prices = shop.bean(Prices.class);
		assertThat(prices.of("tea")).isEqualTo("body");
		backend.answers(500);
		int requests = backend.requests();
		for (int i = 0; i < 4; i++) {
			assertThat(prices.of("tea")).isEqualTo("no price of tea");
		}
		assertThat(backend.requests() - requests).isEqualTo(2);
		assertThat(shop.states()).contains("PricesofString OPEN");
		backend.recovers();
		shop.advance(Duration.ofSeconds(10));
		assertThat(prices.of("tea")).isEqualTo("body");
		assertThat(shop.states()).contains("PricesofString CLOSED");
	}

	@Test
	void theGroupOfAFeignClientIsTheScope() {
		shop.bean(Prices.class).of("tea");
		assertThat(shop.bean(Brama.class).status(ConnectionId.of("PricesofString").withScope("prices"))).isPresent();
		assertThat(shop.calls("PricesofString", "prices", "success")).isEqualTo(1);
	}

	@Test
	void aFeignClientWithoutFallbackTellsWhatHappened() {
		Orders orders = shop.bean(Orders.class);
		backend.answers(500);
		assertThatExceptionOfType(NoFallbackAvailableException.class).isThrownBy(orders::all)
			.withCauseInstanceOf(FeignException.InternalServerError.class);
		shop.bean(Brama.class).inScope("orders").forEach((circuit) -> circuit.open(because("a test")));
		assertThatExceptionOfType(NoFallbackAvailableException.class).isThrownBy(orders::all)
			.withCauseInstanceOf(CircuitOpenException.class);
	}

	@Test
	void anHttpServiceIsAnsweredForUntilItsServerReturns() {
		Stock stock = shop.bean(Stock.class);
		assertThat(stock.of("tea")).isEqualTo("body");
		backend.answers(500);
		int requests = backend.requests();
		assertThat(stock.of("tea")).isEqualTo("no stock of tea: InternalServerError");
		assertThat(stock.of("tea")).isEqualTo("no stock of tea: InternalServerError");
		assertThat(stock.of("tea")).isEqualTo("no stock of tea: CircuitOpenException");
		assertThat(backend.requests() - requests).isEqualTo(2);
		assertThat(shop.states()).contains("stock OPEN");
		backend.recovers();
		shop.advance(Duration.ofSeconds(10));
		assertThat(stock.of("tea")).isEqualTo("body");
		assertThat(shop.states()).contains("stock CLOSED");
	}

	@Test
	void aReactiveHttpServiceIsAnsweredForUntilItsServerReturns() {
		Offers offers = shop.bean(Offers.class);
		assertThat(offers.best().block()).isEqualTo("body");
		backend.answers(500);
		int requests = backend.requests();
		for (int i = 0; i < 4; i++) {
			assertThat(offers.best().block()).isEqualTo("no offer");
		}
		assertThat(backend.requests() - requests).isEqualTo(2);
		assertThat(shop.states()).contains("offers-reactive OPEN");
		backend.recovers();
		shop.advance(Duration.ofSeconds(10));
		assertThat(offers.best().block()).isEqualTo("body");
		assertThat(shop.states()).contains("offers-reactive CLOSED");
	}

	@Test
	void anHttpServiceWithoutFallbackTellsWhatHappened() {
		Bare bare = shop.bean(Bare.class);
		backend.answers(500);
		assertThatExceptionOfType(NoFallbackAvailableException.class).isThrownBy(bare::get)
			.withCauseInstanceOf(HttpServerErrorException.class);
		assertThatExceptionOfType(NoFallbackAvailableException.class).isThrownBy(bare::get);
		assertThat(shop.bean(Brama.class).status("bare").orElseThrow().state()).isEqualTo(CircuitState.OPEN);
		assertThatExceptionOfType(NoFallbackAvailableException.class).isThrownBy(bare::get)
			.withCauseInstanceOf(CircuitOpenException.class);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@EnableFeignClients(clients = { Prices.class, Orders.class })
	@ImportHttpServices(group = "stock", types = Stock.class)
	@ImportHttpServices(group = "bare", types = Bare.class)
	@ImportHttpServices(group = "offers", types = Offers.class, clientType = HttpServiceGroup.ClientType.WEB_CLIENT)
	static class Shop {

		@Bean
		ManualTime time() {
			return new ManualTime();
		}

		@Bean
		NoPrices noPrices() {
			return new NoPrices();
		}

		@Bean
		StockFallback stockFallback() {
			return new StockFallback();
		}

		@Bean
		OffersFallback offersFallback() {
			return new OffersFallback();
		}

	}

	@FeignClient(name = "prices", url = "${backend}", fallback = NoPrices.class)
	interface Prices {

		@GetMapping("/prices/{item}")
		String of(@PathVariable("item") String item);

	}

	@FeignClient(name = "orders", url = "${backend}")
	interface Orders {

		@GetMapping("/orders")
		String all();

	}

	/** Answers for {@link Prices}. */
	static class NoPrices implements Prices {

		@Override
		public String of(String item) {
			return "no price of " + item;
		}

	}

	interface Stock {

		@GetExchange("${backend}/stock/{item}")
		String of(@PathVariable("item") String item);

	}

	interface Bare {

		@GetExchange("${backend}/bare")
		String get();

	}

	interface Offers {

		@GetExchange("${backend}/offers")
		Mono<String> best();

	}

	/** Says who answers for {@link Stock}. */
	@HttpServiceFallback(value = NoStock.class, group = "stock")
	static class StockFallback {

	}

	/** Answers for {@link Stock}. */
	public static class NoStock {

		public String of(Throwable error, String item) {
			return "no stock of " + item + ": " + error.getClass().getSimpleName();
		}

	}

	/** Says who answers for {@link Offers}. */
	@HttpServiceFallback(value = NoOffers.class, group = "offers")
	static class OffersFallback {

	}

	/** Answers for {@link Offers}. */
	public static class NoOffers {

		public Mono<String> best() {
			return Mono.just("no offer");
		}

	}

}
