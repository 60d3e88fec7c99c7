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
		return new ModelCheckingOptions().iterations(6)
			.invocationsPerIteration(120)
			.threads(2)
			.actorsPerThread(2)
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

	/** Of three trials two must succeed; all three are under way. */
	public static class Trials {

		private final Circuit circuit = circuit(1, 3, 2);

		private final Permit first;

		private final Permit second;

		private final Permit third;

		public Trials() {
			this.circuit.halfOpen(because("try now"));
			this.first = this.circuit.acquire();
			this.second = this.circuit.acquire();
			this.third = this.circuit.acquire();
		}

		@Operation(runOnce = true)
		public Settlement firstSucceeds() {
			return this.first.success();
		}

		@Operation(runOnce = true)
		public Settlement secondSucceeds() {
			return this.second.success();
		}

		@Operation(runOnce = true)
		public Settlement thirdFails() {
			return this.third.failure("down");
		}

		@Operation(runOnce = true)
		public boolean acquire() {
			return this.circuit.tryAcquire() != null;
		}

		@Operation(runOnce = true)
		public void open() {
			this.circuit.open(because("maintenance"));
		}

	}

	/**
	 * Opens after two failures; three calls are under way, and all fail. What became of
	 * an outcome is not looked at, and no call succeeds: an outcome that comes between a
	 * decision and its transition is still called recorded, and the circuit opens.
	 */
	public static class Trips {

		private final Circuit circuit = circuit(2, 1, 1);

		private final Permit first = this.circuit.acquire();

		private final Permit second = this.circuit.acquire();

		private final Permit third = this.circuit.acquire();

		@Operation(runOnce = true)
		public void firstFails() {
			this.first.failure("down");
		}

		@Operation(runOnce = true)
		public void secondFails() {
			this.second.failure("down");
		}

		@Operation(runOnce = true)
		public void thirdFails() {
			this.third.failure("down");
		}

		@Operation(runOnce = true)
		public void close() {
			this.circuit.close(because("repaired"));
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
