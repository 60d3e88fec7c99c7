package io.brama;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.brama.Command.because;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What happens when there are as many circuits as there may be.
 */
class CapacityTests {

	private final Gate gate = Gate.with((builder) -> builder.maxConnections(3));

	private final Brama brama = this.gate.brama;

	@AfterEach
	void close() {
		this.gate.close();
	}

	@Test
	void theLongestIdleCircuitMakesRoom() {
		for (String identifier : List.of("a", "b", "c")) {
			this.brama.circuit(identifier).success();
			this.gate.advance(Duration.ofSeconds(20));
		}
		this.brama.circuit("a").success();
		this.brama.circuit("d").success();
		assertThat(names()).containsExactly("a", "c", "d");
		assertThat(this.gate.only(BramaEvent.Removed.class)).singleElement()
			.satisfies((removed) -> assertThat(removed.connection().identifier()).isEqualTo("b"));
		assertThat(this.brama.unguardedCalls()).isZero();
	}

	@Test
	@Tag("T52")
	void withNobodyToEvictCallsPassUnguarded() throws Exception {
		for (String identifier : List.of("a", "b", "c")) {
			this.brama.circuit(identifier).open(because("maintenance").untilToldOtherwise());
		}
		Circuit circuit = this.brama.circuit("d");
		assertThat(circuit.call(() -> "let in")).isEqualTo("let in");
		assertThat(circuit.isAvailable()).isTrue();
		circuit.failure("down");
		assertThat(circuit.open(because("has no effect"))).isFalse();
		assertThat(circuit.mode(Mode.OFF, because("has no effect"))).isFalse();
		assertThat(names()).containsExactly("a", "b", "c");
		assertThat(this.brama.unguardedCalls()).isPositive();
		this.brama.close("a", because("repaired"));
		this.gate.advance(Duration.ofSeconds(1));
		assertThat(circuit.call(() -> "guarded")).isEqualTo("guarded");
		assertThat(names()).containsExactly("b", "c", "d");
		assertThat(circuit.status().calls().success()).isEqualTo(1);
	}

	@Test
	void roomIsMadeWithARealClockToo() {
		try (Brama real = Brama.builder().maxConnections(3).build()) {
			for (int i = 0; i < 100; i++) {
				real.circuit("tenant-" + i).success();
			}
			assertThat(real.all()).hasSize(3);
			assertThat(real.unguardedCalls()).isZero();
		}
	}

	@Test
	void noListenerHoldsUpWhoeverElseNeedsRoom() throws Exception {
		try (Brama direct = Brama.builder().maxConnections(1).delivery(Delivery.DIRECT).build()) {
			direct.circuit("first").success();
			direct.subscribe(EventFilter.types(BramaEvent.Type.REMOVED),
					(removed) -> CompletableFuture.runAsync(() -> direct.circuit("third").success()).join());
			direct.circuit("second").success();
			assertThat(direct.find("third")).isPresent();
		}
	}

	@Test
	void whatIsRegisteredOnPurposeAlwaysHasRoom() {
		for (int i = 0; i < 5; i++) {
			this.brama.register("connection-" + i);
		}
		assertThat(this.brama.all()).hasSize(5);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 10_000_000 })
	void thereMayBeOneCircuitToTenMillion(int max) {
		try (Gate other = Gate.with((builder) -> builder.maxConnections(max))) {
			other.circuit().success();
			assertThat(other.brama.all()).hasSize(1);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, -1, 10_000_001 })
	void noOtherNumberOfCircuitsIsALimit(int max) {
		assertThatIllegalArgumentException().isThrownBy(() -> Brama.builder().maxConnections(max))
			.withMessage("max-connections must be between 1 and 10000000, was " + max);
	}

	@Test
	void whatWasUsedMeanwhileIsNotTheOneToMakeRoom() {
		for (String identifier : List.of("a", "b", "c")) {
			this.brama.circuit(identifier).success();
			this.gate.advance(Duration.ofSeconds(20));
		}
		this.brama.circuit("d").success();
		this.brama.circuit("b").success();
		this.gate.advance(Duration.ofSeconds(20));
		this.brama.circuit("e").success();
		assertThat(names()).containsExactly("b", "d", "e");
	}

	private List<String> names() {
		return this.brama.all().stream().map((circuit) -> circuit.id().identifier()).sorted().toList();
	}

}
