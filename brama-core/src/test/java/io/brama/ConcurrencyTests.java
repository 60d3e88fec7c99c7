package io.brama;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;

import io.brama.BramaEvent.ExpiryReached;
import io.brama.BramaEvent.StateChanged;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.brama.Command.because;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What holds at any moment, however many threads call at once. Every failure names the
 * seed of its run.
 */
@Tag("T44")
@ExtendWith(Silence.class)
class ConcurrencyTests {

	/** Long enough that no trial ever times out, so that every call ends once. */
	private static final Duration NEVER = Duration.ofDays(36525);

	private static final ErrorHandler IGNORE = (result, error) -> Outcome.ignored();

	@Test
	@Tag("T57")
	void whoIsToldOfALifeFindsItAsItWasTold() {
		Set<String> wrong = ConcurrentHashMap.newKeySet();
		AtomicInteger told = new AtomicInteger();
		try (Brama brama = Brama.create()) {
			brama.subscribe(EventFilter.types(BramaEvent.Type.REGISTERED, BramaEvent.Type.UNREGISTERED), (event) -> {
				boolean gone = event instanceof BramaEvent.Unregistered;
				if (!event.connection().identifier().startsWith("short") && brama.find(event.connection()).isEmpty()) {
					wrong.add("not there: " + event.connection());
				}
				if (gone && brama.find(event.connection()).isPresent()) {
					wrong.add("still there: " + event.connection());
				}
				told.incrementAndGet();
			});
			Crowd.all(4, (number) -> {
				for (int i = 0; i < 5_000; i++) {
					brama.circuit("long-" + number + "-" + i);
					brama.circuit("short-" + number + "-" + i);
					brama.unregister("short-" + number + "-" + i);
				}
			});
			await().until(() -> told.get() == 60_000);
		}
		assertThat(wrong).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "1, 1", "3, 2", "5, 5", "10, 1" })
	void invariantsHoldWhileManualTimeGoesOn(int trialCalls, int successesToClose) {
		ManualTime time = new ManualTime(Long.MAX_VALUE - 1_000);
		Brama brama = Brama.builder()
			.timeSource(time)
			.delivery(Delivery.DIRECT)
			.maxAttempts(3)
			.progressiveExpiry(Duration.ofMillis(5), Duration.ofMillis(50), 2)
			.trialCalls(trialCalls)
			.successesToClose(successesToClose)
			.trialTimeout(NEVER)
			.build();
		Load load = new Load(brama, 250_000);
		load.run(() -> time.advance(Duration.ofMillis(1)));
		load.verify();
	}

	@ParameterizedTest
	@CsvSource({ "1, 1, ASYNC", "4, 2, ASYNC", "4, 2, DIRECT" })
	void invariantsHoldWhileRealTimeGoesOn(int trialCalls, int successesToClose, Delivery delivery) {
		Brama brama = Brama.builder()
			.delivery(delivery)
			.maxAttempts(2)
			.progressiveExpiry(Duration.ofMillis(1), Duration.ofMillis(2), 2)
			.trialCalls(trialCalls)
			.successesToClose(successesToClose)
			.trialTimeout(NEVER)
			.build();
		Load load = new Load(brama, 250_000);
		load.run(Thread::onSpinWait);
		load.verify();
	}

	@Test
	@Tag("T47")
	void invariantsHoldWhileAnOperatorGivesCommands() {
		ManualTime time = new ManualTime();
		Brama brama = Brama.builder()
			.timeSource(time)
			.delivery(Delivery.DIRECT)
			.maxAttempts(3)
			.expiry(Duration.ofMillis(5))
			.trialCalls(3)
			.successesToClose(2)
			.trialTimeout(NEVER)
			.build();
		Load load = new Load(brama, 250_000);
		SplittableRandom random = new SplittableRandom(load.seed);
		AtomicLong nextCommand = new AtomicLong();
		load.run(() -> {
			// the calls get on between two commands, however slow the machine is
			if (load.made.sum() >= nextCommand.get()) {
				load.command(random.nextInt(4));
				nextCommand.set(load.made.sum() + 60);
			}
			time.advance(Duration.ofMillis(random.nextInt(8)));
		});
		load.verify();
		assertThat(load.byCause(TransitionCause.OPERATOR)).as(load.toString()).isEqualTo(load.commands);
	}

	@Test
	@Tag("T17")
	void aCommandIsNeverUndoneByCallsUnderWay() {
		ManualTime time = new ManualTime();
		long seed = ThreadLocalRandom.current().nextLong();
		try (Gate gate = Gate.at(time, (builder) -> builder.maxAttempts(1).trialCalls(8))) {
			Circuit circuit = gate.circuit();
			SplittableRandom random = new SplittableRandom(seed);
			for (int round = 0; round < 300; round++) {
				if (random.nextBoolean()) {
					circuit.halfOpen(because("a look"));
				}
				else {
					circuit.close(because("a fresh start"));
				}
				List<Permit> underWay = Collections.synchronizedList(new ArrayList<>());
				for (int i = 0; i < 8; i++) {
					underWay.add(circuit.acquire());
				}
				CountDownLatch told = new CountDownLatch(1);
				Crowd calls = Crowd.of(4, (number) -> {
					Crowd.await(told);
					underWay.get(2 * number).failure("down");
					underWay.get(2 * number + 1).success();
				});
				circuit.open(because("maintenance").untilToldOtherwise());
				told.countDown();
				calls.join();
				ConnectionStatus status = circuit.status();
				assertThat(status.state()).as("seed %s, round %s", seed, round).isEqualTo(CircuitState.OPEN);
				assertThat(status.reason()).as("seed %s, round %s", seed, round).isEqualTo("maintenance");
			}
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 3, 10 })
	@Tag("T6")
	void ofAThousandThreadsAtTheDeadlineOnlyTheTrialsRun(int trialCalls) {
		ManualTime time = new ManualTime();
		try (Gate gate = Gate.at(time,
				(builder) -> builder.maxAttempts(1).trialCalls(trialCalls).successesToClose(trialCalls))) {
			Circuit circuit = gate.circuit();
			circuit.failure("down");
			time.stopTimer();
			gate.advance(Duration.ofSeconds(60));
			gate.events.clear();
			thousandCalls(circuit, trialCalls);
			assertThat(gate.only(StateChanged.class)).extracting(StateChanged::next)
				.containsExactly(CircuitState.HALF_OPEN, CircuitState.CLOSED);
			assertThat(gate.only(ExpiryReached.class)).hasSize(1);
			assertThat(gate.only(BramaEvent.Rejected.class)).hasSize(1_000 - trialCalls);
			assertThat(gate.events).hasSize(1_000 + 3);
		}
	}

	@Test
	@Tag("T6")
	void theTimerAndTheCallersAtTheDeadlineMoveTheCircuitOnce() {
		ManualTime time = new ManualTime();
		try (Gate gate = Gate.at(time, (builder) -> builder.maxAttempts(1).trialCalls(3).trialTimeout(NEVER))) {
			for (int round = 0; round < 20; round++) {
				Circuit circuit = gate.brama.circuit("connection-" + round);
				circuit.failure("down");
				gate.events.clear();
				Crowd callers = Crowd.of(32, (number) -> {
					while (circuit.tryAcquire() == null && circuit.status().state() != CircuitState.HALF_OPEN) {
						Thread.onSpinWait();
					}
				});
				gate.advance(Duration.ofSeconds(60));
				callers.join();
				assertThat(gate.only(StateChanged.class)).extracting(StateChanged::next)
					.containsExactly(CircuitState.HALF_OPEN);
				assertThat(gate.only(ExpiryReached.class)).hasSize(1);
			}
		}
	}

	/** The trials do not end before everybody else has been answered. */
	private static void thousandCalls(Circuit circuit, int trialCalls) {
		AtomicInteger ran = new AtomicInteger();
		AtomicInteger rejected = new AtomicInteger();
		CountDownLatch answered = new CountDownLatch(1_000 - trialCalls);
		Crowd.all(1_000, (number) -> {
			try {
				circuit.run(() -> {
					ran.incrementAndGet();
					Crowd.await(answered);
				});
			}
			catch (CircuitOpenException ex) {
				rejected.incrementAndGet();
				answered.countDown();
			}
		});
		assertThat(ran).hasValue(trialCalls);
		assertThat(rejected).hasValue(1_000 - trialCalls);
		ConnectionStatus.Calls calls = circuit.status().calls();
		assertThat(calls.success()).isEqualTo(trialCalls);
		assertThat(calls.rejected()).isEqualTo(1_000 - trialCalls);
	}

	/** Several threads that call one circuit in every way there is, at random. */
	private static final class Load {

		private static final int THREADS = 4;

		private final long seed = ThreadLocalRandom.current().nextLong();

		private final Brama brama;

		private final Circuit circuit;

		private final int callsPerThread;

		private final LongAdder made = new LongAdder();

		private final Map<HalfOpen, AtomicInteger> trialsInFlight = new ConcurrentHashMap<>();

		private final Set<Period> periods = ConcurrentHashMap.newKeySet();

		private final List<StateChanged> changes = Collections.synchronizedList(new ArrayList<>());

		private final AtomicInteger expiriesReached = new AtomicInteger();

		private final AtomicInteger tooManyTrials = new AtomicInteger();

		private final ReentrantLock turn = new ReentrantLock();

		private Runnable meanwhile = () -> {
		};

		private int commands;

		Load(Brama brama, int callsPerThread) {
			this.brama = brama;
			this.callsPerThread = callsPerThread;
			brama.subscribe(EventFilter.types(BramaEvent.Type.STATE_CHANGE),
					(event) -> this.changes.add((StateChanged) event));
			brama.subscribe(EventFilter.types(BramaEvent.Type.EXPIRY_REACHED),
					(event) -> this.expiriesReached.incrementAndGet());
			this.circuit = brama.register("payment-api");
			this.periods.add(this.circuit.breaker().period());
		}

		/**
		 * Let the threads call, and do something meanwhile, again and again but once at a
		 * time.
		 */
		void run(Runnable meanwhile) {
			this.meanwhile = meanwhile;
			SplittableRandom seeds = new SplittableRandom(this.seed);
			SplittableRandom[] randoms = new SplittableRandom[THREADS];
			for (int i = 0; i < THREADS; i++) {
				randoms[i] = seeds.split();
			}
			Crowd callers = Crowd.of(THREADS, (number) -> calls(randoms[number]));
			while (callers.isBusy()) {
				goOn();
			}
			callers.join();
		}

		private void goOn() {
			if (this.turn.tryLock()) {
				try {
					this.meanwhile.run();
				}
				finally {
					this.turn.unlock();
				}
			}
		}

		private void calls(SplittableRandom random) throws Exception {
			List<Held> held = new ArrayList<>();
			boolean well = true;
			for (int i = 0; i < this.callsPerThread; i++) {
				if (random.nextInt(16) == 0) {
					well = random.nextBoolean();
				}
				Outcome outcome = outcome(random, well);
				switch (random.nextInt(5)) {
					case 0 -> call(outcome);
					case 1 -> callAsync(outcome);
					case 2 -> report(outcome);
					default -> hold(held, outcome, random);
				}
				this.made.increment();
				this.periods.add(this.circuit.breaker().period());
			}
			held.forEach(this::settle);
		}

		private Outcome outcome(SplittableRandom random, boolean well) {
			int dice = random.nextInt(10);
			return (dice == 0) ? Outcome.ignored()
					: ((well == (dice < 9)) ? Outcome.success() : Outcome.failure("down"));
		}

		private void call(Outcome outcome) throws Exception {
			this.circuit.call(() -> outcome, (result, error) -> outcome, (rejected) -> {
				goOn();
				return outcome;
			});
		}

		private void callAsync(Outcome outcome) {
			CompletableFuture<Outcome> call = new CompletableFuture<>();
			CompletableFuture<Outcome> guarded = this.circuit.callAsync(() -> call,
					(outcome == Outcome.ignored()) ? IGNORE : (result, error) -> outcome);
			call.complete(outcome);
			assertThat(guarded).as(toString()).isDone();
		}

		private void report(Outcome outcome) {
			this.circuit.report(outcome);
		}

		/** Make a call that ends some time later, perhaps in another period. */
		private void hold(List<Held> held, Outcome outcome, SplittableRandom random) {
			Admission leave = this.circuit.breaker()
				.traffic()
				.admit(this.circuit.breaker(), this.circuit.breaker().now());
			if (leave.isGranted()) {
				if (leave instanceof Trial trial) {
					AtomicInteger inFlight = this.trialsInFlight.computeIfAbsent(trial.period(),
							(period) -> new AtomicInteger());
					if (inFlight.incrementAndGet() > trial.period().config().trialCalls()) {
						this.tooManyTrials.incrementAndGet();
					}
				}
				held.add(new Held(leave, outcome));
			}
			else {
				goOn();
			}
			while (!held.isEmpty() && (held.size() > 8 || random.nextBoolean())) {
				settle(held.remove(random.nextInt(held.size())));
			}
		}

		private void settle(Held call) {
			if (call.leave instanceof Trial trial) {
				this.trialsInFlight.get(trial.period()).decrementAndGet();
			}
			this.circuit.breaker().traffic().settle(call.leave, call.outcome, Permit.NOT_MEASURED);
		}

		/** Give one of the commands that keep the totals. */
		void command(int kind) {
			Command command = because("drill").by("ops");
			switch (kind) {
				case 0 -> this.circuit.open(command);
				case 1 -> this.circuit.open(command.forDuration(Duration.ofMillis(3)));
				case 2 -> this.circuit.halfOpen(command);
				default -> this.circuit.close(command);
			}
			this.commands++;
		}

		long byCause(TransitionCause cause) {
			return this.changes.stream().filter((change) -> change.cause() == cause).count();
		}

		/** See what must be true of any run. */
		void verify() {
			this.circuit.close(because("the end"));
			this.commands++;
			await().until(() -> !this.changes.isEmpty()
					&& "the end".equals(this.changes.get(this.changes.size() - 1).reason()));
			this.brama.close();
			verifyChanges();
			ConnectionStatus.Calls calls = this.circuit.status().calls();
			assertThat(calls.total()).as("%s: %s", this, calls).isEqualTo(this.made.sum());
			assertThat(calls.success()).as(toString()).isPositive();
			assertThat(calls.failure()).as(toString()).isPositive();
			assertThat(calls.ignored()).as(toString()).isPositive();
			assertThat(calls.rejected()).as(toString()).isPositive();
			assertThat(calls.late()).as(toString()).isPositive();
			assertThat(this.tooManyTrials).as(toString()).hasValue(0);
		}

		private void verifyChanges() {
			CircuitState state = CircuitState.CLOSED;
			long sequence = 0;
			for (StateChanged change : this.changes) {
				if (change.previous() != state || change.sequence() <= sequence
						|| (change.next() == state && change.cause() != TransitionCause.OPERATOR)) {
					throw new AssertionError(this + ": after " + state + " came " + change);
				}
				state = change.next();
				sequence = change.sequence();
			}
			assertThat(byCause(TransitionCause.EXPIRY_REACHED)).as(toString()).isEqualTo(this.expiriesReached.get());
			assertThat(byCause(TransitionCause.CONSECUTIVE_FAILURES)).as(toString()).isPositive();
			assertThat(byCause(TransitionCause.TRIALS_SUCCEEDED)).as(toString()).isPositive();
			assertThat(byCause(TransitionCause.TRIALS_FAILED)).as(toString()).isPositive();
			assertThat(this.periods.size()).as("periods seen, %s", this).isLessThanOrEqualTo(this.changes.size() + 1);
		}

		@Override
		public String toString() {
			return "seed " + this.seed + ", " + this.changes.size() + " changes";
		}

		/** A call under way. */
		private record Held(Admission leave, Outcome outcome) {
		}

	}

}
