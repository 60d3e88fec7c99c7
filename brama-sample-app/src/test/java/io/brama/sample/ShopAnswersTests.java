package io.brama.sample;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.brama.Brama;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;

import static io.brama.Command.because;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the shop answers over HTTP, well or not, one call at a time.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "shop.partners.port=0")
class ShopAnswersTests {

	@Autowired
	private Brama brama;

	private final Customer customer;

	ShopAnswersTests(@LocalServerPort int port) {
		this.customer = new Customer(port);
	}

	@AfterEach
	void healEverything() {
		this.customer.heals("payment-api");
		this.customer.heals("inventory");
		this.customer.heals("recommendations");
		this.customer.heals("bank-north");
		this.customer.heals("bank-south");
	}

	@Test
	void anOrderThatIsPaidGetsAReceipt() {
		Answer answer = this.customer.ordersABook();
		assertThat(answer.status()).isEqualTo(201);
		assertThat(answer.text("orderId")).isNotBlank();
		assertThat(answer.text("paymentReference")).startsWith("PAY-");
		assertThat(answer.body().path("recommendations").size()).isEqualTo(2);
	}

	@Test
	void aPaymentThatFailsIsABadGateway() {
		this.customer.breaks("payment-api");
		Answer answer = this.customer.ordersABook();
		assertThat(answer.status()).isEqualTo(502);
		assertThat(answer.text("detail")).isEqualTo("A partner of the shop answered with status 503");
	}

	@Test
	void aPartnerThatIsTooSlowIsABadGateway() {
		this.customer.lets("payment-api", "{\"latencyMillis\": 5000}");
		Answer answer = this.customer.ordersABook();
		assertThat(answer.status()).isEqualTo(502);
		assertThat(answer.text("detail")).isEqualTo("A partner of the shop did not answer in time");
	}

	@Test
	void aPaymentWithoutAReferenceIsABadGateway() {
		this.customer.lets("payment-api", "{\"failureRate\": 1, \"status\": 200}");
		Answer answer = this.customer.ordersABook();
		assertThat(answer.status()).isEqualTo(502);
		assertThat(answer.text("detail")).isEqualTo("A partner of the shop gave no answer that makes sense");
		assertThat(this.brama.status("payment-api").orElseThrow().calls().failure()).isOne();
	}

	@ParameterizedTest
	@CsvSource({ "unicorn,1", "book,101" })
	void whatIsOutOfStockIsAConflictAndNoFailureOfTheInventory(String item, int quantity) {
		Answer answer = this.customer
			.orders("{\"item\": \"%s\", \"quantity\": %d, \"amount\": 1}".formatted(item, quantity));
		assertThat(answer.status()).isEqualTo(409);
		assertThat(answer.text("detail")).isEqualTo(quantity + " of '" + item + "' are not in stock");
		assertThat(this.brama.status("inventory")).hasValueSatisfying((status) -> {
			assertThat(status.calls().ignored()).isOne();
			assertThat(status.calls().failure()).isZero();
		});
	}

	@Test
	void nothingIsPaidThatIsOutOfStock() {
		int before = this.customer.requestsTo("payment-api");
		this.customer.orders("{\"item\": \"unicorn\", \"quantity\": 1, \"amount\": 1}");
		assertThat(this.customer.requestsTo("payment-api")).isEqualTo(before);
	}

	@Test
	void withoutRecommendationsTheOrderStillSucceeds() {
		this.customer.breaks("recommendations");
		assertThatABookCanBeOrderedWithoutRecommendations();
	}

	@Test
	void withAnOpenCircuitForRecommendationsTheOrderStillSucceeds() {
		this.brama.open("recommendations", because("they are silly"));
		int before = this.customer.requestsTo("recommendations");
		assertThatABookCanBeOrderedWithoutRecommendations();
		assertThat(this.customer.requestsTo("recommendations")).isEqualTo(before);
	}

	@Test
	void aBankThatFailsIsLeftOutAndOnlyItsCircuitOpens() {
		int before = this.customer.requestsTo("bank-north");
		this.customer.breaks("bank-north");
		for (int attempt = 1; attempt <= 4; attempt++) {
			assertThat(this.customer.get("/offers?amount=120").body().findValuesAsString("bank"))
				.containsExactly("south");
		}
		assertThat(this.customer.requestsTo("bank-north")).isEqualTo(before + 3);
		assertThat(this.customer.circuit("bank-north?scope=banks").text("state")).isEqualTo("OPEN");
		assertThat(this.customer.circuit("bank-south?scope=banks").text("state")).isEqualTo("CLOSED");
	}

