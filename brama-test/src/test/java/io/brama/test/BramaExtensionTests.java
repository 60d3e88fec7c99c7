package io.brama.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.brama.Brama;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static io.brama.CircuitState.OPEN;
import static io.brama.test.BramaAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A gate for each test.
 */
class BramaExtensionTests {

	private static final List<Brama> SEEN = new ArrayList<>();

	private static final List<ManualTime> TIMES = new ArrayList<>();

	private static final List<RecordedEvents> EVENTS = new ArrayList<>();

	@RegisterExtension
	static final BramaExtension brama = BramaExtension.with((options) -> options.maxAttempts(2));

	private Brama prepared;

	@BeforeEach
	void prepare(Brama brama) {
		this.prepared = brama;
	}

	@Test
	void allPartsBelongToOneGate(Brama brama, Circuits circuits, ManualTime time, RecordedEvents events,
			Faults faults) {
		assertThat(brama).isSameAs(this.prepared);
		circuits.trip("payment-api");
		assertThat(brama.circuit("payment-api")).isOpen();
		assertThat(events.states("payment-api")).hasSize(1);
		time.advance(Duration.ofMinutes(1));
		assertThat(brama.circuit("payment-api")).isHalfOpen();
		faults.on("payment-api").reject();
		assertThat(brama.circuit("payment-api").tryAcquire()).isNull();
	}

	@Test
	void itIsConfigured(Circuits circuits) {
		assertThat(circuits.fail("payment-api", 2)).isOpen();
	}

	@RepeatedTest(2)
	void theGateOfATestThatIsOverIsClosed(Circuits circuits, ManualTime time, RecordedEvents events) {
		TIMES.forEach((other) -> other.advance(Duration.ofMinutes(1)));
		assertThat(EVENTS).allSatisfy((other) -> assertThat(other.states("payment-api")).containsExactly(OPEN));
		circuits.trip("payment-api");
		TIMES.add(time);
		EVENTS.add(events);
	}

	@RepeatedTest(2)
	void eachTestHasItsOwn(Brama brama, Circuits circuits) {
		assertThat(brama.all()).isEmpty();
		circuits.open("payment-api");
		assertThat(SEEN).doesNotContain(brama);
		SEEN.add(brama);
	}

}
