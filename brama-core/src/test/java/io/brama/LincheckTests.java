package io.brama;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

import io.brama.Permit.Settlement;
import io.brama.policy.Rate;
import io.brama.policy.StripedCount;
import io.brama.policy.Trip;
import io.brama.policy.TripCounter;
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
	void aCountIsRaisedAndEndedAsIfOneByOne() {
		options().check(Count.class);
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

	@Test
	void changesOfTheRulesMeetFailuresAndCommandsAsIfOneByOne() {
		options().actorsBefore(0).check(RulesThatChange.class);
	}

	@Test
	void changesOfTheTrialsMeetTheirOutcomesAsIfOneByOne() {
		options().actorsBefore(0).check(TrialsThatChange.class);
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

		private final TripCounter counter = new TripCounter(new TripPolicy(3, null, null, null, WindowSize.of(100), 20),
				0, 0);

		@Operation
		public boolean success() {
			return this.counter.success();
		}

		@Operation
		public Trip failure() {
			return this.counter.record(true, false, 0);
		}

		@Operation
		public int count() {
			return this.counter.failuresInRow();
		}

	}

	public static class Count {

		private final StripedCount count = new StripedCount();

		@Operation
		public boolean increment() {
			return this.count.increment();
		}

		@Operation
		public long sum() {
			return this.count.sum();
		}

		@Operation
		public boolean isZero() {
			return this.count.isZero();
		}

		@Operation
		public long end() {
			return this.count.end();
		}

	}

	public static class WindowOfCalls {

		private final Window window = new TripPolicy(100, Rate.percent(60), null, null, WindowSize.of(3), 2)
			.startWindow(new StripedCount(), 0);

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

	/**
	 * Opens after two failures until that is changed. What became of an outcome is not
	 * looked at, only the state and the rules that come of it. The machine is changed
	 * itself: the way there through the registry has too many steps to try. Modes stay
	 * out of it: another one takes two steps, the rules and then the period.
	 */
	public static class RulesThatChange {

		private final CircuitConfig one = config(Map.of(Option.MAX_ATTEMPTS, 1));

		private final CircuitConfig three = config(Map.of(Option.MAX_ATTEMPTS, 3));

		private final Circuit circuit = circuit(2, 1, 1);

		private final Permit first = this.circuit.acquire();

		private final Permit second = this.circuit.acquire();

		@Operation(runOnce = true, nonParallelGroup = "circuit")
		public void firstFails() {
			this.first.failure("down");
		}

		@Operation(runOnce = true, nonParallelGroup = "circuit")
		public void secondFails() {
			this.second.failure("down");
		}

		@Operation(runOnce = true, nonParallelGroup = "rules")
		public void oneFailureIsEnough() {
			this.circuit.breaker().reconfigure(this.one, because("a test"));
		}

		@Operation(runOnce = true, nonParallelGroup = "rules")
		public void moreFailuresAreTolerated() {
			this.circuit.breaker().reconfigure(this.three, because("a test"));
		}

		@Operation(runOnce = true, nonParallelGroup = "circuit")
		public void open() {
			this.circuit.open(because("maintenance"));
		}

		@Operation
		public String status() {
			ConnectionStatus status = this.circuit.status();
			return status.state() + " after " + status.config().maxAttempts();
		}

	}

	/** Of three trials two must succeed, until that is changed; all are under way. */
	public static class TrialsThatChange {

		private final CircuitConfig one = config(Map.of(Option.TRIAL_CALLS, 3));

		private final CircuitConfig all = config(Map.of(Option.TRIAL_CALLS, 2, Option.SUCCESSES_TO_CLOSE, 2));

		private final Circuit circuit = circuit(1, 3, 2);

		private final Permit first;

		private final Permit second;

		private final Permit third;

		public TrialsThatChange() {
			this.circuit.halfOpen(because("try now"));
			this.first = this.circuit.acquire();
			this.second = this.circuit.acquire();
			this.third = this.circuit.acquire();
		}

		@Operation(runOnce = true, nonParallelGroup = "circuit")
		public void firstSucceeds() {
			this.first.success();
		}

		@Operation(runOnce = true, nonParallelGroup = "circuit")
		public void secondFails() {
			this.second.failure("down");
		}

		@Operation(runOnce = true, nonParallelGroup = "circuit")
		public void thirdFails() {
			this.third.failure("down");
		}

		@Operation(runOnce = true, nonParallelGroup = "circuit")
		public void close() {
			this.circuit.close(because("repaired"));
		}

		@Operation(runOnce = true, nonParallelGroup = "rules")
		public void oneSuccessIsEnough() {
			this.circuit.breaker().reconfigure(this.one, because("a test"));
		}

		@Operation(runOnce = true, nonParallelGroup = "rules")
		public void allMustSucceed() {
			this.circuit.breaker().reconfigure(this.all, because("a test"));
		}

		@Operation
		public String status() {
			ConnectionStatus status = this.circuit.status();
			return status.state() + " after " + status.config().successesToClose() + " of "
					+ status.config().trialCalls();
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

	static Circuit circuit(int maxAttempts, int trialCalls, int successesToClose) {
		return brama(maxAttempts, trialCalls, successesToClose).circuit("payment-api");
	}

	private static CircuitConfig config(Map<Option, Object> values) {
		return CircuitConfig.merge("a test", List.of(new Layer("a test", values, Map.of())));
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
