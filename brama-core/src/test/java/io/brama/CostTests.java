package io.brama;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import com.sun.management.ThreadMXBean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a call costs, counted in readings of the clock and in bytes; both are exact, on
 * any machine.
 */
class CostTests {

	private static final int CALLS = 1_000;

	private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	private final CountedTime time = new CountedTime();

	private final Brama brama = Brama.builder().timeSource(this.time).build();

	private final Callable<String> task = () -> "good";

	private final Circuit circuit = this.brama.register("payment-api");

	@BeforeEach
	void forgetTheRegistration() {
		this.time.readings = 0;
	}

	@AfterEach
	void close() {
		this.brama.close();
	}

	@Test
	void aSuccessReadsNoClock() throws Exception {
		this.circuit.call(this.task);
		assertThat(this.time.readings).isZero();
	}

	@Test
	void aSuccessInAWindowOfCallsReadsNoClock() throws Exception {
		Circuit watched = register((options) -> options.failureRate(50).window(100));
		watched.call(this.task);
		assertThat(this.time.readings).isZero();
	}

	@Test
	void aSuccessInAWindowOfTimeReadsTheClockOnce() throws Exception {
		Circuit watched = register((options) -> options.failureRate(50).window(Duration.ofSeconds(10)));
		watched.call(this.task);
		assertThat(this.time.readings).isOne();
	}

	@Test
	void aSuccessInABusyWindowOfTimeReadsNoClock() {
		Circuit watched = register((options) -> options.failureRate(50).window(Duration.ofSeconds(10)));
		repeat(() -> call(watched));
		this.time.now += Duration.ofSeconds(1).toNanos();
		call(watched);
		this.time.readings = 0;
		repeat(() -> call(watched));
		assertThat(this.time.readings).isZero();
	}

	@Test
	void aSuccessThatMayBeSlowReadsTheClockTwice() throws Exception {
		Circuit watched = register((options) -> options.slowCallDuration(Duration.ofSeconds(1)).slowCallRate(50));
		watched.call(this.task);
		assertThat(this.time.readings).isEqualTo(2);
	}

	@Test
	void aFailureReadsEachClockOnce() {
		this.circuit.failure("down");
		assertThat(this.time.readings).isEqualTo(2);
	}

	@Test
	void aRejectionReadsTheClockOnce() {
		open();
		rejected();
		assertThat(this.time.readings).isOne();
	}

	@Test
	void aRefusedPermitReadsTheClockOnce() {
		open();
		assertThat(this.circuit.tryAcquire()).isNull();
		assertThat(this.time.readings).isOne();
	}

	@Test
	void aSuccessAllocatesNothing() {
		assertThat(bytesPerCall(this::call)).isZero();
	}

	@Test
	void aSuccessInAWindowAllocatesNothing() {
		Circuit watched = register((options) -> options.failureRate(50).window(100));
		assertThat(bytesPerCall(() -> call(watched))).isZero();
	}

	@Test
	void aTimedSuccessAllocatesNothing() {
		Circuit watched = register((options) -> options.slowCallDuration(Duration.ofSeconds(1)).slowCallRate(50));
		assertThat(bytesPerCall(() -> call(watched))).isZero();
	}

	@Test
	void aRefusedPermitAllocatesNothing() {
		open();
		assertThat(bytesPerCall(this.circuit::tryAcquire)).isZero();
	}

	@Test
	void aRejectionAllocatesItsExceptionOnly() {
		open();
		assertThat(bytesPerCall(this::rejected)).isPositive().isLessThanOrEqualTo(64);
	}

	@Test
	void aPermitIsAllThatIsAllocatedForIt() {
		assertThat(bytesPerCall(() -> this.circuit.acquire().success())).isPositive().isLessThanOrEqualTo(32);
	}

	private Circuit register(Consumer<? super CircuitConfig.Builder> options) {
		Circuit watched = this.brama.register("watched", options);
		this.time.readings = 0;
		return watched;
	}

	private void open() {
		this.circuit.open(Command.because("a test"));
		this.time.readings = 0;
	}

	private void call() {
		call(this.circuit);
	}

	@Test
	void aSuccessInABusyWindowOfTimeAllocatesNothing() {
		Circuit watched = register((options) -> options.failureRate(50).window(Duration.ofSeconds(10)));
		assertThat(bytesPerCall(() -> call(watched))).isZero();
	}

	@Test
	void aFailureAllocatesWhatIsKeptOfIt() {
		Circuit tolerant = register((options) -> options.maxAttempts(1_000_000));
		Outcome failure = Outcome.failure("down");
		assertThat(bytesPerCall(() -> tolerant.report(failure))).isPositive().isLessThanOrEqualTo(64);
	}

	@Test
	void toAskAndReportByNameAllocatesNothingAndReadsNoClock() {
		assertThat(bytesPerCall(() -> {
			if (!this.brama.isAvailable("payment-api") || !this.brama.success("payment-api")) {
				throw new IllegalStateException("the circuit is not closed");
			}
		})).isZero();
		assertThat(this.time.readings).isZero();
	}

	/** Who changes or reads a circuit holds these. */
	@Test
	void aSuccessWaitsForNobody() throws Exception {
		Circuit watched = register((options) -> options.failureRate(50).window(100));
		for (Circuit called : List.of(this.circuit, watched)) {
			repeat(() -> call(called));
			Breaker breaker = called.breaker();
			synchronized (breaker) {
				synchronized (breaker.period()) {
					synchronized (breaker.period().ledger()) {
						assertThat(CompletableFuture.runAsync(() -> call(called)))
							.succeedsWithin(Duration.ofSeconds(30));
					}
				}
			}
		}
	}

	private void call(Circuit called) {
		try {
			called.call(this.task);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private @Nullable CircuitOpenException rejected() {
		try {
			this.circuit.call(this.task);
			return null;
		}
		catch (Exception ex) {
			return (CircuitOpenException) ex;
		}
	}

	/** After enough calls that everything is loaded and made that is made once. */
	private double bytesPerCall(Runnable call) {
		repeat(call);
		repeat(call);
		long before = this.threads.getCurrentThreadAllocatedBytes();
		repeat(call);
		return (double) (this.threads.getCurrentThreadAllocatedBytes() - before) / CALLS;
	}

	private static void repeat(Runnable call) {
		for (int i = 0; i < CALLS; i++) {
			call.run();
		}
	}

	/** A time that stands still until told and counts who asks for it. */
	private static final class CountedTime implements TimeSource {

		private int readings;

		private long now;

		@Override
		public long nanoTime() {
			this.readings++;
			return this.now;
		}

		@Override
		public Instant instant() {
			this.readings++;
			return Instant.EPOCH;
		}

		/** One that never wakes anybody. */
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
