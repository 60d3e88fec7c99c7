package io.brama.docs;

import java.io.IOException;
import java.time.Duration;

import io.brama.Brama;
import io.brama.BramaEvent.StateChanged;
import io.brama.Circuit;
import io.brama.CircuitState;
import io.brama.ConnectionId;
import io.brama.Delivery;
import io.brama.test.BramaExtension;
import io.brama.test.Circuits;
import io.brama.test.Faults;
import io.brama.test.ManualTime;
import io.brama.test.RecordedEvents;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

import static io.brama.Command.because;
import static io.brama.test.BramaAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The snippets of docs/testing.md that need no Spring.
 */
class TestingTests {

	// @formatter:off
	@Nested
	@ExtendWith(BramaExtension.class)
	class CheckoutTests {

		@Test
		void ordersArePaidLaterWhileTheCircuitIsOpen(Brama brama, Circuits circuits) {
			circuits.open("payment-api");
			assertThat(new Checkout(brama).order("book")).isEqualTo("to be paid later: book");
		}

	// @formatter:on
		@Test
		void circuitsAreBroughtIntoAnyState(Circuits circuits) {
			// @formatter:off
			circuits.fail("payment-api", 3);      // three failures; its own rules decide what that means
			circuits.trip("payment-api");         // failures until it opens, for as long as its own expiry says
			circuits.halfOpen("payment-api");     // trials begin
			circuits.recover("payment-api");      // trials succeed, until it closes
			// @formatter:on
			assertThat(circuits.get("payment-api")).isClosed();
		}

		@Test
		void aCircuitOfAScopeIsRegisteredFirst(Brama brama, Circuits circuits) {
			brama.circuit(ConnectionId.of("bank-a").withScope("payments"));
			circuits.open("bank-a");
			assertThat(brama.inScope("payments")).singleElement().satisfies((bank) -> assertThat(bank).isOpen());
		}

		@Test
		void oneOfSeveralConnectionsIsNamedByItsKey(Brama brama, Circuits circuits, Faults faults) {
			ConnectionId refunds = ConnectionId.of("bank-a").withScope("refunds");
			circuits.open(refunds);
			faults.on(refunds).fail(new IOException("down"));
			assertThat(brama.inScope("refunds")).singleElement().satisfies((bank) -> assertThat(bank).isOpen());
		}

		@Test
		void afterTheExpiryATrialIsMade(Brama brama, Circuits circuits, ManualTime time) {
			Circuit payments = circuits.trip("payment-api");
			time.advance(Duration.ofSeconds(60));
			assertThat(payments).isHalfOpen();
			assertThat(new Checkout(brama).order("book")).isEqualTo("paid: book");
			assertThat(payments).isClosed();
		}

		@Test
		void whoeverOrdersIsAskedToTryAgainWhenAPaymentFails(Brama brama, Faults faults) {
			faults.on("payment-api").fail(new IOException("down")).times(3);
			assertThat(new Checkout(brama).order("book")).isEqualTo("please try again");
			assertThat(brama.circuit("payment-api")).isClosed().hasFailuresInRow(1);
		}

		@Test
		void faultsAreOfManyKinds(Faults faults) {
			faults.on("payment-api").delay(Duration.ofSeconds(3));
			faults.on("payment-api").delay(Duration.ofSeconds(3)).fail(new IOException("timeout"));
			faults.on("payment-api").reject().times(1);
			faults.clear();
		}

		@Test
		void assertionsSayWhatIsWrong(Brama brama) {
			Circuit payments = brama.circuit("payment-api");
			for (int failure = 1; failure <= 10; failure++) {
				payments.failure("timeout");
			}
			assertThat(payments).isOpen().hasReason("timeout").reopensWithin(Duration.ofMinutes(1));
		}

		@Test
		void eventsAreRecorded(Circuits circuits, RecordedEvents events) {
			circuits.trip("payment-api");
			circuits.recover("payment-api");
			assertThat(events).movedThrough("payment-api", CircuitState.OPEN, CircuitState.HALF_OPEN,
					CircuitState.CLOSED);
			assertThat(events.list(StateChanged.class)).hasSize(3);
		}

	}

	@Nested
	class ConfiguredTests {

		@RegisterExtension
		static BramaExtension brama = BramaExtension.with((builder) -> builder.maxAttempts(3));

		@Test
		void threeFailuresOpenTheCircuit(Circuits circuits) {
			assertThat(circuits.fail("payment-api", 3)).isOpen();
		}

	}

	@Test
	void eventsOfAnotherThreadAreAwaited() {
		Brama brama = Brama.create();
		RecordedEvents events = RecordedEvents.of(brama);
		brama.circuit("payment-api").open(because("maintenance"));
		StateChanged change = events.await(StateChanged.class);
		assertThat(change.reason()).isEqualTo("maintenance");
		brama.close();
	}

	@Test
	void aGateIsBuiltByHand() {
		ManualTime time = new ManualTime();
		Faults faults = new Faults(time);
		Brama brama = Brama.builder().timeSource(time).interference(faults).delivery(Delivery.DIRECT).build();
		faults.on("payment-api").reject();
		assertThat(new Checkout(brama).order("book")).isEqualTo("to be paid later: book");
	}

}
