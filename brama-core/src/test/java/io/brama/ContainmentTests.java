package io.brama;

import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What others do wrong costs neither permit nor result nor count.
 */
class ContainmentTests {

	private final Gate gate = Gate.with((builder) -> builder.ignoreExceptions(IllegalArgumentException.class)
		.inactiveThreshold(Duration.ofHours(1)));

	private final Circuit circuit = this.gate.circuit();

	@AfterEach
	void close() {
		this.gate.close();
	}

	@Test
	@Tag("T5")
	void anExecutorThatThrowsWhateverItLikesGivesTheTrialBack() {
		this.circuit.halfOpen(Command.because("try now"));
		assertThatIllegalStateException().isThrownBy(() -> this.circuit.guard((task) -> {
			throw new IllegalStateException("shut down");
		}).execute(() -> {
		}));
		assertThat(this.circuit.isAvailable()).isTrue();
	}

	@Test
	@Tag("T29")
	void anExceptionWhoseCauseCannotBeAskedForReachesTheCallerAndIsAFailure() {
		RuntimeException broken = new IllegalStateException("down") {

			private static final long serialVersionUID = 1L;

			@Override
			public synchronized Throwable getCause() {
				throw new UnsupportedOperationException("no cause");
			}

		};
		assertThatThrownBy(() -> this.circuit.run(() -> {
			throw broken;
		})).isSameAs(broken);
		assertThat(this.circuit.status().calls().failure()).isOne();
	}

	@Test
	void anOutcomeThatIsNullIsRefusedAndCountsNowhere() {
		this.circuit.failure("down");
		assertThatIllegalArgumentException().isThrownBy(() -> this.circuit.report(null))
			.withMessage("outcome of connection 'payment-api' must not be null");
		assertThatIllegalArgumentException().isThrownBy(() -> this.circuit.acquire().settle(null))
			.withMessage("outcome of a permit must not be null");
		assertThat(this.circuit.status().failureCount()).isOne();
		assertThat(this.circuit.status().calls().total()).isOne();
	}

	@Test
	void aPatternCannotSayWhatAConnectionIsCalled() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> Brama.builder().connection("bank.*", (options) -> options.scope("banks")))
			.withMessage("scope and type of pattern 'bank.*' must not be set: "
					+ "they are a part of what a connection is called, not an option");
	}

	@Test
	void metadataThatDiffersIsRefusedWithBothValues() {
		this.gate.brama.register("inventory", (options) -> options.metadata("owner", "team-a"));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.gate.brama.register("inventory", (options) -> options.metadata("owner", "team-b")))
			.withMessageStartingWith("metadata 'owner' of connection 'inventory' is team-a; "
					+ "it cannot be registered again with team-b");
	}

	@Test
	@Tag("T53")
	void aConnectionRegisteredAfterItsFirstUseIsRememberedToo() {
		this.gate.brama.register("payment-api");
		this.gate.advance(Duration.ofHours(2));
		assertThat(this.gate.brama.all()).isEmpty();
		assertThat(this.gate.brama.isAvailable("payment-api")).isTrue();
		assertThat(this.gate.brama.success("payment-api")).isTrue();
	}

}
