package io.brama.test;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import io.brama.Brama;
import io.brama.BramaEvent.Success;
import io.brama.Circuit;
import io.brama.CircuitOpenException;
import io.brama.ConnectionId;
import io.brama.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static io.brama.test.BramaAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Calls that fail, take long or are rejected on purpose.
 */
class FaultsTests {

	@RegisterExtension
	static final BramaExtension brama = BramaExtension.with((options) -> options.maxAttempts(3)
		.slowCallDuration(Duration.ofSeconds(2))
		.slowCallRate(100)
		.minimumCalls(2));

	private final IOException down = new IOException("down");

	private final AtomicInteger reached = new AtomicInteger();

	private Circuit circuit;

	@BeforeEach
	void takeTheCircuit(Brama brama) {
		this.circuit = brama.circuit("payment-api");
	}

	@Test
	void aCallFailsAndTheSystemIsNotReached(Faults faults) {
		faults.on("payment-api").fail(this.down);
		assertThatThrownBy(this::call).isSameAs(this.down);
		assertThat(this.reached).hasValue(0);
		assertThat(this.circuit).hasFailuresInRow(1);
	}

	@Test
	void aFaultStrikesOneOfTheConnectionsOfAnIdentifier(Brama brama, Faults faults) throws Exception {
		Circuit payments = brama.circuit(ConnectionId.of("bank").withScope("payments"));
		Circuit refunds = brama.circuit(ConnectionId.of("bank").withScope("refunds"));
		faults.on(refunds.id()).fail(this.down);
		assertThat(payments.call(() -> "paid")).isEqualTo("paid");
		assertThatThrownBy(() -> refunds.call(() -> "refunded")).isSameAs(this.down);
	}

	@Test
	void aFaultStrikesUntilItIsCleared(Faults faults) throws Exception {
		faults.on("payment-api").fail(this.down);
		assertThatThrownBy(this::call).isSameAs(this.down);
		assertThatThrownBy(this::call).isSameAs(this.down);
		faults.clear();
		assertThat(call()).isEqualTo("paid");
	}

	@Test
	void aFaultStrikesSoManyTimes(Faults faults) throws Exception {
		faults.on("payment-api").fail(this.down).times(2);
		assertThatThrownBy(this::call).isSameAs(this.down);
		assertThatThrownBy(this::call).isSameAs(this.down);
		assertThat(call()).isEqualTo("paid");
	}

	@Test
	void anotherConnectionIsLeftAlone(Faults faults) throws Exception {
		faults.on("inventory").fail(this.down);
		assertThat(call()).isEqualTo("paid");
	}

	@Test
	void theErrorHandlerOfTheCallDecides(Faults faults) {
		faults.on("payment-api").fail(this.down);
		assertThatThrownBy(() -> this.circuit.call(() -> "paid", (result, error) -> Outcome.ignored()))
			.isSameAs(this.down);
		assertThat(this.circuit).hasIgnored(1).hasFailures(0);
	}

	@Test
	void aDelayMakesCallsSlow(Faults faults, RecordedEvents events) throws Exception {
		faults.on("payment-api").delay(Duration.ofSeconds(3));
		assertThat(call()).isEqualTo("paid");
		assertThat(events.list(Success.class)).extracting(Success::duration).containsExactly(Duration.ofSeconds(3));
		assertThat(this.circuit).isClosed();
		call();
		assertThat(this.circuit).isOpen();
	}

	@Test
	void aCallMayFailLate(Faults faults, ManualTime time) {
		faults.on("payment-api").delay(Duration.ofSeconds(3)).fail(this.down);
		assertThatThrownBy(this::call).isSameAs(this.down);
		assertThat(time.instant()).isEqualTo(ManualTime.START.plusSeconds(3));
	}

	@Test
	void aCallIsRejectedThoughTheCircuitIsClosed(Faults faults) throws Exception {
		faults.on("payment-api").reject().times(1);
		assertThatExceptionOfType(CircuitOpenException.class).isThrownBy(this::call);
		assertThat(this.circuit).isClosed().hasRejections(1);
		assertThat(call()).isEqualTo("paid");
	}

	@Test
	void faultsFollowEachOther(Faults faults) throws Exception {
		faults.on("payment-api").fail(this.down).times(1);
		faults.on("payment-api").reject().times(1);
		faults.on("payment-api").delay(Duration.ofMillis(1)).times(1);
		faults.on("payment-api").reject().times(1);
		assertThatThrownBy(this::call).isSameAs(this.down);
		assertThatExceptionOfType(CircuitOpenException.class).isThrownBy(this::call);
		assertThat(call()).isEqualTo("paid");
		assertThatExceptionOfType(CircuitOpenException.class).isThrownBy(this::call);
		assertThat(call()).isEqualTo("paid");
	}

	@Test
	void aFaultThatWasToldNothingDoesNothing(Faults faults) throws Exception {
		faults.on("payment-api");
		assertThat(call()).isEqualTo("paid");
	}

	@Test
	void aRejectedCallNeitherFailsNorTakesLong(Faults faults) {
		assertThatIllegalStateException().isThrownBy(() -> faults.on("payment-api").reject().fail(this.down))
			.withMessageContaining("a fault of 'payment-api' must either reject calls or");
		assertThatIllegalStateException().isThrownBy(() -> faults.on("payment-api").fail(this.down).reject());
		assertThatIllegalStateException()
			.isThrownBy(() -> faults.on("payment-api").delay(Duration.ofSeconds(1)).reject());
	}

	@Test
	void numbersOutOfRangeAreRefused(Faults faults) {
		assertThatIllegalArgumentException().isThrownBy(() -> faults.on("payment-api").times(0))
			.withMessage("times of a fault of 'payment-api' must be at least 1, was 0");
		assertThatIllegalArgumentException().isThrownBy(() -> faults.on("payment-api").delay(Duration.ofSeconds(-1)))
			.withMessage("delay of a fault of 'payment-api' must not be negative, was PT-1S");
	}

	private String call() throws Exception {
		return this.circuit.call(() -> {
			this.reached.incrementAndGet();
			return "paid";
		});
	}

}
