package io.brama;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

import io.brama.BramaEvent.StateChanged;
import io.brama.ReferenceCircuit.Change;
import io.brama.ReferenceCircuit.Leave;
import io.brama.ReferenceCircuit.Options;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.Tuple;

import static io.brama.Command.because;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Random configurations and random sequences of calls, outcomes, clock moves, commands
 * and reconfigurations: after each step the circuit looks as {@link ReferenceCircuit}
 * says. A failure prints the seed and the shortest sequence that still fails.
 */
class ModelTests {

	private static final Logger LOG = Logger.getLogger("io.brama");

	/** Always the same sequences, so that a build says something about the code only. */
	@Property(tries = 3000, seed = "20260101", edgeCases = EdgeCasesMode.NONE)
	@Tag("T13")
	@Tag("T14")
	@Tag("T16")
	@Tag("T17")
	@Tag("T35")
	@Tag("T36")
	@Tag("T44")
	@Tag("T46")
	@Tag("T47")
	@Tag("T48")
	void theCircuitDoesWhatTheReferenceDoes(@ForAll("options") Options options, @ForAll boolean timerRuns,
			@ForAll("steps") List<Step> steps) {
		compare(options, timerRuns, steps);
	}

	/** Other sequences each time; run as CONTRIBUTING says. */
	@Property(tries = 300_000, edgeCases = EdgeCasesMode.NONE)
	@Tag("exploration")
	void theCircuitDoesWhatTheReferenceDoesWhateverTheSeed(@ForAll("options") Options options,
			@ForAll boolean timerRuns, @ForAll("steps") List<Step> steps) {
		compare(options, timerRuns, steps);
	}

	private static void compare(Options options, boolean timerRuns, List<Step> steps) {
		LOG.setLevel(Level.OFF);
		try (Run run = new Run(options, timerRuns)) {
			run.compare("at the beginning");
			for (int i = 0; i < steps.size(); i++) {
				run.take(steps.get(i));
				run.compare("after step " + i + ", " + steps.get(i));
			}
		}
		finally {
			LOG.setLevel(null);
		}
	}

	@Provide
	Arbitrary<Options> options() {
		Arbitrary<Options> base = Combinators
			.combine(Arbitraries.integers().between(1, 6), trials(), Arbitraries.of(true, false), times(),
					Arbitraries.of(1.0, 1.5, 2.0, 3.0), windows(),
					Arbitraries.of(20.0, 50.0, 66.6667, 100.0).injectNull(0.4))
			.as((maxAttempts, trials, progressive, expiry, factor, window, failureRate) -> new Options(maxAttempts,
					trials.get1(), trials.get2(), progressive, expiry, expiry, expiry.multipliedBy(5), factor,
					failureRate, window.get1(), window.get2(), window.get3(), null, null, null, null,
					Duration.ofMillis(1500), Mode.ENFORCE));
		return Combinators
			.combine(base, Arbitraries.of(30.0, 100.0).injectNull(0.5), times().injectNull(0.5),
					Arbitraries.of(Duration.ZERO, Duration.ofMillis(500), Duration.ofSeconds(2)).injectNull(0.5))
			.as((options, slowRate, trialTimeout, backoffResetAfter) -> new Options(options.maxAttempts(),
					options.trialCalls(), options.successesToClose(), options.progressive(), options.expiry(),
					options.initial(), options.max(), options.factor(), options.failureRate(), options.windowCalls(),
					options.windowDuration(), options.minimumCalls(), slowRate,
					(slowRate != null) ? Duration.ofMillis(300) : null, trialTimeout, backoffResetAfter,
					options.maxRetryAfter(), Mode.ENFORCE));
	}

	@Provide
	Arbitrary<List<Step>> steps() {
		Arbitrary<Step> acquire = Arbitraries.of(true, false).map(Step.Acquire::new);
		Arbitrary<Step> settle = Combinators.combine(Arbitraries.integers().between(0, 7), outcomes())
			.as(Step.Settle::new);
		Arbitrary<Step> report = outcomes().map(Step.Report::new);
		Arbitrary<Step> advance = times().map(Step.Advance::new);
		Arbitrary<Step> toDeadline = Arbitraries.of(Duration.ofNanos(-1), Duration.ZERO, Duration.ofNanos(1))
			.map(Step.AdvanceToDeadline::new);
		return Arbitraries
			.frequencyOf(Tuple.of(10, acquire), Tuple.of(14, settle), Tuple.of(8, report), Tuple.of(6, advance),
					Tuple.of(4, toDeadline), Tuple.of(3, commands()), Tuple.of(4, reconfigurations()))
			.list()
			.ofMaxSize(60);
	}

