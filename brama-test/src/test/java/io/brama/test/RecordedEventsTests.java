package io.brama.test;

import java.time.Duration;

import io.brama.Brama;
import io.brama.BramaEvent;
import io.brama.BramaEvent.Failure;
import io.brama.BramaEvent.Registered;
import io.brama.BramaEvent.StateChanged;
import io.brama.BramaEvent.Success;
import io.brama.CircuitState;
import io.brama.EventFilter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static io.brama.Command.because;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A record of events.
 */
@ExtendWith(BramaExtension.class)
class RecordedEventsTests {

	@Test
	void eventsAreThereWhenTheCallReturns(Brama brama, RecordedEvents events) {
		brama.circuit("payment-api").failure("timeout");
		assertThat(events.list()).hasExactlyElementsOfTypes(Registered.class, Failure.class);
		assertThat(events.list(Failure.class)).extracting(Failure::reason).containsExactly("timeout");
	}

	@Test
	void theStatesOfOneConnectionAreListed(Circuits circuits, RecordedEvents events) {
		circuits.trip("payment-api");
		circuits.open("inventory");
		circuits.recover("payment-api");
		assertThat(events.states("payment-api")).containsExactly(CircuitState.OPEN, CircuitState.HALF_OPEN,
				CircuitState.CLOSED);
	}

	@Test
	void eventsOfAnotherThreadAreAwaited() {
		try (Brama asynchronous = Brama.create(); RecordedEvents events = RecordedEvents.of(asynchronous)) {
			asynchronous.circuit("payment-api").open(because("maintenance"));
			assertThat(events.await(StateChanged.class).next()).isEqualTo(CircuitState.OPEN);
			assertThat(events.list(StateChanged.class)).hasSize(1);
		}
	}

	@Test
	void eachEventIsAwaitedOnce(Circuits circuits, RecordedEvents events) {
		circuits.open("payment-api");
		circuits.close("payment-api");
		assertThat(events.await(StateChanged.class).next()).isEqualTo(CircuitState.OPEN);
		assertThat(events.await(Registered.class)).isNotNull();
		assertThat(events.await(StateChanged.class).next()).isEqualTo(CircuitState.CLOSED);
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> events.await(StateChanged.class, Duration.ofMillis(1)));
	}

	@Test
	void anEventIsChosen(Circuits circuits, RecordedEvents events) {
		circuits.open("payment-api");
		circuits.open("inventory");
		StateChanged change = events.await(StateChanged.class, Duration.ZERO,
				(event) -> event.connection().identifier().equals("inventory"));
		assertThat(change.connection().identifier()).isEqualTo("inventory");
	}

	@Test
	void whoWaitsInVainIsToldWhatThereWas(Circuits circuits, RecordedEvents events) {
		circuits.open("payment-api").failure("timeout");
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> events.await(Success.class, Duration.ofMillis(1)))
			.withMessage("""
					There was no Success within 1 ms that was not awaited before. Recorded were:
					  connection 'payment-api': REGISTERED
					  connection 'payment-api': CLOSED -> OPEN, OPERATOR (the test says so)""");
	}

	@Test
	void whatWasRecordedIsForgotten(Circuits circuits, RecordedEvents events) {
		circuits.open("payment-api");
		events.clear();
		assertThat(events.list()).isEmpty();
		assertThat(events).hasToString("  nothing");
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> events.await(StateChanged.class, Duration.ofMillis(1)));
	}

	@Test
	void aRecordMayBeOfSomeEvents(Brama brama) {
		try (RecordedEvents failures = RecordedEvents.of(brama, EventFilter.types(BramaEvent.Type.FAILURE))) {
			brama.circuit("payment-api").success();
			brama.circuit("payment-api").failure("timeout");
			assertThat(failures.list()).hasExactlyElementsOfTypes(Failure.class);
		}
	}

	@Test
	void aClosedRecordStays(Brama brama, RecordedEvents events) {
		brama.circuit("payment-api");
		events.close();
		brama.circuit("payment-api").failure("timeout");
		assertThat(events.list()).hasExactlyElementsOfTypes(Registered.class);
	}

}
