package io.brama;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import io.brama.BramaEvent.Registered;
import io.brama.BramaEvent.Unregistered;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static io.brama.Command.because;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Which circuit a name means, and how circuits come and go on purpose.
 */
class RegistryTests {

	private static final ConnectionId PLAIN = ConnectionId.of("payment-api");

	private final Gate gate = Gate.with((builder) -> builder.expiry(Duration.ofSeconds(60)));

	private final Brama brama = this.gate.brama;

	@AfterEach
	void close() {
		this.gate.close();
	}

	@Test
	@Tag("T50")
	void identifiersAreStructuredAndNeverJoined() {
		Circuit one = this.brama.register("c", (options) -> options.scope("a:b"));
		Circuit other = this.brama.register("b:c", (options) -> options.scope("a"));
		assertThat(one).isNotSameAs(other);
		assertThat(one.id()).isEqualTo(new ConnectionId("c", "general", "a:b")).isNotEqualTo(other.id());
		other.open(because("maintenance"));
		assertThat(one.isAvailable()).isTrue();
	}

	@Test
	void aKeyTakesScopeAndTypeAsConfigured() {
		try (Brama brama = Brama.builder()
			.connection("typed", (options) -> options.type("general"))
			.connection("scoped", (options) -> options.scope("payments"))
			.build()) {
			assertThat(brama.identify(new ConnectionId("typed", "http", "orders")))
				.isEqualTo(new ConnectionId("typed", "general", "orders"));
			assertThat(brama.identify(new ConnectionId("scoped", "http", "orders")))
				.isEqualTo(new ConnectionId("scoped", "http", "payments"));
			assertThat(brama.identify(new ConnectionId("other", "http", null)))
				.isEqualTo(new ConnectionId("other", "http", null));
			assertThat(brama.all()).isEmpty();
		}
	}

	@Test
	void connectionsAreTheSameOnlyIfAllPartsAreEqual() {
		Circuit plain = this.brama.register("payment-api");
		Circuit scoped = this.brama.register("payment-api", (options) -> options.scope("payments"));
		Circuit typed = this.brama.register("payment-api", (options) -> options.type("http"));
		assertThat(Set.of(plain, scoped, typed)).hasSize(3);
		assertThat(this.brama.circuit(PLAIN)).isSameAs(plain);
		assertThat(this.brama.circuit(PLAIN.withScope("payments"))).isSameAs(scoped);
		assertThat(this.brama.circuit(PLAIN.withType("http"))).isSameAs(typed);
		assertThat(this.brama.all()).containsExactlyInAnyOrder(plain, scoped, typed);
	}

	@Test
	void caseMatters() {
		assertThat(this.brama.register("Payment-API")).isNotSameAs(this.brama.register("payment-api"));
	}

	@Test
	void registeringTwiceIsNoErrorWhenTheOptionsAgree() {
		Circuit first = this.brama.register("payment-api", (options) -> options.maxAttempts(5));
		Circuit second = this.brama.register("payment-api", (options) -> options.maxAttempts(5));
		Circuit third = this.brama.register("payment-api");
		assertThat(second).isSameAs(first);
		assertThat(third).isSameAs(first);
		assertThat(this.gate.only(Registered.class)).hasSize(1);
	}

	@Test
	void registeringAgainAndSpellingOutWhatAppliesAlreadyIsNoError() {
		Circuit first = this.brama.register("payment-api");
		assertThat(this.brama.register("payment-api", (options) -> options.expiry(Duration.ofSeconds(60))))
			.isSameAs(first);
	}

