package io.brama;

import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static io.brama.Command.because;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Options set by command.
 */
class OrderTests {

	private final Gate gate = Gate.with((builder) -> builder.maxAttempts(4));

	private final Circuit circuit = this.gate.circuit();

	@AfterEach
	void close() {
		this.gate.close();
	}

	@Test
	void anOptionSetByCommandSaysWhoAndWhy() {
		assertThat(this.circuit.configure(because("too nervous").by("ops"), (options) -> options.maxAttempts(20)))
			.isTrue();
		assertThat(setting("max-attempts")).isEqualTo("20 from command by ops (too nervous)");
		assertThat(setting("jitter")).isEqualTo("0.0 from built-in");
	}

	@Test
	void laterCommandsKeepWhatTheyDoNotName() {
		this.circuit.mode(Mode.OBSERVE, because("load test").by("alice"));
		this.circuit.configure(because("too nervous").by("bob"), (options) -> options.maxAttempts(20).jitter(0.1));
		this.circuit.configure(because("still").by("carol"), (options) -> options.maxAttempts(30));
		assertThat(setting("mode")).isEqualTo("OBSERVE from command by alice (load test)");
		assertThat(setting("jitter")).isEqualTo("0.1 from command by bob (too nervous)");
		assertThat(setting("max-attempts")).isEqualTo("30 from command by carol (still)");
	}

	@Test
	void namesakesInOtherScopesAreNotConcerned() {
		Circuit other = this.gate.brama.circuit(ConnectionId.of("payment-api").withScope("refunds"));
		this.circuit.configure(because("a test"), (options) -> options.maxAttempts(20));
		assertThat(other.status().config().maxAttempts()).isEqualTo(4);
	}

	@Test
	void anIdentifierWithAStarIsNoPattern() {
		Circuit star = this.gate.brama.circuit("payment-*");
		star.configure(because("a test"), (options) -> options.maxAttempts(20));
		assertThat(star.status().config().maxAttempts()).isEqualTo(20);
		assertThat(this.circuit.status().config().maxAttempts()).isEqualTo(4);
	}

