package io.brama.docs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.brama.Brama;
import io.brama.BramaEvent;
import io.brama.BramaEvent.StateChanged;
import io.brama.Circuit;
import io.brama.CircuitState;
import io.brama.ConnectionStatus;
import io.brama.Delivery;
import io.brama.EventFilter;
import io.brama.Mode;
import io.brama.Permit;
import io.brama.Permit.Settlement;
import io.brama.Subscription;
import org.junit.jupiter.api.Test;

import static io.brama.Command.because;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The snippets of docs/concepts.md.
 */
class ConceptsTests {

	private final Brama brama = Brama.builder().delivery(Delivery.DIRECT).build();

	@Test
	void callsAreGuardedByTheCircuit() throws Exception {
		Circuit payments = this.brama.register("payment-api",
				(options) -> options.maxAttempts(5)
					.progressiveExpiry(Duration.ofSeconds(5), Duration.ofMinutes(5), 2.0)
					.metadata("owner", "team payments"));

		String receipt = payments.call(() -> pay("order"));

		assertThat(receipt).isEqualTo("order paid");
		assertThat(payments.status().calls().success()).isOne();
	}

	@Test
	void aPermitTakesTheOutcomeOfOneCall() {
		Circuit payments = this.brama.circuit("payment-api");
		try (Permit permit = payments.acquire()) {
			pay("order");
			permit.success();
		}
		assertThat(payments.status().calls().success()).isOne();
	}

	@Test
	void outcomesCanBeReportedWithoutAPermit() {
		this.brama.register("payment-api");
		Brama brama = this.brama;
		if (brama.isAvailable("payment-api")) {
			String receipt = pay("order");
			if (receipt.isEmpty()) {
				brama.failure("payment-api", "the receipt is empty");
			}
			else {
				brama.success("payment-api");
			}
		}
		assertThat(brama.status("payment-api").orElseThrow().calls().success()).isOne();
	}

	@Test
	void anOutcomeOfAPeriodThatIsOverIsLate() {
		Circuit payments = this.brama.circuit("payment-api");
		Permit permit = payments.acquire();
		payments.open(because("maintenance"));

		Settlement settlement = permit.success(); // LATE: the circuit stays open

		assertThat(settlement).isEqualTo(Settlement.LATE);
		assertThat(payments.status().state()).isEqualTo(CircuitState.OPEN);
	}

	@Test
	void aCircuitObeysCommands() {
		Circuit payments = this.brama.circuit("payment-api");
		payments.success();
		payments.open(because("maintenance").forDuration(Duration.ofHours(1)).by("ops"));
		assertThat(payments.status().remainingOpenTime()).isGreaterThan(Duration.ofMinutes(59));
		payments.close(because("maintenance is over").by("ops"));
		assertThat(payments.status().state()).isEqualTo(CircuitState.CLOSED);
		payments.reset(because("new contract").by("ops"));
		assertThat(payments.status().state()).isEqualTo(CircuitState.UNKNOWN);
	}

	@Test
	void aScopeIsCommandedCircuitByCircuit() {
		Brama brama = this.brama;
		brama.register("payment-api", (options) -> options.scope("payments"));
		brama.register("refund-api", (options) -> options.scope("payments"));
		brama.inScope("payments").forEach((circuit) -> circuit.open(because("maintenance").by("ops")));
		assertThat(brama.isScopeAvailable("payments")).isFalse();
	}

	@Test
	void aScopeIsAskedForAllItsCircuits() {
		List<String> log = new ArrayList<>();
		Brama brama = this.brama;
		brama.register("payment-api", (options) -> options.scope("payments")).open(because("maintenance"));
		brama.register("refund-api", (options) -> options.scope("payments"));
		if (!brama.isScopeAvailable("payments")) {
			brama.inScope("payments").forEach((circuit) -> log.add(circuit.status().state() + " " + circuit.id()));
		}
		assertThat(log).hasSize(2);
	}

	@Test
	void theModeIsSetByHand() {
		Circuit payments = this.brama.register("payment-api");
		payments.mode(Mode.OBSERVE, because("load test").by("ops"));
		assertThat(payments.status().mode()).isEqualTo(Mode.OBSERVE);
	}

	@Test
	void listenersGetTheEventsTheyAskFor() {
		List<BramaEvent> log = new ArrayList<>();
		Brama brama = this.brama;
		Subscription subscription = brama.subscribe(
				EventFilter.types(BramaEvent.Type.STATE_CHANGE, BramaEvent.Type.FAILURE).connection("payment-api"),
				(event) -> log.add(event));
		brama.circuit("payment-api").failure("timeout");
		brama.circuit("inventory").failure("timeout");
		brama.open("payment-api", because("maintenance"));
		subscription.close();
		brama.close("payment-api", because("maintenance is over"));
		assertThat(log).hasExactlyElementsOfTypes(BramaEvent.Failure.class, StateChanged.class);
	}

	@Test
	void theStatusTellsEverything() {
		this.brama.register("payment-api");
		Brama brama = this.brama;
		ConnectionStatus status = brama.status("payment-api").orElseThrow();
		assertThat(status.state()).isEqualTo(CircuitState.UNKNOWN);
	}

	@Test
	void aFailureRateLooksBackOverAWindow() {
		Circuit payments = this.brama.register("payment-api",
				(options) -> options.failureRate(50).window(Duration.ofSeconds(30)).minimumCalls(20));
		for (int call = 1; call <= 10; call++) {
			payments.success();
		}
		for (int call = 1; call <= 9; call++) {
			payments.failure("timeout");
		}
		assertThat(payments.status().state()).isEqualTo(CircuitState.CLOSED);
		payments.failure("timeout");
		assertThat(payments.status().state()).isEqualTo(CircuitState.OPEN);
	}

	@Test
	void optionsAreChangedAtRunTime() {
		Brama brama = this.brama;
		Circuit payments = brama.register("payment-api", (options) -> options.scope("payments"));
		// @formatter:off
		brama.configure((options) -> options.maxAttempts(15));                     // the defaults
		brama.configureScope("payments", (options) -> options.failureRate(50));
		brama.configure("payment-api", (options) -> options.mode(Mode.OBSERVE));   // or a pattern, "bank.*"
		// @formatter:on
		assertThat(payments.status().config().maxAttempts()).isEqualTo(15);
		assertThat(payments.status().config().tripPolicy().failureRate()).hasToString("50%");
		assertThat(payments.status().mode()).isEqualTo(Mode.OBSERVE);
	}

	private static String pay(String order) {
		return order + " paid";
	}

}
