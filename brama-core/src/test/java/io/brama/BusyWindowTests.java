package io.brama;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static io.brama.Command.because;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Windows of time that take many calls are turned by an alarm, so that a success need not
 * read the clock. Nobody notices, whatever becomes of the alarm.
 */
class BusyWindowTests {

	private final ManualTime time = new ManualTime(1_000_000);

	private Brama brama = brama(this.time);

	private static Brama brama(TimeSource time) {
		return Brama.builder().timeSource(time).delivery(Delivery.DIRECT).build();
	}

	@AfterEach
	void close() {
		this.brama.close();
	}

	@Test
	void itForgetsInTime() {
		Circuit busy = busy();
		this.time.advance(Duration.ofSeconds(9));
		assertThat(calls(busy)).isEqualTo(1000);
		this.time.advance(Duration.ofSeconds(1));
		assertThat(calls(busy)).isZero();
	}

	@Test
	void aCallAfterAPauseIsOfItsOwnTime() {
		assertThatCallsAreOfTheirTime(busy());
	}

	@Test
	void aCallIsOfItsTimeWithoutAThreadForTheTimer() {
		this.brama = brama(new Threadless(this.time));
		assertThatCallsAreOfTheirTime(busy());
	}

	@Test
	void aCallIsOfItsTimeWhenTheGateHasEnded() {
		Circuit busy = busy();
		this.brama.close();
		assertThatCallsAreOfTheirTime(busy);
	}

	private void assertThatCallsAreOfTheirTime(Circuit busy) {
		this.time.advance(Duration.ofSeconds(5));
		repeat(10, () -> busy.acquire().success());
		this.time.advance(Duration.ofSeconds(5));
		assertThat(calls(busy)).isEqualTo(10);
	}

	@Test
	void itForgetsNothingTooEarlyWhenTheTimerIsStarved() {
		Circuit busy = busy();
		this.time.stopTimer();
		this.time.advance(Duration.ofMinutes(1));
		repeat(1000, () -> busy.acquire().success());
		repeat(100, () -> busy.acquire().failure("down"));
		assertThat(busy.status().state()).as("one of ten failed").isEqualTo(CircuitState.CLOSED);
		this.time.advance(Duration.ofSeconds(10));
		repeat(20, () -> busy.acquire().failure("down"));
		assertThat(busy.status().state()).isEqualTo(CircuitState.OPEN);
	}

	@Test
	void theSuccessThatReachesTheMinimumSaysHowManyFailed() {
		Circuit busy = register((options) -> options.failureRate(60).window(Duration.ofSeconds(10)).minimumCalls(1000));
		for (int call = 0; call < 1000; call++) {
			if (call % 300 == 299) {
				this.time.advance(Duration.ofSeconds(1));
			}
			Permit permit = busy.acquire();
			boolean taken = (call % 3 == 0) ? permit.success() == Permit.Settlement.RECORDED
					: permit.failure("down") == Permit.Settlement.RECORDED;
			assertThat(taken).isTrue();
		}
		assertThat(busy.status().reason()).isEqualTo("666 of 1000 calls failed");
	}

	@Test
	void theAlarmGoesWithTheCircuit() {
		int others = this.time.waitingTasks() + 1; // the cleanup
		Circuit busy = busy();
		assertThat(this.time.waitingTasks()).isEqualTo(others + 1);
		assertThat(this.brama.unregister("busy")).isTrue();
		assertThat(this.time.waitingTasks()).isEqualTo(others);
		assertThat(busy.status().state()).isNotEqualTo(CircuitState.OPEN);
	}

	@Test
	void theAlarmGoesWithTheWindow() {
		Circuit busy = busy();
		int waiting = this.time.waitingTasks();
		busy.configure(because("another window"), (options) -> options.window(100));
		assertThat(this.time.waitingTasks()).isEqualTo(waiting - 1);
	}

	@Test
	void whereCallsAreTimedAnywayThereIsNoAlarm() {
		this.brama = Brama.builder().timeSource(this.time).measureDurations(true).build();
		busy();
		assertThat(this.time.waitingTasks()).as("the cleanup").isOne();
	}

	/** A thousand calls in this second and as many in the last. */
	private Circuit busy() {
		Circuit busy = register((options) -> options.failureRate(50).window(Duration.ofSeconds(10)));
		repeat(1000, () -> busy.acquire().success());
		this.time.advance(Duration.ofSeconds(1));
		repeat(1000, () -> busy.acquire().success());
		return busy;
	}

	private Circuit register(Consumer<CircuitConfig.Builder> options) {
		return this.brama.register("busy", (builder) -> options.accept(builder.unlimitedAttempts()));
	}

	private static long calls(Circuit circuit) {
		return requireNonNull(circuit.status().window()).calls();
	}

	private static void repeat(int times, Runnable what) {
		for (int i = 0; i < times; i++) {
			what.run();
		}
	}

	/** A time without threads for timers. */
	private record Threadless(TimeSource time) implements TimeSource {

		@Override
		public long nanoTime() {
			return this.time.nanoTime();
		}

		@Override
		public Instant instant() {
			return this.time.instant();
		}

		@Override
		public Timer newTimer() {
			return new Timer() {

				@Override
				public Alarm schedule(Duration delay, Runnable task) {
					throw new RejectedExecutionException("no thread");
				}

				@Override
				public void close() {
				}

			};
		}

	}

}
