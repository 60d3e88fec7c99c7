package io.brama;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.brama.BramaEvent.Registered;
import io.brama.BramaEvent.Removed;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static io.brama.Command.because;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * How circuits without traffic go away, and how they come back.
 */
@ExtendWith(Silence.class)
class CleanupTests {

	private static final Duration INTERVAL = Duration.ofSeconds(10);

	private static final Duration THRESHOLD = Duration.ofHours(1);

	private static final Command MAINTENANCE = because("maintenance");

	private final Gate gate = Gate.with((builder) -> builder.cleanupInterval(INTERVAL).inactiveThreshold(THRESHOLD));

	private final Brama brama = this.gate.brama;

	@AfterEach
	void close() {
		this.gate.close();
	}

	private boolean isRegistered() {
		return this.brama.find("payment-api").isPresent();
	}

	private void evict() {
		this.gate.advance(THRESHOLD.plus(INTERVAL.multipliedBy(2)));
		assertThat(isRegistered()).isFalse();
	}

	@Test
	@Tag("T51")
	void aCircuitNeverCalledStaysUntilTheThreshold() {
		this.brama.register("payment-api");
		this.gate.advance(THRESHOLD.minusNanos(1));
		assertThat(isRegistered()).isTrue();
		this.gate.advance(INTERVAL);
		assertThat(isRegistered()).isFalse();
		assertThat(this.gate.only(Removed.class)).singleElement().satisfies((removed) -> {
			assertThat(removed.connection()).isEqualTo(ConnectionId.of("payment-api"));
			assertThat(removed.idle()).isEqualTo(THRESHOLD);
		});
	}

	static Stream<Named<Consumer<Circuit>>> calls() {
		return Stream.of(Named.of("a success", (circuit) -> circuit.run(() -> {
		})), Named.of("a failure", (circuit) -> circuit.failure("down")),
				Named.of("an ignored call", (circuit) -> circuit.acquire().close()),
				Named.of("a report without a permit", Circuit::success));
	}

	@ParameterizedTest
	@MethodSource("calls")
	void inactivityIsCountedFromTheLastCall(Consumer<Circuit> call) {
		Circuit circuit = this.brama.register("payment-api");
		this.gate.advance(THRESHOLD.dividedBy(2));
		call.accept(circuit);
		this.gate.advance(THRESHOLD.minusNanos(1));
		assertThat(isRegistered()).isTrue();
		this.gate.advance(INTERVAL.multipliedBy(2));
		assertThat(isRegistered()).isFalse();
	}

	@Test
	void aCircuitInUseIsNeverRemoved() {
		Circuit circuit = this.brama.register("payment-api");
		for (int i = 0; i < 20; i++) {
			this.gate.advance(THRESHOLD.minus(INTERVAL));
			circuit.run(() -> {
			});
		}
		assertThat(this.gate.only(Removed.class)).isEmpty();
	}

	@Test
	void lookingAtACircuitIsNotUsingIt() {
		Circuit circuit = this.brama.register("payment-api");
		for (int i = 0; i < 4; i++) {
			this.gate.advance(THRESHOLD.dividedBy(2));
			assertThat(circuit.status().state()).isEqualTo(CircuitState.UNKNOWN);
			assertThat(circuit.isAvailable()).isTrue();
		}
		assertThat(isRegistered()).isFalse();
		assertThat(this.gate.only(Registered.class)).hasSize(1);
	}

	static Stream<Named<Consumer<Circuit>>> unwell() {
		return Stream.of(Named.of("open by failures", Gate::trip),
				Named.of("open by command", (circuit) -> circuit.open(MAINTENANCE.untilToldOtherwise())),
				Named.of("half-open without traffic", (circuit) -> circuit.halfOpen(MAINTENANCE)));
	}

