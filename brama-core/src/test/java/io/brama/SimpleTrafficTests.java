package io.brama;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.brama.Permit.Settlement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static io.brama.Command.because;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Successes of a circuit that nobody listens to, which watches no rate and times no call,
 * take a shorter way, by the same rules.
 */
class SimpleTrafficTests {

	private final ManualTime time = new ManualTime();

	private final Brama brama = Brama.builder().maxAttempts(2).timeSource(this.time).delivery(Delivery.DIRECT).build();

	private final Circuit circuit = this.brama.register("payment-api");

	@AfterEach
	void close() {
		this.brama.close();
	}

	@Test
	void aSuccessIsCountedAndBreaksTheRowOfFailures() {
		this.circuit.failure("down");
		assertThat(this.circuit.acquire().success()).isEqualTo(Settlement.RECORDED);
		assertThat(this.circuit.status().failureCount()).isZero();
		assertThat(this.circuit.status().calls().success()).isOne();
	}

	@Test
	@Tag("T13")
	void aLateSuccessOnlyCountsAsLate() {
		Permit permit = this.circuit.acquire();
		this.circuit.open(because("maintenance"));
		assertThat(permit.success()).isEqualTo(Settlement.LATE);
		assertThat(this.circuit.status().calls()).isEqualTo(new ConnectionStatus.Calls(0, 0, 0, 0, 1, 0));
	}

	@Test
	@Tag("T13")
	void aSuccessFromBeforeAnOpeningDoesNotBreakTheRowOfNow() {
		Permit permit = this.circuit.acquire();
		this.circuit.open(because("maintenance"));
		this.circuit.close(because("done"));
		this.circuit.failure("down");
		assertThat(permit.success()).isEqualTo(Settlement.LATE);
		assertThat(this.circuit.status().failureCount()).isOne();
	}

	@Test
	void aRuleThatComesLaterCountsSuccesses() {
		this.circuit.configure(because("a rule"), (options) -> options.failureRate(50).window(10).minimumCalls(2));
		this.circuit.acquire().success();
		assertThat(requireNonNull(this.circuit.status().window()).calls()).isOne();
	}

	@Test
	void aRuleThatComesWhileACallIsUnderWayCountsItsSuccess() {
		Permit permit = this.circuit.acquire();
		this.circuit.configure(because("a rule"), (options) -> options.failureRate(50).window(10).minimumCalls(2));
		permit.success();
		assertThat(requireNonNull(this.circuit.status().window()).calls()).isOne();
	}

	@Test
	void aLimitForSlowCallsThatComesLaterTimesThem() {
		this.circuit.configure(because("a limit"), (options) -> options.slowCallDuration(Duration.ofSeconds(1)));
		Permit permit = this.circuit.acquire();
		this.time.advance(Duration.ofSeconds(1));
		permit.success();
		assertThat(this.circuit.status().calls().slow()).isOne();
	}

	@Test
	void aListenerThatComesWhileACallIsUnderWayHearsOfItsSuccess() {
		Permit permit = this.circuit.acquire();
		List<BramaEvent> heard = new ArrayList<>();
		this.brama.subscribe(EventFilter.types(BramaEvent.Type.SUCCESS), heard::add);
		permit.success();
		assertThat(heard).hasSize(1);
	}

	@Test
	void aSuccessFromBeforeTheCircuitIsOffIsLate() {
		Permit permit = this.circuit.acquire();
		this.circuit.mode(Mode.OFF, because("a test"));
		assertThat(permit.success()).isEqualTo(Settlement.LATE);
		assertThat(this.circuit.status().calls().success()).isZero();
	}

}
