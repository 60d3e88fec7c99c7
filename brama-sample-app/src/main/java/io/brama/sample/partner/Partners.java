package io.brama.sample.partner;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import tools.jackson.databind.JsonNode;

import org.springframework.stereotype.Component;

/**
 * The systems the shop depends on, and the work they do.
 */
@Component
class Partners {

	private static final int STOCK = 100;

	private static final BigDecimal MONTHS = BigDecimal.valueOf(12);

	private final List<Partner> all = List.of(new Partner("inventory", Partners::reserve),
			new Partner("payment-api", Partners::pay), new Partner("recommendations", Partners::recommend),
			new Partner("bank-north", (loan) -> lend("north", "0.06", loan)),
			new Partner("bank-south", (loan) -> lend("south", "0.12", loan)));

	List<Partner> all() {
		return this.all;
	}

	Optional<Partner> find(String name) {
		return this.all.stream().filter((partner) -> partner.name().equals(name)).findFirst();
	}

	/** There are a hundred of everything and no unicorns. */
	private static Reply reserve(JsonNode reservation) {
		int stock = "unicorn".equals(reservation.path("item").asString("")) ? 0 : STOCK;
		int quantity = reservation.path("quantity").asInt(1);
		return (quantity <= stock) ? Reply.ok(reservation)
				: Reply.error(409, "out of stock: " + quantity + " wanted, " + stock + " there");
	}

	private static Reply pay(JsonNode payment) {
		return Reply.ok(new Confirmation("PAY-" + UUID.randomUUID()));
	}

	private static Reply recommend(JsonNode nothing) {
		return Reply.ok(List.of("bookmark", "reading lamp"));
	}

	/** What is lent is paid back in twelve months, with interest. */
	private static Reply lend(String bank, String interest, JsonNode loan) {
		BigDecimal amount = loan.path("amount").asDecimal(BigDecimal.ZERO);
		return Reply.ok(new Offer(bank,
				amount.multiply(new BigDecimal(interest).add(BigDecimal.ONE)).divide(MONTHS, 2, RoundingMode.HALF_UP)));
	}

	/** What a bank answers. */
	record Offer(String bank, BigDecimal monthly) {
	}

	/** What the payment provider answers. */
	record Confirmation(String reference) {
	}

}