	@Test
	void registeringTwiceWithDifferentOptionsNamesBothValuesAndTheFirstPlace() {
		Circuit first = this.brama.register("payment-api", (options) -> options.maxAttempts(5));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.brama.register("payment-api", (options) -> options.maxAttempts(7)))
			.satisfies((ex) -> assertThat(ex.getMessage())
				.matches("max-attempts of connection 'payment-api' is 5; it cannot be registered again with 7"
						+ " \\(registered first by .*io.brama.RegistryTests.registeringTwice\\w+\\(RegistryTests.java:\\d+\\)\\)"));
		assertThat(first.status().config().maxAttempts()).isEqualTo(5);
		assertThat(this.brama.all()).containsExactly(first);
	}

	@Test
	void whoRegistersForOthersMayNameThePlace() {
		this.brama.register("payment-api", (options) -> options.maxAttempts(5).registeredBy("the file\nof the bank"));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.brama.register("payment-api", (options) -> options.maxAttempts(7)))
			.withMessageEndingWith(" (registered first by the file of the bank)");
	}

	@Test
	void registeringAgainWithAnotherValueThanTheDefaultNamesBothValues() {
		this.brama.register("payment-api", (options) -> options.scope("payments").type("http"));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.brama.register("payment-api",
					(options) -> options.scope("payments").type("http").expiry(Duration.ofSeconds(90))))
			.withMessageStartingWith("expiry of connection 'payment-api' of scope 'payments' of type 'http' is 1m;"
					+ " it cannot be registered again with 1m30s");
	}

	@Test
	void aFailedRegistrationLeavesNothingBehind() {
		assertThatIllegalArgumentException().isThrownBy(
				() -> this.brama.register("payment-api", (options) -> options.trialCalls(2).successesToClose(3)));
		assertThat(this.brama.all()).isEmpty();
		assertThat(this.brama.register("payment-api").status().config().trialCalls()).isOne();
	}

	@Test
	void anOptionOfTheScopeOrTheDefaultsIsOverriddenByTheRegistration() {
		try (Gate gate = Gate.with((builder) -> builder.maxAttempts(3)
			.scope("payments", (options) -> options.maxAttempts(4).expiry(Duration.ofSeconds(4)))
			.connection("bank-*", (options) -> options.maxAttempts(5)))) {
			Brama brama = gate.brama;
			assertThat(maxAttempts(brama.register("shop"))).isEqualTo(3);
			assertThat(maxAttempts(brama.register("card", (options) -> options.scope("payments")))).isEqualTo(4);
			assertThat(maxAttempts(brama.register("bank-1", (options) -> options.scope("payments")))).isEqualTo(5);
			Circuit own = brama.register("bank-2", (options) -> options.scope("payments").maxAttempts(6));
			assertThat(maxAttempts(own)).isEqualTo(6);
			assertThat(own.status().config().expiry()).hasSeconds(4);
		}
	}

	private static int maxAttempts(Circuit circuit) {
		return circuit.status().config().maxAttempts();
	}

	@Test
	void aNameMeansTheConnectionOutsideEveryScope() {
		this.brama.register("payment-api", (options) -> options.scope("payments"));
		Circuit plain = this.brama.register("payment-api");
		assertThat(this.brama.circuit("payment-api")).isSameAs(plain);
		assertThat(this.brama.find("payment-api")).containsSame(plain);
	}

	@Test
	void aNameMeansTheOnlyConnectionThatHasIt() {
		Circuit scoped = this.brama.register("payment-api", (options) -> options.scope("payments").type("http"));
		assertThat(this.brama.circuit("payment-api")).isSameAs(scoped);
		assertThat(this.brama.success("payment-api")).isTrue();
		assertThat(scoped.status().calls().success()).isOne();
		assertThat(this.brama.all()).containsExactly(scoped);
	}

	@Test
	void aNameMeansTheConnectionAsItIsConfigured() {
		try (Gate gate = Gate.with((builder) -> builder.connection("payment-api",
				(options) -> options.scope("payments").type("http").maxAttempts(2)))) {
			ConnectionId configured = new ConnectionId("payment-api", "http", "payments");
			gate.brama.register("payment-api", (options) -> options.scope("other"));
			assertThat(gate.brama.register("payment-api").id()).isEqualTo(configured);
			assertThat(gate.brama.circuit("payment-api").id()).isEqualTo(configured);
			assertThat(gate.brama.status("payment-api").orElseThrow().config().maxAttempts()).isEqualTo(2);
		}
	}

	@Test
	void aNameThatSeveralShareIsRefusedWithTheCandidates() {
		this.brama.register("payment-api", (options) -> options.scope("b"));
		this.brama.register("payment-api", (options) -> options.scope("a").type("http"));
		String message = "identifier of a connection must name one of them, was 'payment-api' of"
				+ " connection 'payment-api' of scope 'a' of type 'http', connection 'payment-api' of scope 'b'";
		assertThatIllegalArgumentException().isThrownBy(() -> this.brama.circuit("payment-api")).withMessage(message);
		assertThatIllegalArgumentException().isThrownBy(() -> this.brama.status("payment-api")).withMessage(message);
		assertThatIllegalArgumentException().isThrownBy(() -> this.brama.open("payment-api", because("x")))
			.withMessage(message);
		assertThat(this.brama.all()).hasSize(2);
	}

	@Test
	void askingForTheUnknownCreatesNothingAndNeverThrows() {
		assertThat(this.brama.find("unknown")).isEmpty();
		assertThat(this.brama.find(ConnectionId.of("unknown"))).isEmpty();
		assertThat(this.brama.status("unknown")).isEmpty();
		assertThat(this.brama.status(ConnectionId.of("unknown"))).isEmpty();
		assertThat(this.brama.isAvailable("unknown")).isFalse();
		assertThat(this.brama.isScopeAvailable("unknown")).isFalse();
		assertThat(this.brama.inScope("unknown")).isEmpty();
		assertThat(this.brama.success("unknown")).isFalse();
		assertThat(this.brama.failure("unknown", "down")).isFalse();
		assertThat(this.brama.open("unknown", because("x"))).isFalse();
		assertThat(this.brama.close("unknown", because("x"))).isFalse();
		assertThat(this.brama.reset("unknown", because("x"))).isFalse();
		assertThat(this.brama.unregister("unknown")).isFalse();
		assertThat(this.brama.all()).isEmpty();
		assertThat(this.gate.events).isEmpty();
	}

	@Test
	void useRegistersWhatIsNotRegistered() {
		Circuit circuit = this.brama.circuit("payment-api");
		assertThat(circuit.id()).isEqualTo(PLAIN);
		assertThat(this.brama.circuit(PLAIN)).isSameAs(circuit);
		assertThat(circuit.status().state()).isEqualTo(CircuitState.UNKNOWN);
		assertThat(this.gate.only(Registered.class)).extracting(Registered::connection).containsExactly(PLAIN);
	}

	@Test
	void configurationAloneCreatesNoCircuit() {
		try (Gate gate = Gate.with((builder) -> builder.connection("payment-api", (options) -> options.maxAttempts(2))
			.connection("inventory", (options) -> options.scope("stock"))
			.connection("bank-*", (options) -> options.maxAttempts(3)))) {
			assertThat(gate.brama.all()).isEmpty();
			assertThat(gate.brama.unusedNames()).containsExactly("inventory", "payment-api");
			gate.brama.circuit("inventory");
			assertThat(gate.brama.unusedNames()).containsExactly("payment-api");
		}
	}

	@Test
	void aScopeHoldsItsCircuits() {
		Circuit card = this.brama.register("card", (options) -> options.scope("payments"));
		Circuit bank = this.brama.register("bank", (options) -> options.scope("payments"));
		Circuit shop = this.brama.register("shop");
		assertThat(this.brama.inScope("payments")).containsExactlyInAnyOrder(card, bank);
		assertThat(this.brama.inScope(null)).containsExactly(shop);
	}

	@Test
	void aScopeIsAvailableWhenAllItsCircuitsAre() {
		this.brama.register("card", (options) -> options.scope("payments"));
		Circuit bank = this.brama.register("bank", (options) -> options.scope("payments"));
		this.brama.register("shop").open(because("closed for today"));
		assertThat(this.brama.isScopeAvailable("payments")).isTrue();
		bank.open(because("maintenance").forDuration(Duration.ofSeconds(5)));
		assertThat(this.brama.isScopeAvailable("payments")).isFalse();
		this.gate.advance(Duration.ofSeconds(5));
		assertThat(this.brama.isScopeAvailable("payments")).isTrue();
		bank.acquire();
		assertThat(this.brama.isScopeAvailable("payments")).isFalse();
	}

	@Test
	void unregisteringTakesTheCircuitAwayOnce() {
		this.brama.register("payment-api", (options) -> options.maxAttempts(3));
		assertThat(this.brama.unregister("payment-api")).isTrue();
		assertThat(this.brama.unregister("payment-api")).isFalse();
		assertThat(this.brama.unregister(PLAIN)).isFalse();
		assertThat(this.brama.all()).isEmpty();
		assertThat(this.brama.status("payment-api")).isEmpty();
		assertThat(this.gate.only(Unregistered.class)).extracting(Unregistered::connection).containsExactly(PLAIN);
	}

	@Test
	void unregisteringForgetsWhatWasSaidAtTheRegistration() {
		this.brama.register("payment-api", (options) -> options.maxAttempts(3).metadata("owner", "team-a"));
		this.brama.unregister("payment-api");
		Circuit anew = this.brama.register("payment-api", (options) -> options.maxAttempts(7));
		assertThat(anew.status().config().maxAttempts()).isEqualTo(7);
		assertThat(anew.status().metadata()).isEqualTo(Map.of());
	}

	@Test
	void unregisteringOneNamesakeLeavesTheOther() {
		Circuit plain = this.brama.register("payment-api");
		Circuit scoped = this.brama.register("payment-api", (options) -> options.scope("payments"));
		assertThat(this.brama.unregister(scoped.id())).isTrue();
		assertThat(this.brama.all()).containsExactly(plain);
		assertThat(this.brama.find("payment-api")).containsSame(plain);
	}

	@Test
	void theNamesakeOfAnUnregisteredCircuitIsFoundAsIfItHadAlwaysBeenAlone() {
		Circuit plain = this.brama.register("payment-api");
		Circuit scoped = this.brama.register("payment-api", (options) -> options.scope("payments"));
		Circuit other = this.brama.register("ledger");
		assertThat(this.brama.unregister(plain.id())).isTrue();
		assertThat(this.brama.find("payment-api")).containsSame(scoped);
		assertThat(this.brama.circuit(scoped.id())).isSameAs(scoped);
		assertThat(this.brama.find("ledger")).containsSame(other);
		assertThat(this.brama.all()).containsExactlyInAnyOrder(scoped, other);
		assertThat(this.brama.unregister(scoped.id())).isTrue();
		assertThat(this.brama.find("payment-api")).isEmpty();
	}

	@Test
	@Tag("T53")
	void aHandleOfAnUnregisteredCircuitRegistersItAnewOnUse() {
		Circuit old = this.brama.register("payment-api", (options) -> options.maxAttempts(3));
		old.open(because("maintenance").untilToldOtherwise());
		this.brama.unregister("payment-api");
		assertThat(old.get(() -> "passes")).isEqualTo("passes");
		assertThat(this.brama.all()).containsExactly(old);
		assertThat(old.status().config().maxAttempts()).isEqualTo(10);
		assertThat(this.gate.only(Registered.class)).hasSize(2);
	}

	@Test
	@Tag("T17")
	void aCallUnderWayWhenItsCircuitIsUnregisteredIsLate() {
		Circuit circuit = this.brama.register("payment-api", (options) -> options.maxAttempts(1));
		Permit permit = circuit.acquire();
		this.brama.unregister("payment-api");
		this.brama.register("payment-api", (options) -> options.maxAttempts(1));
		assertThat(permit.failure("down")).isEqualTo(Permit.Settlement.LATE);
		assertThat(this.brama.isAvailable("payment-api")).isTrue();
		assertThat(this.brama.status("payment-api").orElseThrow().calls().total()).isZero();
	}

	@Test
	void anUnregisteredCircuitHasNoTimer() {
		this.brama.circuit("payment-api").open(because("maintenance").forDuration(Duration.ofSeconds(5)));
		this.brama.unregister("payment-api");
		this.gate.events.clear();
		this.gate.advance(Duration.ofMinutes(5));
		assertThat(this.gate.events).isEmpty();
		assertThat(this.gate.time.waitingTasks()).isZero();
	}

	@Test
	@Tag("T57")
	void sixtyFourThreadsRegisterOneConnection() {
		int rounds = 100;
		Set<Circuit> circuits = ConcurrentHashMap.newKeySet();
		Phaser together = new Phaser(64);
		Crowd.all(64, (number) -> {
			for (int round = 0; round < rounds; round++) {
				together.arriveAndAwaitAdvance();
				String name = "connection-" + round;
				circuits.add(switch (number % 3) {
					case 0 -> this.brama.register(name, (options) -> options.maxAttempts(10));
					case 1 -> this.brama.circuit(ConnectionId.of(name));
					default -> this.brama.register(name);
				});
			}
		});
		assertThat(circuits).hasSize(rounds).containsExactlyInAnyOrderElementsOf(this.brama.all());
		assertThat(this.gate.only(Registered.class)).hasSize(rounds).doesNotHaveDuplicates();
		assertThat(this.gate.events).hasSize(rounds);
	}

	@Test
	@Tag("T57")
	void ofThreadsThatRegisterDifferentOptionsOneSideWinsAndTheOtherIsTold() {
		for (int round = 0; round < 50; round++) {
			String name = "connection-" + round;
			Set<Integer> agreed = ConcurrentHashMap.newKeySet();
			AtomicInteger refused = new AtomicInteger();
			Crowd.all(8, (number) -> {
				int attempts = 1 + number % 2;
				try {
					this.brama.register(name, (options) -> options.maxAttempts(attempts));
					agreed.add(attempts);
				}
				catch (IllegalArgumentException ex) {
					refused.incrementAndGet();
				}
			});
			int winner = this.brama.circuit(name).status().config().maxAttempts();
			assertThat(agreed).containsExactly(winner);
			assertThat(refused).hasValue(4);
		}
	}

	@ParameterizedTest
	@EnumSource
	@Tag("T56")
	void aListenerMayAskForTheConnectionThatIsBeingRegistered(Delivery delivery) {
		AtomicReference<Circuit> seen = new AtomicReference<>();
		CountDownLatch told = new CountDownLatch(1);
		try (Brama brama = Brama.builder().delivery(delivery).timeSource(new ManualTime()).build()) {
			brama.subscribe(EventFilter.types(BramaEvent.Type.REGISTERED), (event) -> {
				seen.set(brama.register(event.connection().identifier()));
				told.countDown();
			});
			Circuit registered = brama.register("payment-api");
			Crowd.await(told);
			assertThat(seen).hasValue(registered);
			assertThat(brama.all()).containsExactly(registered);
		}
	}

	@Test
	@Tag("T56")
	void aListenerMayRegisterAndUnregisterOthers() {
		this.brama.subscribe(EventFilter.types(BramaEvent.Type.REGISTERED).connection("payment-api"), (event) -> {
			this.brama.register("shadow");
			this.brama.unregister("payment-api");
		});
		this.brama.register("payment-api");
		assertThat(this.brama.all()).extracting((circuit) -> circuit.id().identifier()).containsExactly("shadow");
	}

	@Test
	@Tag("T56")
	void aListenerThatThrowsFailsNoRegistration() {
		this.brama.subscribe(EventFilter.all(), (event) -> {
			throw new IllegalStateException("on purpose");
		});
		Circuit circuit = this.brama.register("payment-api");
		assertThat(this.brama.all()).containsExactly(circuit);
		assertThat(this.brama.unregister("payment-api")).isTrue();
	}

	@Test
	@Tag("T56")
	void noListenerRunsWhileTheRegistryChanges() {
		ManualTime time = new ManualTime();
		Dispatcher events = new Dispatcher(Delivery.DIRECT);
		Registry registry = new Registry(Settings.of(Settings.NOTHING, Map.of(), Map.of()),
				new Services(time, time.newTimer(), events, new Herald(events, time), false, null), 10);
		registry.live(PLAIN);
		List<BramaEvent> seen = new ArrayList<>();
		List<Throwable> problems = new ArrayList<>();
		events.subscribe(EventFilter.all(), (event) -> {
			seen.add(event);
			try {
				registry.live(PLAIN);
			}
			catch (Throwable ex) {
				problems.add(ex);
			}
		});
		// what another thread has queued and is about to have delivered
		events.offer(BramaEvent.Type.IGNORED, (number) -> new BramaEvent.Ignored(time.instant(), PLAIN, number));
		assertThat(registry.unregister(PLAIN)).isTrue();
		assertThat(problems).isEmpty();
		assertThat(seen).extracting(BramaEvent::type)
			.containsExactly(BramaEvent.Type.IGNORED, BramaEvent.Type.UNREGISTERED, BramaEvent.Type.REGISTERED);
		assertThat(registry.find(PLAIN)).isNotNull();
	}

	@Test
	@Tag("T53")
	void aHandleThatBecomesTheLiveOneWhileItLooksForItKeepsItsMachine() {
		ManualTime time = new ManualTime();
		Dispatcher events = new Dispatcher(Delivery.DIRECT);
		Registry registry = new Registry(Settings.of(Settings.NOTHING, Map.of(), Map.of()),
				new Services(time, time.newTimer(), events, new Herald(events, time), false, null), 10);
		Circuit old = registry.live(PLAIN);
		registry.unregister(PLAIN);
		registry.live(PLAIN);
		events.subscribe(EventFilter.types(BramaEvent.Type.IGNORED), (event) -> {
			registry.unregister(PLAIN);
			old.success();
		});
		// what another thread has queued is delivered while the handle is on its way
		events.offer(BramaEvent.Type.IGNORED, (number) -> new BramaEvent.Ignored(time.instant(), PLAIN, number));
		registry.revive(old);
		assertThat(registry.find(PLAIN)).isSameAs(old);
		assertThat(old.breaker().period()).isNotInstanceOf(Retired.class);
		assertThat(old.status().calls().success()).isOne();
	}

	@Test
	@Tag("T57")
	void registrationsAndRemovalsOfOneConnectionTakeTurns() {
		ConcurrentLinkedQueue<BramaEvent> seen = new ConcurrentLinkedQueue<>();
		this.brama.subscribe(EventFilter.types(BramaEvent.Type.REGISTERED, BramaEvent.Type.UNREGISTERED), seen::add);
		AtomicInteger removed = new AtomicInteger();
		Crowd.all(16, (number) -> {
			Circuit held = this.brama.circuit("payment-api");
			for (int i = 0; i < 2_000; i++) {
				switch ((number + i) % 4) {
					case 0 -> removed.addAndGet(this.brama.unregister(PLAIN) ? 1 : 0);
					case 1 -> held.run(() -> {
					});
					case 2 -> held = this.brama.circuit("payment-api");
					default -> this.brama.register("payment-api");
				}
			}
		});
		boolean present = this.brama.find(PLAIN).isPresent();
		List<BramaEvent.Type> types = seen.stream().map(BramaEvent::type).toList();
		for (int i = 0; i < types.size(); i++) {
			assertThat(types.get(i)).as("event %s of %s", i, types.size())
				.isEqualTo((i % 2 == 0) ? BramaEvent.Type.REGISTERED : BramaEvent.Type.UNREGISTERED);
		}
		assertThat(types.stream().filter(BramaEvent.Type.UNREGISTERED::equals)).hasSize(removed.get());
		assertThat(types).hasSize(2 * removed.get() + (present ? 1 : 0));
		assertThat(this.brama.all().stream().filter(Objects::nonNull)).hasSize(present ? 1 : 0);
	}

}