	@ParameterizedTest
	@MethodSource("unwell")
	@Tag("T52")
	void aCircuitThatIsNotClosedIsNeverRemoved(Consumer<Circuit> unwell) {
		Circuit circuit = this.brama.register("payment-api");
		unwell.accept(circuit);
		this.gate.advance(Duration.ofDays(2));
		assertThat(this.brama.find("payment-api")).containsSame(circuit);
		assertThat(this.gate.only(Removed.class)).isEmpty();
		assertThat(circuit.status().state()).isIn(CircuitState.OPEN, CircuitState.HALF_OPEN);
	}

	@Test
	void aCircuitThatClosedAgainIsRemovedWhenIdle() {
		Circuit circuit = this.brama.register("payment-api");
		circuit.halfOpen(MAINTENANCE);
		circuit.run(() -> {
		});
		evict();
	}

	private Circuit registerSpecial() {
		return this.brama.register("payment-api",
				(options) -> options.maxAttempts(2).expiry(Duration.ofSeconds(7)).metadata("owner", "team-a"));
	}

	private static void assertSpecial(Circuit circuit) {
		ConnectionStatus status = circuit.status();
		assertThat(status.config().maxAttempts()).isEqualTo(2);
		assertThat(status.config().expiry()).hasSeconds(7);
		assertThat(status.metadata()).isEqualTo(Map.of("owner", "team-a"));
	}

	@Test
	@Tag("T53")
	void anOldHandleBringsItsCircuitBackAsItWasConfigured() {
		Circuit circuit = registerSpecial();
		circuit.failure("down");
		evict();
		circuit.failure("down");
		assertThat(this.brama.all()).containsExactly(circuit);
		assertThat(this.gate.only(Registered.class)).hasSize(2)
			.allSatisfy((event) -> assertThat(event.metadata()).isEqualTo(Map.of("owner", "team-a")));
		assertSpecial(circuit);
		assertThat(circuit.status().calls().failure()).isOne();
		circuit.failure("down");
		assertThat(circuit.status().remainingOpenTime()).hasSeconds(7);
	}

	@Test
	@Tag("T53")
	void theFacadeBringsACircuitBackAsItWasConfigured() {
		Circuit old = registerSpecial();
		evict();
		Circuit back = this.brama.circuit("payment-api");
		assertSpecial(back);
		old.failure("down");
		assertThat(this.brama.all()).containsExactly(back);
		assertThat(back.status().failureCount()).isOne();
		back.failure("down");
		assertThat(old.isAvailable()).isFalse();
		assertThat(old.tryAcquire()).isNull();
	}

	@Test
	@Tag("T53")
	void commandsReachTheLiveCircuitThroughAnOldHandle() {
		Circuit old = registerSpecial();
		evict();
		old.open(MAINTENANCE.untilToldOtherwise());
		assertThat(this.brama.isAvailable("payment-api")).isFalse();
		assertSpecial(this.brama.circuit("payment-api"));
	}

	@Test
	@Tag("T53")
	void theManualFlowByNameGoesOnAfterARegisteredConnectionWasRemoved() {
		registerSpecial();
		evict();
		assertThat(this.brama.isAvailable("payment-api")).isTrue();
		assertThat(this.brama.all()).isEmpty();
		assertThat(this.brama.success("payment-api")).isTrue();
		assertThat(this.brama.status("payment-api").orElseThrow().calls().success()).isOne();
		assertSpecial(this.brama.circuit("payment-api"));
	}

	@Test
	void aReportByNameToAnUnknownConnectionSaysThatItIsNotThere() {
		assertThat(this.brama.isAvailable("nobody")).isFalse();
		assertThat(this.brama.failure("nobody", "down")).isFalse();
		assertThat(this.brama.all()).isEmpty();
	}

