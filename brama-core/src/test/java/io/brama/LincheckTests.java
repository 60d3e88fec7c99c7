package io.brama;

import java.time.Duration;
import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.Logger;

import io.brama.Permit.Settlement;
import io.brama.policy.ConsecutiveFailures;
import io.brama.policy.Rate;
import io.brama.policy.Trip;
import io.brama.policy.TripPolicy;
import io.brama.policy.Window;
import io.brama.policy.WindowSize;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static io.brama.Command.because;

/**
 * Model checking: Lincheck runs the real classes under interleavings of its choosing and
 * looks for a result that no order of the same operations explains.
 */
@Tag("concurrency")
class LincheckTests {

	private static final Logger LOG = Logger.getLogger("io.brama");

	@BeforeAll
	static void beSilent() {
		LOG.setLevel(Level.OFF);
	}

	@AfterAll
	static void speakAgain() {
		LOG.setLevel(null);
	}

	@Test
	void failuresInARowAreCountedAsIfOneByOne() {
		options().check(FailuresInARow.class);
	}

	@Test
	@Tag("T26")
	void aWindowOfCallsCountsAsIfOneByOne() {
		options().check(WindowOfCalls.class);
	}

	@Test
	@Tag("T6")
	@Tag("T7")
	@Tag("T17")
	void trialsAndCommandsHappenAsIfOneByOne() {
		options().check(Trials.class);
	}

	@Test
	@Tag("T13")
	void failuresAndCommandsOpenAndCloseACircuitAsIfOneByOne() {
		options().check(Trips.class);
	}

	@Test
	@Tag("T57")
	void registrationsAndRemovalsHappenAsIfOneByOne() {
		options().check(Connections.class);
	}

	private static ModelCheckingOptions options() {
		return new ModelCheckingOptions().iterations(10)
			.invocationsPerIteration(200)
			.threads(2)
			.actorsPerThread(3)
			.actorsBefore(1)
			.actorsAfter(1);
	}

	public static class FailuresInARow {

		private final ConsecutiveFailures failures = new ConsecutiveFailures(0);

		@Operation
		public void success() {
			this.failures.success();
		}

		@Operation
		public int failure() {
			return this.failures.failure();
		}

		@Operation
		public int count() {
			return this.failures.count();
		}

	}

	public static class WindowOfCalls {

		private final Window window = new TripPolicy(100, Rate.percent(60), null, null, WindowSize.of(3), 2)
			.startWindow(0);

		@Operation
		public Trip success() {
			return this.window.record(false, false, 0);
		}

		@Operation
		public Trip failure() {
			return this.window.record(true, false, 0);
		}

		@Operation
		public Window.Figures figures() {
			return this.window.figures(0);
		}

	}

	/** Of three trials two must succeed; two are under way. */
	public static class Trials {

		private final Circuit circuit = circuit(1, 3, 2);

		private final Permit one;

		private final Permit other;

		public Trials() {
			this.circuit.halfOpen(because("try now"));
			this.one = this.circuit.acquire();
			this.other = this.circuit.acquire();
		}

		@Operation
		public Settlement oneSucceeds() {
			return this.one.success();
		}

		@Operation
		public Settlement otherFails() {
			return this.other.failure("down");
		}

		@Operation
		public Settlement reportSuccess() {
			return this.circuit.success();
		}

		@Operation
		public boolean acquire() {
			return this.circuit.tryAcquire() != null;
		}

		@Operation
		public void close() {
			this.circuit.close(because("repaired"));
		}

		@Operation
		public CircuitState state() {
			return this.circuit.status().state();
		}

	}

	/** Opens after two failures. */
	public static class Trips {

		private final Circuit circuit = circuit(2, 1, 1);

		private final Permit early = this.circuit.acquire();

		@Operation
		public Settlement earlyCallFails() {
			return this.early.failure("down");
		}

		@Operation
		public Settlement failure() {
			return this.circuit.failure("down");
		}

		@Operation
		public void close() {
			this.circuit.close(because("repaired"));
		}

		@Operation
		public void open() {
			this.circuit.open(because("maintenance"));
		}

		@Operation
		public boolean acquire() {
			return this.circuit.tryAcquire() != null;
		}

	}

	public static class Connections {

		private final Brama brama = brama(1, 1, 1);

		@Operation
		public void use() {
			this.brama.circuit("payment-api");
		}

		@Operation
		public boolean unregister() {
			return this.brama.unregister("payment-api");
		}

		@Operation
		public boolean isKnown() {
			return this.brama.find("payment-api").isPresent();
		}

		@Operation
		public boolean failure() {
			return this.brama.failure("payment-api", "down");
		}

	}

	private static Circuit circuit(int maxAttempts, int trialCalls, int successesToClose) {
		return brama(maxAttempts, trialCalls, successesToClose).circuit("payment-api");
	}

	private static Brama brama(int maxAttempts, int trialCalls, int successesToClose) {
		return Brama.builder()
			.timeSource(new FrozenTime())
			.delivery(Delivery.DIRECT)
			.maxAttempts(maxAttempts)
			.trialCalls(trialCalls)
			.successesToClose(successesToClose)
			.build();
	}

	/** Time that stands still, so that only the operations do anything. */
	private static final class FrozenTime implements TimeSource {

		@Override
		public long nanoTime() {
			return 0;
		}

		@Override
		public Instant instant() {
			return ManualTime.START;
		}

		@Override
		public Timer newTimer() {
			return new Timer() {

				@Override
				public Alarm schedule(Duration delay, Runnable task) {
					return () -> {
					};
				}

				@Override
				public void close() {
				}

			};
		}

	}

}
