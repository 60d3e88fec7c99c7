package io.brama.test;

import java.time.Duration;

import io.brama.Brama;
import io.brama.BramaEvent.Failure;
import io.brama.BramaEvent.StateChanged;
import io.brama.BramaEvent.Success;
import io.brama.Circuit;
import io.brama.CircuitState;
import io.brama.ConnectionStatus;
import io.brama.Mode;
import io.brama.TransitionCause;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static io.brama.Command.because;
import static io.brama.test.BramaAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What assertions accept, and what they say of the rest.
 */
class AssertionsTests {

	@RegisterExtension
	static final BramaExtension brama = BramaExtension
		.with((options) -> options.maxAttempts(2).expiry(Duration.ofSeconds(90)));

	@Test
	void anOpenCircuitSaysWhyAndForHowLong(Brama brama) {
		Circuit circuit = brama.circuit("payment-api");
		circuit.failure("timeout");
		circuit.failure("timeout");
		assertThat(circuit).isOpen()
			.hasReason("timeout")
			.hasCause(TransitionCause.CONSECUTIVE_FAILURES)
			.reopensWithin(Duration.ofSeconds(90));
		says(() -> assertThat(circuit).isClosed(),
				"connection 'payment-api' should be CLOSED but is OPEN (CONSECUTIVE_FAILURES: timeout);"
						+ " failures in a row: 2, the last: timeout");
		says(() -> assertThat(circuit).hasReason("refused"),
				"connection 'payment-api' should be OPEN because of 'refused' but is so because of 'timeout'");
		says(() -> assertThat(circuit).reopensWithin(Duration.ofMinutes(1)),
				"connection 'payment-api' should let trials begin within 1m but stays OPEN for 1m30s");
	}

	@Test
	void aCircuitThatIsOpenForGoodDoesNotReopen(Circuits circuits) {
		Circuit circuit = circuits.open("payment-api");
		says(() -> assertThat(circuit).reopensWithin(Duration.ofDays(1)),
				"connection 'payment-api' should let trials begin within 24h but stays OPEN until told otherwise");
	}

	@Test
	void aClosedCircuitSaysHowNearItIs(Brama brama) {
		Circuit circuit = brama.circuit("payment-api");
		assertThat(circuit).isUnknown().isClosed();
		circuit.failure("timeout");
		assertThat(circuit).isClosed()
			.hasFailuresInRow(1)
			.hasFailures(1)
			.hasSuccesses(0)
			.hasRejections(0)
			.hasIgnored(0);
		says(() -> assertThat(circuit).isOpen(),
				"connection 'payment-api' should be OPEN but is CLOSED (REGISTERED); failures in a row: 1, the last: timeout");
		says(() -> assertThat(circuit).isUnknown(), "connection 'payment-api' should be UNKNOWN but is CLOSED");
		says(() -> assertThat(circuit).hasFailuresInRow(2),
				"the failures in a row of connection 'payment-api' should be 2 but are 1");
		says(() -> assertThat(circuit).reopensWithin(Duration.ofMinutes(1)), "should be OPEN but is CLOSED");
	}

	@Test
	void countsAreCompared(Brama brama, Circuits circuits) {
		Circuit circuit = circuits.succeed("payment-api", 3);
		circuit.acquire().close();
		circuits.open("payment-api").tryAcquire();
		assertThat(circuit).hasSuccesses(3).hasRejections(1).hasIgnored(1);
		says(() -> assertThat(circuit).hasSuccesses(1),
				"the successful calls of connection 'payment-api' should be 1 but are 3; all its calls: Calls[");
		says(() -> assertThat(circuit).hasFailures(1),
				"the failed calls of connection 'payment-api' should be 1 but are 0");
		says(() -> assertThat(circuit).hasRejections(2),
				"the rejected calls of connection 'payment-api' should be 2 but are 1");
		says(() -> assertThat(circuit).hasIgnored(2),
				"the ignored calls of connection 'payment-api' should be 2 but are 1");
	}

	@Test
	void modeAndCauseAreCompared(Circuits circuits) {
		Circuit circuit = circuits.halfOpen("payment-api");
		circuit.mode(Mode.OBSERVE, because("a test"));
		assertThat(circuit).isHalfOpen().hasMode(Mode.OBSERVE).hasCause(TransitionCause.OPERATOR);
		says(() -> assertThat(circuit).hasMode(Mode.OFF),
				"connection 'payment-api' should be in mode OFF but is in mode OBSERVE");
		says(() -> assertThat(circuit).hasCause(TransitionCause.EXPIRY_REACHED),
				"connection 'payment-api' should be HALF_OPEN because of EXPIRY_REACHED but is HALF_OPEN (OPERATOR: a test)");
	}

	@Test
	void aStatusIsOfItsMoment(Circuits circuits) {
		ConnectionStatus before = circuits.open("payment-api").status();
		circuits.close("payment-api");
		assertThat(before).isOpen();
	}

	@Test
	void aDescriptionComesFirst(Circuits circuits) {
		Circuit circuit = circuits.open("payment-api");
		says(() -> assertThat(circuit).as("after lunch").isClosed(),
				"[after lunch] connection 'payment-api' should be CLOSED");
	}

	@Test
	void nothingIsNoCircuit() {
		says(() -> assertThat((Circuit) null).isOpen(), "Expecting actual not to be null");
	}

	@Test
	void recordedEventsAreInOrder(Circuits circuits, RecordedEvents events) {
		assertThat(events).isEmpty();
		circuits.trip("payment-api");
		circuits.recover("payment-api");
		assertThat(events).movedThrough("payment-api", CircuitState.OPEN, CircuitState.HALF_OPEN, CircuitState.CLOSED)
			.movedThrough("inventory")
			.containsInOrder(Failure.class, StateChanged.class, Success.class)
			.contains(Success.class);
		says(() -> assertThat(events).containsInOrder(Success.class, Failure.class),
				"There should be a Failure after [Success]. Recorded were:");
		says(() -> assertThat(events).movedThrough("payment-api", CircuitState.OPEN),
				"'payment-api' should have moved through [OPEN] but moved through [OPEN, HALF_OPEN, CLOSED]. Recorded were:");
		says(() -> assertThat(events).containsNo(Success.class), "There should be no Success, but there is:");
		says(() -> assertThat(events).isEmpty(), "Nothing should have been recorded, but there is:");
	}

	@Test
	void anEventThatIsNotThereIsMissed(Circuits circuits, RecordedEvents events) {
		circuits.open("payment-api");
		assertThat(events).containsNo(Success.class);
		says(() -> assertThat(events).contains(Success.class), """
				There should be a Success. Recorded were:
				  connection 'payment-api': REGISTERED
				  connection 'payment-api': CLOSED -> OPEN, OPERATOR (the test says so)""");
	}

	private static void says(ThrowingCallable assertion, String message) {
		assertThatExceptionOfType(AssertionError.class).isThrownBy(assertion).withMessageContaining(message);
	}

}