	@Test
	void aBankThatAnswersWithoutAnOfferIsLeftOutAndItsCircuitOpens() {
		int before = this.customer.requestsTo("bank-south");
		this.customer.lets("bank-south", "{\"failureRate\": 1, \"status\": 200}");
		for (int attempt = 1; attempt <= 4; attempt++) {
			assertThat(this.customer.get("/offers?amount=120").body().findValuesAsString("bank"))
				.doesNotContain("south");
		}
		assertThat(this.customer.requestsTo("bank-south")).isEqualTo(before + 3);
		Answer circuit = this.customer.circuit("bank-south?scope=banks");
		assertThat(circuit.text("state")).isEqualTo("OPEN");
		assertThat(circuit.text("reason")).isEqualTo("no offer");
	}

	@Test
	void anOpenCircuitForTheInventoryTurnsOrdersAway() {
		this.brama.open("inventory", because("stocktaking").untilToldOtherwise());
		Answer answer = this.customer.ordersABook();
		assertThat(answer.status()).isEqualTo(503);
		assertThat(answer.headers().getFirst(HttpHeaders.RETRY_AFTER)).isNull();
		assertThat(answer.text("identifier")).isEqualTo("inventory");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			{"quantity": 1, "amount": 1}                    | item must not be blank
			{"item": " ", "quantity": 1, "amount": 1}       | item must not be blank
			{"item": "book", "amount": 1}                   | quantity must be between 1 and 1000
			{"item": "book", "quantity": 0, "amount": 1}    | quantity must be between 1 and 1000, was 0
			{"item": "book", "quantity": 1, "amount": 0}    | amount must be between 0.01 and 1000000, was 0
			{"item": "book", "quantity": "x", "amount": 1}  | quantity has a value of the wrong type
			{"item": "book", "quantity": 1                  | The request has no readable JSON in its body
			""")
	void aBadOrderIsRefusedWithFieldAndRange(String order, String detail) {
		Answer answer = this.customer.orders(order);
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.text("detail")).isEqualTo(detail);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			{"failureRate": -0.1}         | failureRate must be between 0 and 1, was -0.1
			{"failureRate": 1.1}          | failureRate must be between 0 and 1, was 1.1
			{"latencyMillis": -1}         | latencyMillis must be between 0 and 60000, was -1
			{"latencyMillis": 60001}      | latencyMillis must be between 0 and 60000, was 60001
			{"status": 199}               | status must be between 200 and 599, was 199
			{"status": 600}               | status must be between 200 and 599, was 600
			{"retryAfterSeconds": 0}      | retryAfterSeconds must be between 1 and 86400, was 0
			{"failureRate": "often"}      | failureRate has a value of the wrong type
			""")
	void aBadBehaviourIsRefusedWithFieldAndRange(String behaviour, String detail) {
		Answer answer = this.customer.lets("payment-api", behaviour);
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.text("detail")).isEqualTo(detail);
	}

	@Test
	void anUnknownPartnerIsNotFound() {
		Answer answer = this.customer.breaks("warehouse");
		assertThat(answer.status()).isEqualTo(404);
		assertThat(answer.text("detail")).isEqualTo(
				"There is no partner 'warehouse'; there are inventory, payment-api, recommendations, bank-north, bank-south");
	}

	@Test
	void aBehaviourIsShownWithWhatWasLeftOut() {
		this.customer.lets("inventory", "{\"failureRate\": 0.5, \"retryAfterSeconds\": 7}");
		Answer inventory = this.customer.partner("inventory");
		assertThat(inventory.body().path("behaviour"))
			.hasToString("{\"failureRate\":0.5,\"latencyMillis\":0,\"status\":503,\"retryAfterSeconds\":7}");
	}

	@Test
	void circuitsAreKnownBeforeTheFirstCall() {
		assertThat(this.brama.all()).map((circuit) -> circuit.id().identifier())
			.contains("payment-api", "inventory", "recommendations");
	}

	@Test
	void theEndpointDoesNotKnowACircuitThatIsNotThere() {
		assertThat(this.customer.circuit("warehouse").status()).isEqualTo(404);
	}

	@Test
	void theHealthOfTheShopIsUp() {
		assertThat(this.customer.get("/actuator/health").text("status")).isEqualTo("UP");
	}

	private void assertThatABookCanBeOrderedWithoutRecommendations() {
		Answer answer = this.customer.ordersABook();
		assertThat(answer.status()).isEqualTo(201);
		assertThat(answer.body().path("recommendations").isEmpty()).isTrue();
	}

}