	@Test
	@Tag("T53")
	void handlesOfSeveralLivesShareOneCircuit() {
		Circuit first = registerSpecial();
		evict();
		Circuit second = this.brama.circuit("payment-api");
		second.success();
		evict();
		first.success();
		evict();
		Circuit third = this.brama.circuit("payment-api");
		for (Circuit circuit : List.of(first, second, third)) {
			circuit.success();
		}
		assertThat(this.brama.all()).hasSize(1);
		for (Circuit circuit : List.of(first, second, third)) {
			assertSpecial(circuit);
			assertThat(circuit.status().calls().success()).isEqualTo(3);
		}
	}

	@Test
	void registeringAgainAfterRemovalAgreesWithWhatWasSaidBefore() {
		registerSpecial();
		evict();
		this.brama.circuit("payment-api");
		assertSpecial(registerSpecial());
	}

	@Test
	@Tag("T15")
	void aCallUnderWayWhenItsCircuitIsRemovedIsLateInTheNewOne() {
		Circuit circuit = this.brama.register("payment-api", (options) -> options.maxAttempts(1));
		Permit permit = circuit.acquire();
		evict();
		this.brama.circuit("payment-api");
		assertThat(permit.failure("down")).isEqualTo(Permit.Settlement.LATE);
		assertThat(circuit.status().state()).isEqualTo(CircuitState.UNKNOWN);
	}

	@Test
	@Tag("T55")
	void removedCircuitsLeaveNoTimersBehind() {
		IntStream.range(0, 500).forEach((i) -> {
			Circuit circuit = this.brama.circuit("tenant-" + i);
			circuit.open(MAINTENANCE);
			circuit.close(MAINTENANCE);
		});
		assertThat(this.gate.time.waitingTasks()).as("one cleanup for all").isOne();
		this.gate.advance(THRESHOLD.plus(INTERVAL));
		assertThat(this.brama.all()).isEmpty();
		assertThat(this.gate.time.waitingTasks()).isZero();
	}

	@Test
	void cleanupGoesOnWhenCircuitsComeBack() {
		Circuit circuit = this.brama.register("payment-api");
		evict();
		circuit.success();
		evict();
		assertThat(this.gate.only(Removed.class)).hasSize(2);
	}

	@Test
	@Tag("T56")
	void aListenerThatUsesARemovedCircuitBringsItBack() {
		Circuit circuit = registerSpecial();
		this.brama.subscribe(EventFilter.types(BramaEvent.Type.REMOVED), (event) -> circuit.success());
		this.gate.advance(THRESHOLD.plus(INTERVAL));
		assertThat(this.gate.only(Removed.class)).hasSize(1);
		assertThat(this.brama.all()).containsExactly(circuit);
		assertSpecial(circuit);
	}

	/**
	 * Cleanup comes again and again, a moment after each call, while 64 threads call
	 * through the façade, through handles of their own and through one that all share.
	 */
	@Test
	@Tag("T54")
	void removalThatRacesWithCallsLosesNone() {
		ManualTime time = new ManualTime();
		Duration moment = Duration.ofMillis(1);
		LongAdder recorded = new LongAdder();
		LongAdder delivered = new LongAdder();
		try (Gate gate = Gate.at(time, (builder) -> builder.cleanupInterval(moment).inactiveThreshold(moment))) {
			Brama brama = gate.brama;
			brama.subscribe(EventFilter.types(BramaEvent.Type.SUCCESS), (event) -> delivered.increment());
			LongAdder removals = new LongAdder();
			brama.subscribe(EventFilter.types(BramaEvent.Type.REMOVED), (event) -> removals.increment());
			Circuit shared = brama.register("payment-api", (options) -> options.maxAttempts(2));
			Crowd callers = Crowd.of(64, (number) -> {
				Circuit own = brama.circuit("payment-api");
				for (int i = 0; i < 500 || (removals.sum() < 10 && i < 100_000); i++) {
					Circuit circuit = switch ((number + i) % 3) {
						case 0 -> brama.circuit("payment-api");
						case 1 -> own;
						default -> shared;
					};
					try (Permit permit = circuit.acquire()) {
						if (permit.success() == Permit.Settlement.RECORDED) {
							recorded.increment();
						}
					}
				}
			});
			while (callers.isBusy()) {
				time.advance(moment);
				Thread.onSpinWait();
			}
			callers.join();
			assertThat(delivered.sum() + brama.droppedEvents()).isEqualTo(recorded.sum());
			shared.success();
			List<BramaEvent.Type> lives = gate.events.stream()
				.map(BramaEvent::type)
				.filter((type) -> type == BramaEvent.Type.REGISTERED || type == BramaEvent.Type.REMOVED)
				.toList();
			for (int i = 0; i < lives.size(); i++) {
				assertThat(lives.get(i)).isEqualTo((i % 2 == 0) ? BramaEvent.Type.REGISTERED : BramaEvent.Type.REMOVED);
			}
			assertThat(lives).last().isEqualTo(BramaEvent.Type.REGISTERED);
			assertThat(lives).as("lives of the circuit").hasSizeGreaterThan(10);
			assertThat(brama.all()).hasSize(1);
			assertSame(brama.all().get(0), shared);
		}
	}

