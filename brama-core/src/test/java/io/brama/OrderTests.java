package io.brama;

import java.util.List;

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

	private String setting(String option) {
		CircuitConfig.Setting setting = this.circuit.status().config().settings().get(option);
		return setting.value() + " from " + setting.origin();
	}

}
