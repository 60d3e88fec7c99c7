package io.brama;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.brama.BramaEvent.StateChanged;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.api.extension.ExtendWith;

import static io.brama.Command.because;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * What becomes of a circuit and of its events when a thread does not come to the end of
 * what it began, or cannot be had, or is overtaken by a change of the rules.
 */
@ExtendWith(Silence.class)
class PartialFailureTests {

	private static final Duration EXPIRY = Duration.ofSeconds(10);

	private final Interruptible time = new Interruptible();

	private final Brama brama = Brama.builder()
		.timeSource(this.time)
		.delivery(Delivery.DIRECT)
		.maxAttempts(2)
		.expiry(EXPIRY)
		.build();

	private final Circuit circuit = this.brama.circuit("payment-api");

	private final List<StateChanged> changes = new CopyOnWriteArrayList<>();

	@AfterEach
	void close() {
		this.brama.close();
	}

	@Test
	@Tag("T9")
	void aDecisionWhoseThreadDiesIsCarriedOutByTheNextCall() {
		decideAndDie();
		assertThat(this.circuit.tryAcquire()).isNull();
		assertReopenedOnce();
	}

	@Test
	@Tag("T2")
	void aDecisionWhoseThreadDiesIsCarriedOutByTheTimer() {
		decideAndDie();
		this.time.manual.advance(EXPIRY);
		assertReopenedOnce();
	}

	@Test
	void aDecisionWhoseThreadDiesIsCarriedOutByTheNextReport() {
		decideAndDie();
		assertThat(this.circuit.success()).isEqualTo(Permit.Settlement.LATE);
		assertReopenedOnce();
	}

	@Test
	void aFailureWhoseThreadDiesBeforeTheCircuitOpensIsStillCounted() {
		this.circuit.failure("down");
		this.time.dies.set(true);
		assertThatThrownBy(() -> this.circuit.failure("down")).isInstanceOf(StackOverflowError.class);
		this.circuit.failure("down");
		assertThat(this.circuit.status().state()).isEqualTo(CircuitState.OPEN);
		assertThat(this.circuit.status().failureCount()).isEqualTo(3);
	}

	@Test
	void aTransitionWhoseThreadDiesWhileItIsToldIsComplete() {
		this.brama.subscribe(EventFilter.types(BramaEvent.Type.STATE_CHANGE), (event) -> {
			throw new StackOverflowError();
		});
		listen();
		Gate.trip(this.circuit);
		this.time.manual.advance(EXPIRY);
		assertThat(this.changes).extracting(StateChanged::next)
			.containsExactly(CircuitState.OPEN, CircuitState.HALF_OPEN);
	}

	@Test
	void eventsWaitForAThreadThatCanNotBeHad() {
		ThreadPoolExecutor threads = Dispatcher.daemon();
		Dispatcher dispatcher = new Dispatcher(threads);
		AtomicInteger refused = new AtomicInteger();
		List<String> heard = new CopyOnWriteArrayList<>();
		dispatcher.subscribe(EventFilter.all(),
				(event) -> heard.add(event.sequence() + event.connection().identifier()));
		threads.setThreadFactory((task) -> {
			refused.incrementAndGet();
			throw new OutOfMemoryError("unable to create native thread");
		});
		offer(dispatcher, "a");
		offer(dispatcher, "b");
		assertThat(refused).hasValue(2);
		assertThat(heard).isEmpty();
		threads.setThreadFactory(Thread::new);
		offer(dispatcher, "c");
		await().until(() -> heard.size() == 3);
		assertThat(heard).containsExactly("1a", "2b", "3c");
		dispatcher.close();
	}

	@ParameterizedTest
	@EnumSource(Delivery.class)
	void anEventThatCanNotBeMadeTakesNoOtherWithIt(Delivery delivery) {
		Dispatcher dispatcher = new Dispatcher(delivery);
		List<String> heard = new CopyOnWriteArrayList<>();
		dispatcher.subscribe(EventFilter.all(),
				(event) -> heard.add(event.sequence() + event.connection().identifier()));
		dispatcher.offer(BramaEvent.Type.UNREGISTERED, (number) -> {
			throw new OutOfMemoryError("Java heap space");
		});
		dispatcher.flush();
		await().until(() -> dispatcher.dropped() == 1);
		offer(dispatcher, "a");
		offer(dispatcher, "b");
		await().untilAsserted(() -> assertThat(heard).containsExactly("1a", "2b"));
		dispatcher.close();
	}

