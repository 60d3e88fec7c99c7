package io.brama.test;

import java.time.Duration;

import io.brama.Brama;
import io.brama.Circuit;
import io.brama.ConnectionId;
import io.brama.Mode;
import io.brama.TransitionCause;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static io.brama.Command.because;
import static io.brama.test.BramaAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Circuits in the state that a test needs.
 */
class CircuitsTests {

	@RegisterExtension
	static final BramaExtension brama = BramaExtension
		.with((options) -> options.maxAttempts(3).trialCalls(4).successesToClose(2).expiry(Duration.ofSeconds(10)));

	@Test
	void anOpenCircuitStaysOpenWhateverTheTime(Circuits circuits, ManualTime time) {
		Circuit circuit = circuits.open("payment-api");
		time.advance(Duration.ofDays(10));
		assertThat(circuit).isOpen();
	}

	@Test
	void aHalfOpenCircuitLetsTrialsIn(Circuits circuits) {
		Circuit circuit = circuits.halfOpen("payment-api");
		assertThat(circuit).isHalfOpen();
		assertThat(circuit.isAvailable()).isTrue();
	}

	@Test
	void anOpenCircuitIsClosed(Circuits circuits) {
		circuits.open("payment-api");
		assertThat(circuits.close("payment-api")).isClosed();
	}

	@Test
	void failuresAreAddedOneByOne(Circuits circuits) {
		assertThat(circuits.fail("payment-api", 2)).isClosed().hasFailuresInRow(2);
		assertThat(circuits.fail("payment-api", 1)).isOpen()
			.hasCause(TransitionCause.CONSECUTIVE_FAILURES)
			.hasReason("failure 1 of 1 in a test");
	}

	@Test
	void successesAreAddedOneByOne(Circuits circuits) {
		assertThat(circuits.succeed("payment-api", 2)).hasSuccesses(2);
	}

	@Test
	void aCircuitTripsByItsOwnRulesAndForItsOwnExpiry(Circuits circuits, ManualTime time) {
		Circuit circuit = circuits.trip("payment-api");
		assertThat(circuit).isOpen().hasFailures(3).reopensWithin(Duration.ofSeconds(10));
		time.advance(Duration.ofSeconds(10));
		assertThat(circuit).isHalfOpen();
	}

	@Test
	void aCircuitThatNoFailureOpensCannotBeTripped(Brama brama, Circuits circuits) {
		brama.circuit("payment-api").mode(Mode.OFF, because("a test"));
		assertThatIllegalStateException().isThrownBy(() -> circuits.trip("payment-api"))
			.withMessage("connection 'payment-api' is still UNKNOWN after 100000 failures in a row; its mode is OFF");
	}

	@Test
	void aCircuitRecoversThroughTrials(Circuits circuits) {
		circuits.open("payment-api");
		assertThat(circuits.recover("payment-api")).isClosed()
			.hasCause(TransitionCause.TRIALS_SUCCEEDED)
			.hasSuccesses(2);
	}

	@Test
	void circuitsOfOneIdentifierAreToldApartByTheirScope(Circuits circuits) {
		ConnectionId payments = ConnectionId.of("bank").withScope("payments");
		ConnectionId refunds = ConnectionId.of("bank").withScope("refunds");
		assertThat(circuits.trip(payments)).isOpen();
		assertThat(circuits.fail(refunds, 2)).isClosed().hasFailuresInRow(2);
		assertThat(circuits.succeed(refunds, 1)).hasSuccesses(1);
		assertThat(circuits.halfOpen(payments)).isHalfOpen();
		assertThat(circuits.recover(payments)).isClosed();
		assertThat(circuits.open(payments)).isOpen();
		assertThat(circuits.close(payments)).isClosed();
		assertThat(circuits.get(refunds)).isClosed().hasFailures(2);
	}

	@Test
	void aCircuitThatNothingHappenedToIsNotReset(Brama brama, Circuits circuits) {
		brama.circuit("inventory");
		Circuit used = brama.circuit("payment-api");
		used.acquire().close();
		assertThat(circuits.reset()).containsExactly(used);
		assertThat(circuits.reset()).isEmpty();
		circuits.close("payment-api");
		assertThat(circuits.reset()).containsExactly(used);
	}

	@Test
	void aResetTakesBackStatesCountsModesAndOptions(Brama brama, Circuits circuits) {
		Circuit circuit = circuits.trip("payment-api");
		circuit.mode(Mode.OBSERVE, because("a test"));
		brama.configure((options) -> options.maxAttempts(7));
		circuit.configure(because("a test"), (options) -> options.expiry(Duration.ofSeconds(1)));
		assertThat(circuits.reset()).containsExactly(circuit);
		assertThat(circuit).isUnknown().hasMode(Mode.ENFORCE).hasFailures(0);
		assertThat(circuit.status().config().maxAttempts()).isEqualTo(3);
		assertThat(circuit.status().config().expiry()).isEqualTo(Duration.ofSeconds(10));
	}

}