	private static Arbitrary<Step> commands() {
		Arbitrary<Step> open = Arbitraries
			.of(because("maintenance"), because("for a while").forDuration(Duration.ofMillis(700)).by("ops"),
					because("for good").untilToldOtherwise())
			.map(Step.Open::new);
		return Arbitraries.oneOf(open, Arbitraries.of(new Step.Close(), new Step.Reset(), new Step.HalfOpen()),
				Arbitraries.of(Mode.class).map(Step.SetMode::new));
	}

	private static Arbitrary<Step> reconfigurations() {
		Arbitrary<Step> attempts = Arbitraries.integers().between(1, 6).map(Step.ConfigureAttempts::new);
		Arbitrary<Step> trials = trials().map((trial) -> new Step.ConfigureTrials(trial.get1(), trial.get2()));
		Arbitrary<Step> rate = Combinators.combine(Arbitraries.of(25.0, 50.0, 100.0), windows())
			.as((percent, window) -> new Step.ConfigureRate(percent, window.get1(), window.get2(), window.get3()));
		Arbitrary<Step> configuredTimes = Combinators.combine(times(), times(), times()).as(Step.ConfigureTimes::new);
		Arbitrary<Step> mode = Arbitraries.of(Mode.class).map(Step.ConfigureMode::new);
		return Arbitraries.oneOf(attempts, trials, rate, configuredTimes, mode);
	}

	private static Arbitrary<Outcome> outcomes() {
		return Arbitraries.frequency(Tuple.of(6, Outcome.success()), Tuple.of(8, Outcome.failure("down")),
				Tuple.of(1, Outcome.failure("busy").tripNow()),
				Tuple.of(1, Outcome.failure("busy").tripNow().retryAfter(Duration.ofMillis(400))),
				Tuple.of(1, Outcome.failure("busy").retryAfter(Duration.ofHours(1))), Tuple.of(2, Outcome.ignored()));
	}

	private static Arbitrary<Tuple.Tuple2<Integer, Integer>> trials() {
		return Arbitraries.integers()
			.between(1, 4)
			.flatMap((trialCalls) -> Arbitraries.integers()
				.between(1, trialCalls)
				.map((successes) -> Tuple.of(trialCalls, successes)));
	}

	/** Number of calls, duration and minimum; one of the first two. */
	private static Arbitrary<Tuple.Tuple3<Integer, Duration, Integer>> windows() {
		return Combinators
			.combine(Arbitraries.integers().between(1, 12),
					Arbitraries.of(Duration.ofMillis(333), Duration.ofSeconds(1), Duration.ofSeconds(3))
						.injectNull(0.6),
					Arbitraries.integers().between(1, 8))
			.as((calls, duration, minimum) -> Tuple.of((duration != null) ? 0 : calls, duration,
					(duration != null) ? minimum : Math.min(minimum, calls)));
	}

	private static Arbitrary<Duration> times() {
		return Arbitraries.integers().between(1, 20).map((tenths) -> Duration.ofMillis(tenths * 100L));
	}

	/** A real circuit and its reference, side by side. */
	private static final class Run implements AutoCloseable {

		private final Gate gate;

		private final Circuit circuit;

		private final ReferenceCircuit reference;

		private final List<Permit> permits = new ArrayList<>();

		private final List<Leave> leaves = new ArrayList<>();

		Run(Options options, boolean timerRuns) {
			this.gate = Gate.with(options::applyTo);
			this.circuit = this.gate.circuit();
			this.reference = new ReferenceCircuit(options, timerRuns);
			if (!timerRuns) {
				this.gate.time.stopTimer();
			}
		}

		void take(Step step) {
			if (step instanceof Step.Acquire acquire) {
				acquire(acquire.strictly());
			}
			else if (step instanceof Step.Settle settle && !this.permits.isEmpty()) {
				int which = this.permits.size() - 1 - settle.which() % this.permits.size();
				assertThat(this.permits.get(which).settle(settle.outcome()))
					.isEqualTo(this.reference.settle(this.leaves.get(which), settle.outcome()));
			}
			else if (step instanceof Step.Report report) {
				assertThat(this.circuit.report(report.outcome())).isEqualTo(this.reference.report(report.outcome()));
			}
			else if (step instanceof Step.Advance advance) {
				advance(advance.duration());
			}
			else if (step instanceof Step.AdvanceToDeadline advance && this.reference.remaining() != null) {
				Duration duration = this.reference.remaining().plus(advance.after());
				advance(duration.isNegative() ? Duration.ZERO : duration);
			}
			else {
				tell(step);
			}
		}

		private void acquire(boolean strictly) {
			Leave leave = this.reference.acquire();
			if (leave == null && strictly) {
				assertThatThrownBy(this.circuit::acquire).isInstanceOfSatisfying(CircuitOpenException.class,
						(rejection) -> assertThat(rejection.remaining().orElse(null))
							.isEqualTo(this.reference.remaining()));
				return;
			}
			Permit permit = strictly ? this.circuit.acquire() : this.circuit.tryAcquire();
			assertThat(permit != null).as("admitted").isEqualTo(leave != null);
			if (permit != null) {
				this.permits.add(permit);
				this.leaves.add(leave);
			}
		}