	@Test
	@Tag("T53")
	void aCircuitThatIsPutWhileTheRulesChangeGoesByTheNewOnes() {
		this.time.meanwhile = () -> this.brama.configure((options) -> options.maxAttempts(7));
		assertThat(this.brama.circuit("other").status().config().maxAttempts()).isEqualTo(7);
	}

	@Test
	void aCircuitThatIsRegisteredWhileTheRulesChangeKeepsItsOwn() {
		this.time.meanwhile = () -> this.brama.configure((options) -> options.maxAttempts(7).trialCalls(3));
		Circuit other = this.brama.register("other", (options) -> options.maxAttempts(4));
		assertThat(other.status().config().maxAttempts()).isEqualTo(4);
		assertThat(other.status().config().trialCalls()).isEqualTo(3);
	}

	/** Let a trial fail, and its thread die between the decision and the transition. */
	private void decideAndDie() {
		this.circuit.halfOpen(because("try now"));
		Permit trial = this.circuit.acquire();
		listen();
		this.time.dies.set(true);
		assertThatThrownBy(() -> trial.failure("down")).isInstanceOf(StackOverflowError.class);
		assertThat(this.circuit.status().state()).isEqualTo(CircuitState.HALF_OPEN);
		assertThat(this.circuit.isAvailable()).isFalse();
	}

	private void assertReopenedOnce() {
		assertThat(this.changes).singleElement()
			.extracting(StateChanged::previous, StateChanged::next, StateChanged::cause, StateChanged::reason)
			.containsExactly(CircuitState.HALF_OPEN, CircuitState.OPEN, TransitionCause.TRIALS_FAILED, "down");
		assertThat(this.circuit.status().remainingOpenTime()).isEqualTo(EXPIRY);
	}

	private void listen() {
		this.brama.subscribe(EventFilter.types(BramaEvent.Type.STATE_CHANGE),
				(event) -> this.changes.add((StateChanged) event));
	}

	private static void offer(Dispatcher dispatcher, String name) {
		dispatcher.offer(BramaEvent.Type.UNREGISTERED,
				(number) -> new BramaEvent.Unregistered(ManualTime.START, ConnectionId.of(name), number));
		dispatcher.flush();
	}

	/** A time that kills the thread that asks for it, or does something else, once. */
	private static final class Interruptible implements TimeSource {

		private final ManualTime manual = new ManualTime();

		private final AtomicBoolean dies = new AtomicBoolean();

		private Runnable meanwhile = () -> {
		};

		@Override
		public long nanoTime() {
			Runnable once = this.meanwhile;
			this.meanwhile = () -> {
			};
			once.run();
			return this.manual.nanoTime();
		}

		@Override
		public Instant instant() {
			if (this.dies.getAndSet(false)) {
				throw new StackOverflowError();
			}
			return this.manual.instant();
		}

		@Override
		public Timer newTimer() {
			return this.manual.newTimer();
		}

	}

	@Test
	void aTimerWithoutAThreadKeepsNoResultFromItsCaller() throws Exception {
		try (Brama real = Brama.builder().timeSource(new NoThreads()).maxAttempts(1).expiry(EXPIRY).build()) {
			Circuit guarded = real.circuit("payment-api");
			assertThat(guarded.call(() -> "a result")).isEqualTo("a result");
			assertThatThrownBy(() -> guarded.call(() -> {
				throw new IllegalStateException("down");
			})).isInstanceOf(IllegalStateException.class);
			assertThat(guarded.status().state()).isEqualTo(CircuitState.OPEN);
		}
	}

	/** Time whose timer cannot start a thread. */
	private static final class NoThreads implements TimeSource {

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
					throw new OutOfMemoryError("unable to create native thread");
				}

				@Override
				public void close() {
				}

			};
		}

	}

}
