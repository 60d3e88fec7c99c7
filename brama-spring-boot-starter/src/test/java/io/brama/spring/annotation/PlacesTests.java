package io.brama.spring.annotation;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.brama.Brama;
import io.brama.CircuitOpenException;
import io.brama.spring.autoconfigure.BramaAutoConfiguration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.aop.ClassFilter;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;

import static io.brama.Command.because;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Places for the annotation where it is less easily found: several interfaces, ancestors
 * that do not know them, and interfaces without a class.
 */
@Tag("T63")
class PlacesTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(AopAutoConfiguration.class, BramaAutoConfiguration.class));

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void ofSeveralInterfacesTheOneThatDeclaresTheMethodCounts(boolean classProxies) {
		with(classProxies).withBean(Warehouse.class).run((context) -> {
			context.getBean(Payments.class).pay();
			context.getBean(Stock.class).take();
			context.getBean(Stock.class).count();
			assertThat(guarded(context.getBean(Brama.class))).containsExactlyInAnyOrder("payments 1", "stock 1",
					"count 1");
		});
	}

	@Test
	void theAnnotationOfAClassCountsForWhatItInherits() {
		this.runner.withBean(AnnotatedHeir.class)
			.run((context) -> assertThat(guarded(context.getBean(Brama.class))).containsExactly("heir 0"));
	}

	@Test
	void aMethodThatNoAnnotatedInterfaceDeclaresIsNotGuarded() {
		this.runner.withBean(Warehouse.class).run((context) -> {
			context.getBean(Warehouse.class).ownWork();
			assertThat(context.getBean(Brama.class).all())
				.allSatisfy((circuit) -> assertThat(circuit.status().calls().total()).isZero());
		});
	}

	@Test
	void onlyClassesWithTheAnnotationSomewhereAreSearchedForGuardedMethods() {
		this.runner.run((context) -> {
			ClassFilter searched = context.getBean(CircuitBreakerAdvisor.class).getPointcut().getClassFilter();
			assertThat(Stream.<Class<?>>of(Base.class, Heir.class, TypedHeir.class, Joined.class, AnnotatedHeir.class)
				.filter(searched::matches))
				.containsExactly(Heir.class, TypedHeir.class, Joined.class, AnnotatedHeir.class);
		});
	}

	@Test
	void anInterfaceThatJoinsOthersLeavesThemTheirAnnotations() {
		this.runner.withBean(JoinedWarehouse.class).run((context) -> {
			context.getBean(Joined.class).pay();
			context.getBean(Joined.class).take();
			assertThat(guarded(context.getBean(Brama.class))).contains("payments 1", "stock 1");
		});
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void anAncestorThatDoesNotKnowTheInterfaceIsGuardedByItsMethods(boolean classProxies) {
		with(classProxies).withBean(Heir.class).run((context) -> {
			assertThat(guarded(context.getBean(Brama.class))).containsExactly("api 0");
			assertThat(context.getBean(Api.class).pay()).isEqualTo("paid");
			assertThat(guarded(context.getBean(Brama.class))).containsExactly("api 1");
		});
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void anAncestorThatDoesNotKnowTheInterfaceIsGuardedByItsType(boolean classProxies) {
		with(classProxies).withBean(TypedHeir.class).run((context) -> {
			assertThat(context.getBean(TypedApi.class).pay()).isEqualTo("paid");
			assertThat(guarded(context.getBean(Brama.class))).containsExactly("typed-api 1");
		});
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void anAncestorThatDoesNotKnowAGenericInterfaceIsGuarded(boolean classProxies) {
		with(classProxies).withBean(GenericHeir.class).run((context) -> {
			@SuppressWarnings("unchecked")
			Exchange<String> exchange = context.getBean(Exchange.class);
			assertThat(exchange.send("text")).isEqualTo("sent text");
			assertThat(guarded(context.getBean(Brama.class))).containsExactly("exchange 1");
		});
	}

	@Test
	void anInterfaceWithoutAClassIsGuardedAndItsMethodBeatsIt() {
		this.runner.withBean(ClientFactory.class).run((context) -> {
			Client client = context.getBean(Client.class);
			assertThat(client.answer()).isEqualTo("answer");
			assertThat(client.special()).isEqualTo("special");
			assertThat(client.inherited()).isEqualTo("inherited");
			assertThat(guarded(context.getBean(Brama.class))).containsExactlyInAnyOrder("client 2", "special 1");
			context.getBean(Brama.class).open("special", because("maintenance"));
			assertThatExceptionOfType(CircuitOpenException.class).isThrownBy(client::special);
		});
	}

	@Test
	void theMethodsOfObjectAreNotGuardedOnAnInterfaceWithoutAClass() {
		this.runner.withBean(ClientFactory.class).run((context) -> {
			Client client = context.getBean(Client.class);
			context.getBean(Brama.class).open("client", because("maintenance"));
			assertThat(client.toString()).isNotNull();
			assertThat(client.hashCode()).isEqualTo(client.hashCode());
			assertThat(client.equals(client)).isTrue();
			assertThat(context.getBean(Brama.class).status("client").orElseThrow().calls().total()).isZero();
		});
	}

	@Test
	void anHttpServiceInterfaceIsGuarded() {
		RestClient http = RestClient.builder().requestInterceptor((request, body, execution) -> {
			throw new IllegalStateException("no answer");
		}).baseUrl("http://localhost:1").build();
		HttpServiceProxyFactory factory = HttpServiceProxyFactory.builderFor(RestClientAdapter.create(http)).build();
		this.runner.withBean(Partner.class, () -> factory.createClient(Partner.class))
			.withPropertyValues("brama.max-attempts=1")
			.run((context) -> {
				Partner partner = context.getBean(Partner.class);
				assertThat(AopUtils.isJdkDynamicProxy(partner)).isTrue();
				assertThat(guarded(context.getBean(Brama.class))).containsExactlyInAnyOrder("partner 0", "prices 0");
				assertThatExceptionOfType(IllegalStateException.class).isThrownBy(partner::stock);
				assertThatExceptionOfType(CircuitOpenException.class).isThrownBy(partner::stock);
				assertThatExceptionOfType(IllegalStateException.class).isThrownBy(partner::prices);
				assertThatExceptionOfType(CircuitOpenException.class).isThrownBy(partner::local);
			});
	}

	private ApplicationContextRunner with(boolean classProxies) {
		return this.runner.withPropertyValues("spring.aop.proxy-target-class=" + classProxies);
	}

	/** The circuits with the number of calls each guarded. */
	private static List<String> guarded(Brama brama) {
		List<String> circuits = new ArrayList<>();
		brama.all()
			.forEach((circuit) -> circuits.add(circuit.id().identifier() + " " + circuit.status().calls().total()));
		return circuits;
	}

	@CircuitBreaker(identifier = "payments")
	public interface Payments {

		void pay();

	}

	@CircuitBreaker(identifier = "stock")
	public interface Stock {

		void take();

		@CircuitBreaker(identifier = "count")
		void count();

	}

	public static class Warehouse implements Payments, Stock {

		@Override
		public void pay() {
		}

		@Override
		public void take() {
		}

		@Override
		public void count() {
		}

		public void ownWork() {
		}

	}

	public interface Joined extends Payments, Stock {

	}

	public static class JoinedWarehouse extends Warehouse implements Joined {

	}

	public interface Api {

		@CircuitBreaker(identifier = "api")
		String pay();

	}

	@CircuitBreaker(identifier = "typed-api")
	public interface TypedApi {

		String pay();

	}

	/** Knows no interface. */
	public static class Base {

		public String pay() {
			return "paid";
		}

		public String send(String message) {
			return "sent " + message;
		}

	}

	public static class Heir extends Base implements Api {

	}

	public static class TypedHeir extends Base implements TypedApi {

	}

	public interface Exchange<T> {

		@CircuitBreaker(identifier = "exchange")
		T send(T message);

	}

	public static class GenericHeir extends Base implements Exchange<String> {

	}

	public interface Inherited {

		String inherited();

	}

	@CircuitBreaker(identifier = "client")
	public interface Client extends Inherited {

		String answer();

		@CircuitBreaker(identifier = "special")
		String special();

	}

	public static class ClientFactory implements FactoryBean<Client> {

		@Override
		public Client getObject() {
			return (Client) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { Client.class },
					(proxy, method, args) -> switch (method.getName()) {
						case "hashCode" -> 42;
						case "equals" -> proxy == args[0];
						default -> method.getName();
					});
		}

		@Override
		public Class<?> getObjectType() {
			return Client.class;
		}

	}

	@HttpExchange
	@CircuitBreaker(identifier = "partner")
	public interface Partner {

		@GetExchange("/stock")
		String stock();

		@GetExchange("/prices")
		@CircuitBreaker(identifier = "prices")
		String prices();

		default String local() {
			return "made of nothing";
		}

	}

	@CircuitBreaker(identifier = "ancestor")
	public static class AnnotatedAncestor {

		public void call() {
		}

	}

	@CircuitBreaker(identifier = "heir")
	public static class AnnotatedHeir extends AnnotatedAncestor {

	}

}
