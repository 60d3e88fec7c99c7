package io.brama.spring.actuate;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.brama.Brama;
import io.brama.CircuitState;
import io.brama.TimeSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.brama.Command.because;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * How closely the endpoint looks at many circuits: whoever takes a status reads the
 * clocks, the monotonic one and the other.
 */
class WorkTests {

	private static final int CIRCUITS = 1000;

	private static final int CLOCKS = 2;

	private static final int ALLOWANCE = 10;

	private final AtomicInteger readings = new AtomicInteger();

	private final Brama brama = Brama.builder().timeSource(new CountedTime(this.readings)).build();

	private final BramaEndpoint endpoint = new BramaEndpoint(this.brama,
			new Display(null, TimeSource.system(), false, false, (id) -> List.of()), (config) -> (options) -> {
			}, (event) -> {
			});

	@BeforeEach
	void register() {
		IntStream.range(0, CIRCUITS).forEach((number) -> this.brama.circuit("partner-" + number).success());
		this.brama.open("partner-7", because("maintenance"));
	}

	@AfterEach
	void close() {
		this.brama.close();
	}

	@Test
	void aListTakesOneStatusOfEachCircuit() {
		int before = this.readings.get();
		assertThat(this.endpoint.connections(null, null, null, null).connections()).hasSize(CIRCUITS);
		assertThat(this.readings.get() - before).isBetween(CIRCUITS, CLOCKS * CIRCUITS + ALLOWANCE);
	}

	@Test
	void aListOfOneStateTakesNoStatusOfOthers() {
		int before = this.readings.get();
		ConnectionsView open = this.endpoint.connections(null, null, null, "open");
		assertThat(open.counts()).isEqualTo(Map.of(CircuitState.OPEN, 1L));
		assertThat(this.readings.get() - before).isBetween(1, ALLOWANCE);
	}

	/** Counts how often it is asked. */
	private record CountedTime(AtomicInteger readings) implements TimeSource {

		@Override
		public long nanoTime() {
			return this.readings.incrementAndGet();
		}

		@Override
		public Instant instant() {
			return Instant.EPOCH.plusNanos(this.readings.incrementAndGet());
		}

	}

}