		private void advance(Duration duration) {
			this.gate.advance(duration);
			this.reference.advance(duration);
		}

		private void tell(Step step) {
			Command command = because(step.getClass().getSimpleName()).by("a test");
			if (step instanceof Step.Open open) {
				this.circuit.open(open.command());
				this.reference.open(open.command());
			}
			else if (step instanceof Step.Close) {
				this.circuit.close(command);
				this.reference.close(command);
			}
			else if (step instanceof Step.Reset) {
				this.circuit.reset(command);
				this.reference.reset(command);
			}
			else if (step instanceof Step.SetMode change) {
				this.circuit.mode(change.mode(), command);
				this.reference.mode(change.mode(), command);
			}
			else if (step instanceof Step.HalfOpen) {
				this.circuit.halfOpen(command);
				this.reference.halfOpen(command);
			}
			else {
				configure(step);
			}
		}

		private void configure(Step step) {
			Options before = this.reference.options();
			Options after = before;
			if (step instanceof Step.ConfigureAttempts change) {
				after = before.with(change.maxAttempts(), before.mode());
			}
			else if (step instanceof Step.ConfigureMode change) {
				after = before.with(before.maxAttempts(), change.mode());
			}
			else if (step instanceof Step.ConfigureTrials change) {
				after = before.withTrials(change.trialCalls(), change.successesToClose());
			}
			else if (step instanceof Step.ConfigureTimes change) {
				after = before.withTimes(change.expiry(), change.trialTimeout(), change.backoffResetAfter());
			}
			else if (step instanceof Step.ConfigureRate change) {
				after = before.withRate(change.percent(), change.windowCalls(), change.windowDuration(),
						change.minimumCalls());
			}
			this.gate.brama.configure("payment-api", after::applyTo);
			this.reference.configure(after);
		}

		void compare(String when) {
			assertThat(seen()).as(when).isEqualTo(expected());
			assertThat(this.gate.changes().stream().map(Change::of)).as(when).isEqualTo(this.reference.changes);
			assertThat(events()).as(when).isEqualTo(expectedEvents());
			compareOrder(when);
		}

		private List<Object> seen() {
			ConnectionStatus status = this.circuit.status();
			return listOf(status.state(), status.mode(), status.failureCount(), status.remainingOpenTime(),
					status.consecutiveOpenings(), status.cause(), status.reason(), status.actor(), status.stateSince(),
					status.timeInState(), status.failureRate(), status.slowCallRate(), status.calls(),
					status.lastFailureReason(), status.lastFailureAt(), status.openedAt(), this.circuit.isAvailable());
		}

		private List<Object> expected() {
			ReferenceCircuit.Era era = this.reference.era();
			return listOf(this.reference.state(), this.reference.options().mode(), era.failuresInRow,
					this.reference.remaining(), this.reference.consecutiveOpenings(), era.cause, era.reason, era.actor,
					ManualTime.START.plusNanos(era.since),
					Duration.between(ManualTime.START.plusNanos(era.since), this.reference.at()),
					this.reference.failureRate(), this.reference.slowCallRate(), era.totals.calls(),
					era.totals.lastReason(), era.totals.lastAt(), this.reference.openedAt(),
					this.reference.isAvailable());
		}

		private List<Object> events() {
			return listOf(this.gate.only(BramaEvent.Success.class).size(),
					this.gate.only(BramaEvent.Failure.class).size(), this.gate.only(BramaEvent.Ignored.class).size(),
					this.gate.only(BramaEvent.Rejected.class).size(),
					this.gate.only(BramaEvent.ExpiryReached.class).size(),
					this.gate.only(BramaEvent.Reconfigured.class).size());
		}

		private List<Object> expectedEvents() {
			ReferenceCircuit.Told told = this.reference.told;
			return listOf(told.success, told.failure, told.ignored, told.rejected, told.expiryReached,
					told.reconfigured);
		}

		/** State changes form a chain, and all events are numbered in their order. */
		private void compareOrder(String when) {
			CircuitState last = CircuitState.CLOSED;
			for (StateChanged change : this.gate.changes()) {
				assertThat(change.previous()).as(when).isEqualTo(last);
				last = change.next();
			}
			assertThat(this.gate.events.stream().map(BramaEvent::sequence)).as(when).isSorted().doesNotHaveDuplicates();
		}

		private static List<Object> listOf(Object... facts) {
			return Arrays.asList(facts);
		}

		@Override
		public void close() {
			this.gate.close();
		}

	}

}