	@Test
	void whatContradictsItselfChangesNothing() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.circuit.configure(because("a test"),
					(options) -> options.maxAttempts(20).successesToClose(3)))
			.withMessageContaining("successes-to-close")
			.withMessageContaining("payment-api");
		assertThat(setting("max-attempts")).isEqualTo("4 from defaults");
	}

	@Test
	void whatIsConfiguredByNameAfterwardsWins() {
		this.circuit.configure(because("a test"), (options) -> options.maxAttempts(20).jitter(0.5));
		this.gate.brama.configure("payment-api", (options) -> options.maxAttempts(7));
		assertThat(setting("max-attempts")).isEqualTo("7 from run-time change of connection 'payment-api'");
		assertThat(setting("jitter")).isEqualTo("0.5 from command (a test)");
	}

	@Test
	void aModeThatTheDefaultsChangeIsNotTheDoingOfAnOperator() {
		this.circuit.configure(because("too nervous").by("ops"), (options) -> options.maxAttempts(20));
		this.gate.brama.configure((options) -> options.mode(Mode.OBSERVE));
		assertThat(this.circuit.status().actor()).isNull();
	}

	@Test
	void aModeSetAmongOthersNamesTheOperator() {
		this.circuit.configure(because("load test").by("ops"), (options) -> options.mode(Mode.OBSERVE).maxAttempts(2));
		assertThat(List.of(this.circuit.status().reason(), this.circuit.status().actor())).containsExactly("load test",
				"ops");
	}

	@Test
	void unregisteringForgetsIt() {
		this.circuit.configure(because("a test"), (options) -> options.maxAttempts(20));
		this.gate.brama.unregister("payment-api");
		assertThat(this.gate.circuit().status().config().maxAttempts()).isEqualTo(4);
	}

	@Test
	void anOrderThatMeetsTheUnregistrationGoesWithIt() {
		Queue<Runnable> meanwhile = new ConcurrentLinkedQueue<>();
		try (Brama brama = Brama.builder().timeSource(new Meeting(new ManualTime(), meanwhile)).build()) {
			Circuit met = brama.circuit("payment-api");
			meanwhile.add(() -> met.mode(Mode.OFF, because("a test")));
			brama.unregister("payment-api");
			assertThat(meanwhile).isEmpty();
			assertThat(brama.circuit("payment-api").status().mode()).isEqualTo(Mode.ENFORCE);
		}
	}

	@Test
	void anOrderAfterTheUnregistrationIsForTheCircuitThatComesBack() {
		this.gate.brama.unregister("payment-api");
		assertThat(this.circuit.mode(Mode.OFF, because("a test"))).isTrue();
		assertThat(this.gate.circuit().status().mode()).isEqualTo(Mode.OFF);
	}

	@Test
	void aCircuitThatHasRetiredIsNotReconfiguredAndTellsNothingMore() {
		Breaker retired = this.circuit.breaker();
		CircuitConfig other = this.gate.brama.register("other", (options) -> options.maxAttempts(20)).status().config();
		this.gate.brama.unregister("payment-api");
		assertThat(retired.reconfigure(other, because("a test"))).isFalse();
		assertThat(retired.period().config()).isNotSameAs(other);
		assertThat(this.gate.only(BramaEvent.Reconfigured.class)).isEmpty();
	}

	@Test
	void nothingIsToldOfACircuitBetweenItsEndAndItsReturn() throws InterruptedException {
		Thread operator = new Thread(() -> {
			for (int i = 0; i < 3000; i++) {
				int attempts = 5 + i % 2;
				this.circuit.configure(because("a test"), (options) -> options.maxAttempts(attempts));
			}
		});
		operator.start();
		while (operator.isAlive()) {
			this.gate.brama.unregister("payment-api");
		}
		operator.join();
		List<BramaEvent.Type> told = this.gate.events.stream().map(BramaEvent::type).toList();
		for (int i = 1; i < told.size(); i++) {
			if (told.get(i - 1) == BramaEvent.Type.UNREGISTERED) {
				assertThat(told.get(i)).isEqualTo(BramaEvent.Type.REGISTERED);
			}
		}
	}

	@Test
	void wherePatternAndScopeContradictEachOtherAnOrderMustAgreeWithTheStronger() {
		Circuit torn = torn();
		assertThatIllegalArgumentException()
			.isThrownBy(() -> torn.configure(because("a test"), (options) -> options.window(20)))
			.withMessageContaining("minimum-calls of connection 'bank-a'")
			.withMessageContaining("50");
		assertThat(torn.status().config().settings().get("failure-rate.window").origin()).isEqualTo("built-in");
	}

	@Test
	void wherePatternAndScopeContradictEachOtherOtherOrdersAreObeyed() {
		Circuit torn = torn();
		assertThat(torn.configure(because("a test"), (options) -> options.maxAttempts(7))).isTrue();
		assertThat(torn.status().config().maxAttempts()).isEqualTo(7);
		assertThat(torn.configure(because("to mend it"), (options) -> options.minimumCalls(10))).isTrue();
		assertThat(torn.status().config().settings().get("failure-rate.window").origin()).endsWith("scope 'bank'");
	}

	/** A circuit of which pattern and scope say what does not go together. */
	private Circuit torn() {
		this.gate.brama.configureScope("bank", (options) -> options.window(10));
		this.gate.brama.configure("bank-*", (options) -> options.minimumCalls(50));
		return this.gate.brama.circuit(ConnectionId.of("bank-a").withScope("bank"));
	}

	private String setting(String option) {
		CircuitConfig.Setting setting = this.circuit.status().config().settings().get(option);
		return setting.value() + " from " + setting.origin();
	}

	/** A time during which something happens, once, when somebody asks for it. */
	private record Meeting(TimeSource time, Queue<Runnable> meanwhile) implements TimeSource {

		@Override
		public long nanoTime() {
			return this.time.nanoTime();
		}

		@Override
		public Instant instant() {
			Runnable next = this.meanwhile.poll();
			if (next != null) {
				next.run();
			}
			return this.time.instant();
		}

		@Override
		public Timer newTimer() {
			return this.time.newTimer();
		}

	}

}
