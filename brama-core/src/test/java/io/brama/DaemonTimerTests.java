package io.brama;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static io.brama.Command.because;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * The one real timer thread, and what it does without traffic.
 */
class DaemonTimerTests {

	private final Set<Thread> before = threads();

	private final DaemonTimer timer = new DaemonTimer();

	@AfterEach
	void close() {
		this.timer.close();
	}

	private static Set<Thread> threads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().equals("brama-timer"))
			.collect(Collectors.toSet());
	}

	private Set<Thread> newThreads() {
		Set<Thread> threads = threads();
		threads.removeAll(this.before);
		return threads;
	}

	private Thread threadOf(TimeSource.Timer timer) {
		CompletableFuture<Thread> thread = new CompletableFuture<>();
		timer.schedule(Duration.ZERO, () -> thread.complete(Thread.currentThread()));
		return thread.orTimeout(30, TimeUnit.SECONDS).join();
	}

	@Test
	void theThreadStartsWithTheFirstTask() {
		assertThat(newThreads()).isEmpty();
		Thread thread = threadOf(this.timer);
		assertThat(newThreads()).containsExactly(thread);
	}

	@Test
	void thereIsOneThreadForAllTasksAndItIsADaemon() {
		Thread thread = threadOf(this.timer);
		assertThat(thread.isDaemon()).isTrue();
		assertThat(thread.getName()).isEqualTo("brama-timer");
		assertThat(threadOf(this.timer)).isSameAs(thread);
	}

	@Test
	void theThreadEndsWithTheTimer() {
		Thread thread = threadOf(this.timer);
		this.timer.schedule(Duration.ofDays(36525), () -> {
		});
		this.timer.close();
		await().until(() -> !thread.isAlive());
	}

	@Test
	void aTaskScheduledAfterTheEndIsRefused() {
		this.timer.close();
		CountDownLatch ran = new CountDownLatch(1);
		assertThatExceptionOfType(RejectedExecutionException.class)
			.isThrownBy(() -> this.timer.schedule(Duration.ZERO, ran::countDown));
		assertThat(ran.getCount()).isOne();
		assertThat(newThreads()).isEmpty();
	}

	@Test
	void aTaskThatThrowsHarmsNoOther() {
		this.timer.schedule(Duration.ZERO, () -> {
			throw new IllegalStateException("on purpose");
		});
		assertThat(threadOf(this.timer).isAlive()).isTrue();
	}

	@Test
	void aTaskTakenBackDoesNotRun() {
		CountDownLatch gate = new CountDownLatch(1);
		CountDownLatch ran = new CountDownLatch(1);
		this.timer.schedule(Duration.ZERO, () -> Crowd.await(gate));
		TimeSource.Alarm alarm = this.timer.schedule(Duration.ZERO, ran::countDown);
		alarm.cancel();
		gate.countDown();
		threadOf(this.timer);
		assertThat(ran.getCount()).isOne();
	}

	@Test
	@Tag("T41")
	void withoutTrafficAnOpeningBecomesHalfOpenByItself() {
		try (Brama brama = Brama.builder().maxAttempts(1).expiry(Duration.ofMillis(200)).build()) {
			Circuit circuit = brama.register("payment-api");
			circuit.failure("down");
			assertThat(circuit.status().openedAt()).isNotNull();
			await().until(() -> circuit.status().state() == CircuitState.HALF_OPEN);
			assertThat(circuit.status().cause()).isEqualTo(TransitionCause.EXPIRY_REACHED);
		}
	}

	@Test
	@Tag("T2")
	void withoutTrafficATrialThatNeverEndsFailsByItself() {
		try (Brama brama = Brama.builder().trialTimeout(Duration.ofMillis(50)).build()) {
			Circuit circuit = brama.register("payment-api");
			circuit.halfOpen(because("a look"));
			circuit.acquire();
			await().until(() -> circuit.status().state() == CircuitState.OPEN);
			assertThat(circuit.status().cause()).isEqualTo(TransitionCause.TRIAL_TIMED_OUT);
		}
	}

	@Test
	void withoutTrafficAnIdleCircuitIsRemovedByItself() {
		try (Brama brama = Brama.builder()
			.cleanupInterval(Duration.ofMillis(20))
			.inactiveThreshold(Duration.ofMillis(50))
			.build()) {
			brama.register("payment-api");
			await().until(() -> brama.all().isEmpty());
		}
	}

	@Test
	void aGateThatGuardsNothingHasNoTimerThread() {
		try (Brama brama = Brama.create()) {
			assertThat(brama.all()).isEmpty();
			assertThat(newThreads()).isEmpty();
		}
	}

	@Test
	void closingTheGateEndsItsTimerThread() {
		Brama brama = Brama.create();
		Circuit circuit = brama.register("payment-api");
		assertThat(newThreads()).hasSize(1);
		brama.close();
		await().until(() -> newThreads().isEmpty());
		assertThat(circuit.get(() -> "still guarded")).isEqualTo("still guarded");
	}

}
