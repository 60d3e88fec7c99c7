package io.brama;

import java.time.Duration;
import java.util.function.Consumer;

import io.brama.Permit.Settlement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static io.brama.Command.because;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What is said about circuits, where, and what changes at run time.
 */
class ReconfigurationTests {

	private Gate gate = Gate.with((builder) -> {
	});

	@AfterEach
	void close() {
		this.gate.close();
	}

	@Test
	void theStrongestPlaceWinsOptionByOption() {
		use((builder) -> builder.maxAttempts(1)
			.scope("bank", (options) -> options.maxAttempts(2))
			.connection("pay*", (options) -> options.maxAttempts(3))
			.connection("payment-*", (options) -> options.maxAttempts(4))
			.connection("payment-api", (options) -> options.maxAttempts(6)));
		Brama brama = this.gate.brama;
		assertThat(attempts("other", null)).isEqualTo("1 from defaults");
		assertThat(attempts("other", "bank")).isEqualTo("2 from scope 'bank'");
		assertThat(attempts("pay", "bank")).isEqualTo("3 from pattern 'pay*'");
		assertThat(attempts("payment-x", "bank")).isEqualTo("4 from pattern 'payment-*'");
		brama.register("payment-y", (options) -> options.maxAttempts(5));
		assertThat(attempts("payment-y", null)).isEqualTo("5 from registration");
		assertThat(attempts("payment-api", null)).isEqualTo("6 from connection 'payment-api'");
		brama.configure((options) -> options.maxAttempts(11));
		assertThat(attempts("other", null)).isEqualTo("11 from run-time change of the defaults");
		assertThat(attempts("other", "bank")).isEqualTo("2 from scope 'bank'");
		brama.configureScope("bank", (options) -> options.maxAttempts(12));
		assertThat(attempts("other", "bank")).isEqualTo("12 from run-time change of scope 'bank'");
		brama.configure("pay*", (options) -> options.maxAttempts(13));
		assertThat(attempts("pay", "bank")).isEqualTo("13 from run-time change of pattern 'pay*'");
		brama.configure("payment-api", (options) -> options.maxAttempts(14));
		assertThat(attempts("payment-api", null)).isEqualTo("14 from run-time change of connection 'payment-api'");
		assertThat(brama.circuit("payment-api").status().config().settings().get("expiry").origin())
			.isEqualTo("built-in");
	}

	@Test
	void aConnectionIsCriticalOnlyIfSomebodySaysSo() {
		use((builder) -> builder.scope("bank", (options) -> options.critical(true))
			.connection("pay*", (options) -> options.critical(false)));
		Brama brama = this.gate.brama;
		assertThat(brama.circuit("other").status().config().isCritical()).isFalse();
		assertThat(brama.circuit(ConnectionId.of("other").withScope("bank")).status().config().isCritical()).isTrue();
		assertThat(brama.circuit(ConnectionId.of("pay").withScope("bank")).status().config().isCritical()).isFalse();
	}

	private String attempts(String identifier, String scope) {
		CircuitConfig.Setting setting = this.gate.brama.circuit(ConnectionId.of(identifier).withScope(scope))
			.status()
			.config()
			.settings()
			.get("max-attempts");
		return setting.value() + " from " + setting.origin();
	}

	@Test
	@Tag("T37")
	void aPartialChangeResetsNothingElse() {
		use((builder) -> builder.progressiveExpiry(Duration.ofSeconds(5), Duration.ofSeconds(50), 3));
		Circuit circuit = this.gate.circuit();
		this.gate.brama.configure("payment-api", (options) -> options.maxAttempts(1));
		this.gate.brama.configure("payment-api", (options) -> options.trialCalls(2));
		circuit.failure("down");
		assertThat(circuit.status().remainingOpenTime()).isEqualTo(Duration.ofSeconds(5));
		assertThat(circuit.status().config().trialCalls()).isEqualTo(2);
	}

	@Test
	void aSuggestionReplacesTheOneBeforeAndLosesNoCount() {
		ConnectionId id = ConnectionId.of("payment-api").withScope("bank");
		Brama brama = this.gate.brama;
		brama.suggest(id, (options) -> options.maxAttempts(3).trialCalls(4)).failure("down");
		assertThat(attempts("payment-api", "bank")).isEqualTo("3 from suggestion");
		Circuit circuit = brama.suggest(id, (options) -> options.expiry(Duration.ofSeconds(7)));
		assertThat(circuit).isSameAs(brama.circuit(id));
		assertThat(circuit.status().failureCount()).isEqualTo(1);
		assertThat(circuit.status().config().expiry()).isEqualTo(Duration.ofSeconds(7));
		assertThat(attempts("payment-api", "bank")).isEqualTo("10 from built-in");
	}