	private static void assertSame(Circuit live, Circuit shared) {
		long before = live.status().calls().success();
		shared.success();
		assertThat(live.status().calls().success()).isEqualTo(before + 1);
		assertThat(live.status().config().maxAttempts()).isEqualTo(2);
	}

	@Test
	@Tag("T53")
	void aNameMeansTheSameConnectionAfterCleanup() {
		try (Gate gate = Gate.with((builder) -> builder.inactiveThreshold(Duration.ofMinutes(1)))) {
			Circuit held = gate.brama.register("payment-api", (options) -> options.scope("payments").maxAttempts(5));
			gate.advance(Duration.ofHours(1));
			assertThat(gate.brama.all()).isEmpty();
			Circuit found = gate.brama.circuit("payment-api");
			assertThat(found.id()).isEqualTo(held.id());
			assertThat(found.status().config().maxAttempts()).isEqualTo(5);
			held.success();
			assertThat(gate.brama.all()).hasSize(1);
		}
	}

	@Test
	void aConnectionThatCleanupTookAwayCanBeUnregistered() {
		try (Gate gate = Gate.with((builder) -> builder.inactiveThreshold(Duration.ofMinutes(1)))) {
			gate.brama.register("payment-api", (options) -> options.maxAttempts(5));
			gate.advance(Duration.ofHours(1));
			assertThat(gate.brama.unregister("payment-api")).isTrue();
			assertThat(gate.brama.isAvailable("payment-api")).isFalse();
			assertThat(gate.circuit().status().config().maxAttempts()).isEqualTo(10);
		}
	}

	@Test
	void aConnectionThatCleanupTookAwayIsNotRegisteredAgainWithOtherOptions() {
		try (Gate gate = Gate.with((builder) -> builder.inactiveThreshold(Duration.ofMinutes(1)))) {
			gate.brama.register("payment-api", (options) -> options.maxAttempts(5));
			gate.advance(Duration.ofHours(1));
			assertThatIllegalArgumentException()
				.isThrownBy(() -> gate.brama.register("payment-api", (options) -> options.maxAttempts(7)))
				.withMessageStartingWith(
						"max-attempts of connection 'payment-api' is 5; it cannot be registered again with 7");
		}
	}

	@Test
	void aNameOfSeveralConnectionsThatCleanupTookAwayIsAmbiguous() {
		try (Gate gate = Gate.with((builder) -> builder.inactiveThreshold(Duration.ofMinutes(1)))) {
			gate.brama.register("x", (options) -> options.scope("a"));
			gate.brama.register("x", (options) -> options.scope("b"));
			gate.advance(Duration.ofHours(1));
			assertThatIllegalArgumentException().isThrownBy(() -> gate.brama.failure("x", "down"))
				.withMessageContaining("must name one of them");
		}
	}

}
