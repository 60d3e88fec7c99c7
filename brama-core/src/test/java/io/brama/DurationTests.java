package io.brama;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

import io.brama.ConnectionStatus.Durations;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static io.brama.Command.because;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * How long calls took, all together.
 */
class DurationTests {

	private static final Duration SECOND = Duration.ofSeconds(1);

	private final ManualTime time = new ManualTime();

	/** Nobody listens to it, which alone would have calls timed. */
	private final Brama brama = Brama.builder().timeSource(this.time).measureDurations(true).build();

	private final Circuit circuit = this.brama.circuit("payment-api");

	@AfterEach
	void close() {
		this.brama.close();
	}

	private Durations durations() {
		return this.circuit.status().durations();
	}

	private void take(Duration duration) {
		this.time.advance(duration);
	}

	@Test
	void successesAndFailuresAreSummedApart() {
		this.circuit.run(() -> take(SECOND));
		this.circuit.run(() -> take(SECOND));
		assertThatIllegalStateException().isThrownBy(() -> this.circuit.run(() -> {
			take(SECOND.multipliedBy(5));
			throw new IllegalStateException("down");
		}));
		assertThat(durations()).isEqualTo(new Durations(SECOND.multipliedBy(2), SECOND.multipliedBy(5)));
	}

	@Test
	void aCallThatReturnsAFutureLastsUntilThatIsComplete() {
		CompletableFuture<String> answer = new CompletableFuture<>();
		CompletableFuture<String> guarded = this.circuit.callAsync(() -> answer);
		take(SECOND);
		answer.complete("here");
		assertThat(guarded).isCompleted();
		assertThat(durations().success()).isEqualTo(SECOND);
	}

	@Test
	void whatIsIgnoredOrLateOrReportedWithoutAPermitAddsNothing() {
		Permit late = this.circuit.acquire();
		Permit ignored = this.circuit.acquire();
		take(SECOND);
		ignored.close();
		this.circuit.success();
		this.circuit.open(because("maintenance"));
		assertThat(late.success()).isEqualTo(Permit.Settlement.LATE);
		assertThat(durations()).isEqualTo(new Durations(Duration.ZERO, Duration.ZERO));
	}

	@Test
	void aTrialThatTimesOutLastsUntilThen() {
		this.circuit.halfOpen(because("try"));
		Objects.requireNonNull(this.circuit.tryAcquire());
		take(this.circuit.status().config().expiry());
		assertThat(this.circuit.status().calls().failure()).isOne();
		assertThat(durations().failure()).isEqualTo(this.circuit.status().config().expiry());
	}

	@Test
	void aResetForgetsThem() {
		this.circuit.run(() -> take(SECOND));
		this.circuit.reset(because("begin anew"));
		assertThat(durations().success()).isZero();
	}

	@Test
	void unlessAskedForNoCallIsTimed() {
		try (Brama brama = Brama.builder().timeSource(this.time).build()) {
			Circuit other = brama.circuit("other");
			other.run(() -> take(SECOND));
			assertThat(other.status().calls().success()).isOne();
			assertThat(other.status().durations().success()).isZero();
		}
	}

}
