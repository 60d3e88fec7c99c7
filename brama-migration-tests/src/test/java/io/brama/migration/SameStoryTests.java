package io.brama.migration;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The application that was migrated by docs/migrating-from-resilience4j.md does in every
 * step what it did before.
 */
class SameStoryTests {

	private static final Duration UNTIL_TRIALS = Duration.ofSeconds(30).plusMillis(1);

	private static final List<String> STORY = List.of(
			// well, and an order that is no order
			"paid a", "paid b", "paid c", "IllegalArgumentException",
			// down: half of six calls is 50 %
			"queued d, the bank does not answer", "queued e, the bank does not answer",
			"queued f, the bank does not answer",
			// open
			"queued g, the circuit is open", "queued h, the circuit is open",
			// of three trials two fail
			"queued i, the bank does not answer", "paid j", "queued k, the bank does not answer",
			// open again
			"queued l, the circuit is open",
			// of three trials one fails
			"paid m", "queued n, the bank does not answer", "paid o",
			// closed, with an empty window: four calls are too few
			"queued p, the bank does not answer", "queued q, the bank does not answer",
			"queued r, the bank does not answer", "paid s");

	private static final List<String> MOVES = List.of("CLOSED -> OPEN", "OPEN -> HALF_OPEN", "HALF_OPEN -> OPEN",
			"OPEN -> HALF_OPEN", "HALF_OPEN -> CLOSED");

	@Test
	void resilience4jTellsTheStory() throws Exception {
		try (Shop shop = Shop.withResilience4j()) {
			List<String> states = new ArrayList<>();
			assertThat(tell(shop, () -> states.add(stateByResilience4j(shop)))).isEqualTo(STORY);
			assertThat(states).containsExactly("CLOSED", "OPEN", "OPEN", "CLOSED");
			assertThat(shop.journal()).isEqualTo(MOVES);
			assertThat(shop.callsOfTheBank()).isEqualTo(17);
			assertThat(callsByResilience4j(shop, "successful")).isEqualTo(7);
			assertThat(callsByResilience4j(shop, "failed")).isEqualTo(9);
			assertThat(callsByResilience4j(shop, "ignored")).isEqualTo(1);
			assertThat(shop.count("resilience4j.circuitbreaker.not.permitted.calls", "name", "payment-api"))
				.isEqualTo(3);
		}
	}

	@Test
	void bramaTellsTheSame() throws Exception {
		try (Shop shop = Shop.withBrama()) {
			List<String> states = new ArrayList<>();
			assertThat(tell(shop, () -> states.add(stateByBrama(shop)))).isEqualTo(STORY);
			assertThat(states).containsExactly("CLOSED", "OPEN", "OPEN", "CLOSED");
			assertThat(shop.journal()).isEqualTo(MOVES);
			assertThat(shop.callsOfTheBank()).isEqualTo(17);
			assertThat(callsByBrama(shop, "success")).isEqualTo(7);
			assertThat(callsByBrama(shop, "failure")).isEqualTo(9);
			assertThat(callsByBrama(shop, "ignored")).isEqualTo(1);
			assertThat(callsByBrama(shop, "rejected")).isEqualTo(3);
		}
	}

	private static List<String> tell(Shop shop, Observation observation) throws Exception {
		List<String> told = new ArrayList<>();
		List.of("a", "b", "c", "").forEach((order) -> told.add(shop.pay(order)));
		observation.make();
		shop.bankIsUp(false);
		List.of("d", "e", "f", "g", "h").forEach((order) -> told.add(shop.pay(order)));
		observation.make();
		shop.pass(UNTIL_TRIALS);
		told.add(shop.pay("i"));
		shop.bankIsUp(true);
		told.add(shop.pay("j"));
		shop.bankIsUp(false);
		told.add(shop.pay("k"));
		observation.make();
		told.add(shop.pay("l"));
		shop.pass(UNTIL_TRIALS);
		shop.bankIsUp(true);
		told.add(shop.pay("m"));
		shop.bankIsUp(false);
		told.add(shop.pay("n"));
		shop.bankIsUp(true);
		told.add(shop.pay("o"));
		shop.bankIsUp(false);
		List.of("p", "q", "r").forEach((order) -> told.add(shop.pay(order)));
		shop.bankIsUp(true);
		told.add(shop.pay("s"));
		observation.make();
		return told;
	}

	private static String stateByResilience4j(Shop shop) throws IOException, InterruptedException {
		return shop.actuator("circuitbreakers").path("circuitBreakers").path("payment-api").path("state").asString();
	}

	private static String stateByBrama(Shop shop) throws IOException, InterruptedException {
		return shop.actuator("brama/payment-api").path("state").asString();
	}

	private static long callsByResilience4j(Shop shop, String kind) {
		return shop.count("resilience4j.circuitbreaker.calls", "name", "payment-api", "kind", kind);
	}

	private static long callsByBrama(Shop shop, String outcome) {
		return shop.count("brama.calls", "identifier", "payment-api", "outcome", outcome);
	}

	/** A look at the circuit in the middle of the story. */
	interface Observation {

		void make() throws Exception;

	}

}
