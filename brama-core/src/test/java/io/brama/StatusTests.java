package io.brama;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

import io.brama.ConnectionStatus.Trials;
import io.brama.ConnectionStatus.Window;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static io.brama.Command.because;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What the status tells beside the state.
 */
class StatusTests {

	private final Gate gate = Gate
		.with((builder) -> builder.maxAttempts(3).failureRate(50).minimumCalls(4).trialCalls(3).successesToClose(2));

	private final Circuit circuit = this.gate.circuit();

	@AfterEach
	void close() {
		this.gate.close();
	}

	@Test
	void theWindowIsShownBeforeItCanBeJudged() {
		this.circuit.failure("down");
		this.circuit.success();
		assertThat(this.circuit.status().window()).isEqualTo(new Window(2, 4, 1, 0));
		assertThat(this.circuit.status().failureRate()).isNull();
	}

	@Test
	void withoutARuleAboutRatesThereIsNoWindow() {
		try (Gate plain = Gate.with((builder) -> {
		})) {
			assertThat(plain.circuit().status().window()).isNull();
		}
	}

	@Test
	void anOpenCircuitHasNeitherWindowNorTrials() {
		Gate.trip(this.circuit);
		assertThat(this.circuit.status().window()).isNull();
		assertThat(this.circuit.status().trials()).isNull();
	}

	@Test
	void aHalfOpenCircuitTellsHowFarItsTrialsAre() {
		this.circuit.halfOpen(because("a test"));
		assertThat(this.circuit.status().trials()).isEqualTo(new Trials(3, 2, 0, 0, 0));
		Permit first = this.circuit.acquire();
		this.circuit.acquire();
		first.success();
		assertThat(this.circuit.status().trials()).isEqualTo(new Trials(3, 2, 1, 0, 1));
		this.circuit.failure("down");
		assertThat(this.circuit.status().trials()).isEqualTo(new Trials(3, 2, 1, 1, 1));
	}

	@Test
	void theStateAloneIsThatOfTheStatus() {
		assertStateIs(CircuitState.UNKNOWN);
		this.circuit.report(Outcome.ignored());
		assertStateIs(CircuitState.CLOSED);
		Gate.trip(this.circuit);
		assertStateIs(CircuitState.OPEN);
		this.gate.advance(Duration.ofMinutes(1));
		assertStateIs(CircuitState.HALF_OPEN);
		this.circuit.reset(because("a new beginning"));
		assertStateIs(CircuitState.UNKNOWN);
	}

	@Test
	void aHeldCircuitTellsTheStateOfTheLiveOne() {
		this.circuit.success();
		this.gate.brama.unregister("payment-api");
		assertStateIs(CircuitState.CLOSED);
		this.gate.circuit().open(because("maintenance"));
		assertStateIs(CircuitState.OPEN);
	}

	@Test
	void theStateAloneReadsNoClock() {
		AtomicInteger readings = new AtomicInteger();
		try (Brama brama = Brama.builder().timeSource(new CountedTime(readings)).build()) {
			Circuit counted = brama.circuit("payment-api");
			counted.success();
			int before = readings.get();
			assertThat(counted.state()).isEqualTo(CircuitState.CLOSED);
			assertThat(readings).hasValue(before);
		}
	}

	@Test
	void theExceptionBehindAnOpeningIsNamed() {
		for (int i = 0; i < 3; i++) {
			assertThatExceptionOfType(IOException.class).isThrownBy(() -> this.circuit.call(() -> {
				throw new IOException("no answer");
			}));
		}
		ConnectionStatus status = this.circuit.status();
		assertThat(status.errorType()).isEqualTo("java.io.IOException");
		assertThat(status.lastTransitions().get(0).errorType()).isEqualTo("java.io.IOException");
		assertThat(status.quoted()).isTrue();
	}

	@Test
	void noExceptionIsNamedWhereNoneIsToBlame() {
		Gate.trip(this.circuit);
		assertThat(this.circuit.status().errorType()).isNull();
		this.gate.advance(Duration.ofMinutes(1));
		this.circuit.open(because("maintenance"));
		assertThat(this.circuit.status().errorType()).isNull();
		assertThat(this.circuit.status().quoted()).isFalse();
	}

	private void assertStateIs(CircuitState state) {
		assertThat(this.circuit.state()).isEqualTo(state);
		assertThat(this.circuit.status().state()).isEqualTo(state);
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