	@Test
	void aSuggestionIsWeakerThanARegistrationAndStrongerThanAPattern() {
		use((builder) -> builder.connection("payment-*", (options) -> options.maxAttempts(3).trialCalls(3))
			.connection("payment-api", (options) -> options.expiry(Duration.ofSeconds(3))));
		ConnectionId id = ConnectionId.of("payment-api");
		Circuit circuit = this.gate.brama.register("payment-api", (options) -> options.maxAttempts(5));
		this.gate.brama.suggest(id, (options) -> options.maxAttempts(4).trialCalls(4).expiry(Duration.ofSeconds(4)));
		assertThat(attempts("payment-api", null)).isEqualTo("5 from registration");
		assertThat(circuit.status().config().trialCalls()).isEqualTo(4);
		assertThat(circuit.status().config().expiry()).isEqualTo(Duration.ofSeconds(3));
		this.gate.brama.configure("payment-api", (options) -> options.trialCalls(6));
		assertThat(circuit.status().config().trialCalls()).isEqualTo(6);
	}

	@Test
	void aSuggestionGoesWithTheCircuit() {
		ConnectionId id = ConnectionId.of("payment-api");
		this.gate.brama.suggest(id, (options) -> options.maxAttempts(3));
		assertThat(this.gate.brama.isSuggested(id)).isTrue();
		this.gate.brama.unregister(id);
		assertThat(this.gate.brama.isSuggested(id)).isFalse();
		assertThat(attempts("payment-api", null)).isEqualTo("10 from built-in");
	}

	@Test
	void aSuggestionGoesWithTheCircuitThatCleanupTakesAway() {
		use((builder) -> builder.inactiveThreshold(Duration.ofMinutes(1)));
		this.gate.brama.suggest(ConnectionId.of("payment-api"), (options) -> options.maxAttempts(3));
		this.gate.advance(Duration.ofHours(1));
		assertThat(this.gate.brama.all()).isEmpty();
		assertThat(attempts("payment-api", null)).isEqualTo("10 from built-in");
	}

	@Test
	void aSuggestionThatMakesNoSenseChangesNothing() {
		ConnectionId id = ConnectionId.of("payment-api");
		this.gate.brama.suggest(id, (options) -> options.maxAttempts(3));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.gate.brama.suggest(id, (options) -> options.successesToClose(2)))
			.withMessageContaining("successes-to-close");
		assertThat(attempts("payment-api", null)).isEqualTo("3 from suggestion");
	}

	@Test
	void aChangeLosesNeitherCountsNorCallsInFlight() {
		Circuit circuit = this.gate.circuit();
		Permit inFlight = circuit.acquire();
		circuit.failure("down");
		circuit.failure("down");
		this.gate.brama.configure((options) -> options.maxAttempts(4));
		assertThat(circuit.status().failureCount()).isEqualTo(2);
		assertThat(inFlight.failure("down")).isEqualTo(Settlement.RECORDED);
		circuit.failure("down");
		assertThat(circuit.status().state()).isEqualTo(CircuitState.OPEN);
		assertThat(this.gate.only(BramaEvent.Reconfigured.class)).singleElement()
			.satisfies((event) -> assertThat(event.changes())
				.containsExactly(new BramaEvent.Reconfigured.Change("max-attempts", 10, 4)));
	}

	@Test
	void aChangeSaysInWordsWhatIsNoNumber() {
		use((builder) -> builder.failureRate(50));
		this.gate.circuit().configure(because("a test"), (options) -> options.unlimitedAttempts().progressiveExpiry());
		assertThat(this.gate.only(BramaEvent.Reconfigured.class)).singleElement()
			.satisfies((event) -> assertThat(event.changes()).containsExactly(
					new BramaEvent.Reconfigured.Change("max-attempts", 10, "off"),
					new BramaEvent.Reconfigured.Change("expiry-strategy", "fixed", "progressive")));
	}

	@Test
	void aChangeMovesNoDeadline() {
		Circuit circuit = this.gate.circuit();
		Gate.trip(circuit);
		this.gate.advance(Duration.ofSeconds(10));
		this.gate.brama.configure((options) -> options.expiry(Duration.ofSeconds(5)));
		assertThat(circuit.status().remainingOpenTime()).isEqualTo(Duration.ofSeconds(50));
	}

	@Test
	void theWindowStartsEmptyIfItsSizeChanges() {
		use((builder) -> builder.maxAttempts(100).failureRate(100).window(10).minimumCalls(3));
		Circuit circuit = this.gate.circuit();
		circuit.failure("down");
		circuit.failure("down");
		this.gate.brama.configure((options) -> options.window(20));
		circuit.failure("down");
		assertThat(circuit.status().state()).isEqualTo(CircuitState.CLOSED);
		assertThat(circuit.status().failureCount()).isEqualTo(3);
	}

	@Test
	void theWindowKeepsItsCallsIfOnlyTheirJudgementChanges() {
		use((builder) -> builder.maxAttempts(100).failureRate(80).window(10).minimumCalls(8));
		Circuit circuit = this.gate.circuit();
		circuit.failure("down");
		circuit.success();
		circuit.failure("down");
		this.gate.brama.configure((options) -> options.maxAttempts(50).failureRate(50).minimumCalls(3));
		assertThat(circuit.status().failureRate()).isEqualTo(2.0 / 3);
		circuit.success();
		assertThat(circuit.status().state()).isEqualTo(CircuitState.CLOSED);
		circuit.failure("down");
		assertThat(circuit.status().cause()).isEqualTo(TransitionCause.FAILURE_RATE);
	}

	@Test
	void aContradictionOfPatternAndScopeReachesNoCall() {
		use((builder) -> builder.scope("bank", (options) -> options.maxAttempts(3).window(10))
			.connection("bank-*", (options) -> options.maxAttempts(5).minimumCalls(50)));
		Circuit circuit = this.gate.brama.circuit(ConnectionId.of("bank-a").withScope("bank"));
		assertThat(circuit.get(() -> "let in")).isEqualTo("let in");
		assertThat(circuit.status().config().maxAttempts()).isEqualTo(5);
		assertThat(circuit.status().config().settings().get("failure-rate.window").origin()).isEqualTo("built-in");
	}

	@Test
	void aContradictionThatWasThereBeforeHindersNoOtherChange() {
		use((builder) -> builder.scope("bank", (options) -> options.window(10))
			.connection("bank-*", (options) -> options.minimumCalls(50)));
		Circuit circuit = this.gate.brama.circuit(ConnectionId.of("bank-a").withScope("bank"));
		this.gate.brama.configure((options) -> options.maxAttempts(7));
		assertThat(circuit.status().config().maxAttempts()).isEqualTo(7);
		this.gate.brama.configureScope("bank", (options) -> options.window(60));
		assertThat(circuit.status().config().settings().get("failure-rate.window").origin())
			.isEqualTo("run-time change of scope 'bank'");
	}

	@Test
	void fewerTrialsDecideAtOnceWhereTheyAreOver() {
		use((builder) -> builder.maxAttempts(1).trialCalls(5).successesToClose(3));
		Circuit circuit = this.gate.circuit();
		circuit.failure("down");
		this.gate.advance(Duration.ofSeconds(60));
		circuit.acquire().failure("down");
		this.gate.brama.configure((options) -> options.trialCalls(1).successesToClose(1));
		assertThat(circuit.status().state()).isEqualTo(CircuitState.OPEN);
	}

	@Test
	void aContradictionChangesNothing() {
		use((builder) -> builder.connection("payment-api", (options) -> options.successesToClose(3).trialCalls(3)));
		Circuit circuit = this.gate.circuit();
		assertThatIllegalArgumentException()
			.isThrownBy(
					() -> this.gate.brama.configure("payment-api", (options) -> options.trialCalls(2).maxAttempts(7)))
			.withMessage(
					"successes-to-close of connection 'payment-api' must be between 1 and its 2 trial-calls, was 3");
		assertThat(circuit.status().config().trialCalls()).isEqualTo(3);
		assertThat(circuit.status().config().maxAttempts()).isEqualTo(10);
		assertThat(this.gate.only(BramaEvent.Reconfigured.class)).isEmpty();
	}

	@Test
	void circuitsWithoutOptionsOfTheirOwnShareOneConfiguration() {
		assertThat(this.gate.brama.circuit("a").status().config())
			.isSameAs(this.gate.brama.circuit("b").status().config());
	}

	@Test
	void aChangeThatMeetsTransitionsIsNeverLost() throws Exception {
		Circuit circuit = this.gate.circuit();
		Thread flapping = new Thread(() -> {
			for (int i = 0; i < 20_000; i++) {
				circuit.open(Command.because("flapping"));
				circuit.close(Command.because("flapping"));
			}
		});
		flapping.start();
		for (int i = 1; i <= 500; i++) {
			int attempts = i;
			this.gate.brama.configure("payment-api", (options) -> options.maxAttempts(attempts));
			assertThat(circuit.status().config().maxAttempts()).isEqualTo(attempts);
		}
		flapping.join();
		assertThat(circuit.status().config().maxAttempts()).isEqualTo(500);
	}

	@Test
	void aTrialTimeoutConfiguredMeanwhileHelpsAtOnce() {
		use((builder) -> builder.maxAttempts(1).expiry(Duration.ofHours(1)));
		Circuit circuit = this.gate.circuit();
		circuit.failure("down");
		this.gate.advance(Duration.ofHours(1));
		circuit.acquire();
		this.gate.brama.configure("payment-api", (options) -> options.trialTimeout(Duration.ofSeconds(5)));
		this.gate.advance(Duration.ofSeconds(5));
		assertThat(circuit.status().cause()).isEqualTo(TransitionCause.TRIAL_TIMED_OUT);
	}

	private void use(Consumer<Brama.Builder> options) {
		this.gate.close();
		this.gate = Gate.with(options);
	}

	@Test
	void aDefaultThatContradictsWhatARegistrationSaidChangesNothing() {
		Circuit circuit = this.gate.brama.register("payment-api", (options) -> options.minimumCalls(50));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.gate.brama.configure((options) -> options.window(20).maxAttempts(7)))
			.withMessageContaining("minimum-calls of connection 'payment-api'");
		this.gate.advance(Duration.ofDays(2));
		assertThat(this.gate.brama.all()).isEmpty();
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.gate.brama.configure((options) -> options.window(20)))
			.withMessageContaining("minimum-calls of connection 'payment-api'");
		assertThat(circuit.status().config().maxAttempts()).isEqualTo(10);
	}

	@Test
	void aContradictionOfAConnectionThatIsNotThereYetIsRefusedToo() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.gate.brama.configure("later", (options) -> options.window(10).minimumCalls(50)))
			.withMessage("failure-rate.minimum-calls of connection 'later' must be between 1 and the 10 calls of its"
					+ " window, was 50");
	}

	@Test
	void changesAtRunTimeAreTakenBack() {
		use((builder) -> builder.maxAttempts(2));
		Brama brama = this.gate.brama;
		Circuit circuit = brama.register("refund-api", (options) -> options.scope("payments").jitter(0.1));
		circuit.failure("down");
		brama.configure((options) -> options.maxAttempts(15));
		brama.configureScope("payments", (options) -> options.expiry(Duration.ofSeconds(1)));
		brama.configure("refund-api", (options) -> options.jitter(0.5));
		circuit.mode(Mode.OBSERVE, because("load test"));
		circuit.configure(because("load test"), (options) -> options.trialCalls(3));

		brama.restoreConfiguration();

		CircuitConfig config = circuit.status().config();
		assertThat(config.maxAttempts()).isEqualTo(2);
		assertThat(config.expiry()).isEqualTo(Duration.ofSeconds(60));
		assertThat(config.settings().get("jitter").value()).isEqualTo(0.1);
		assertThat(config.trialCalls()).isOne();
		assertThat(circuit.status().mode()).isEqualTo(Mode.ENFORCE);
		assertThat(circuit.status().failureCount()).isOne();
	}

	@Test
	void whatIsSaidForGoodIsNotTakenBack() {
		use((builder) -> builder.maxAttempts(2));
		Brama brama = this.gate.brama;
		Circuit circuit = brama.circuit("refund-api");
		brama.configure("refund-api", (options) -> options.jitter(0.5).maxAttempts(4));
		brama.configureForGood("refund-api", (options) -> options.maxAttempts(3));
		assertThat(circuit.status().config().maxAttempts()).isEqualTo(3);
		brama.configure("refund-api", (options) -> options.maxAttempts(5));
		assertThat(circuit.status().config().maxAttempts()).isEqualTo(5);

		brama.restoreConfiguration();

		assertThat(circuit.status().config().maxAttempts()).isEqualTo(3);
		assertThat(circuit.status().config().settings().get("jitter").value()).isNotEqualTo(0.5);
		assertThat(brama.circuit("other-api").status().config().maxAttempts()).isEqualTo(2);
	}

	@Test
	void whatMakesNoSenseIsNotSaidForGood() {
		Brama brama = this.gate.brama;
		brama.configure("payment-api", (options) -> options.trialCalls(3));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> brama.configureForGood("payment-api", (options) -> options.successesToClose(3)))
			.withMessageContaining("successes-to-close");
		brama.restoreConfiguration();
		assertThat(brama.circuit("payment-api").status().config().successesToClose()).isOne();
	}

}
