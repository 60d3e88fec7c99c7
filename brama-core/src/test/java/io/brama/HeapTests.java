package io.brama;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What is left of a hundred thousand connections that came and went: nothing.
 */
@Tag("T55")
@ExtendWith(Silence.class)
class HeapTests {

	private static final int CONNECTIONS = 100_000;

	private static final long MEGABYTE = 1024 * 1024;

	@Test
	void nothingRemainsOfConnectionsThatWereEvicted() {
		ManualTime time = new ManualTime();
		try (Brama brama = Brama.builder()
			.timeSource(time)
			.delivery(Delivery.DIRECT)
			.maxAttempts(2)
			.failureRate(100)
			.expiry(Duration.ofSeconds(10))
			.cleanupInterval(Duration.ofHours(1))
			.build()) {
			useMany(brama, time, 1000);
			time.advance(Duration.ofHours(25));
			long before = usedMemory();
			List<WeakReference<Circuit>> witnesses = useMany(brama, time, CONNECTIONS);
			assertThat(brama.all()).hasSize(CONNECTIONS);
			time.advance(Duration.ofHours(25));
			assertThat(brama.all()).isEmpty();
			assertThat(time.waitingTasks()).as("timer tasks").isZero();
			await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
				System.gc();
				assertThat(witnesses).allMatch((witness) -> witness.get() == null);
			});
			assertThat(usedMemory() - before).as("bytes left").isLessThan(8 * MEGABYTE);
		}
	}

	@Test
	void roomMadeForOthersLeavesNothingBehindEither() {
		ManualTime time = new ManualTime();
		try (Brama brama = Brama.builder()
			.timeSource(time)
			.delivery(Delivery.DIRECT)
			.maxConnections(1000)
			.cleanupInterval(Duration.ofHours(1))
			.build()) {
			for (int i = 0; i < CONNECTIONS; i++) {
				brama.circuit("tenant-" + i).success();
				time.advance(Duration.ofMillis(1));
			}
			assertThat(brama.all()).hasSizeLessThanOrEqualTo(1000);
			assertThat(brama.unguardedCalls()).isZero();
			assertThat(time.waitingTasks()).as("timer tasks").isLessThanOrEqualTo(1);
		}
	}

	/**
	 * Use connections in all ways: well, failing, and open and recovered.
	 * @return every hundredth circuit, weakly
	 */
	private static List<WeakReference<Circuit>> useMany(Brama brama, ManualTime time, int connections) {
		List<WeakReference<Circuit>> witnesses = new ArrayList<>();
		for (int i = 0; i < connections; i++) {
			Circuit circuit = brama.circuit("tenant-" + i);
			circuit.success();
			if (i % 3 == 0) {
				circuit.failure("down");
			}
			if (i % 100 == 0) {
				circuit.failure("down");
				circuit.failure("down");
				witnesses.add(new WeakReference<>(circuit));
			}
		}
		time.advance(Duration.ofSeconds(10));
		for (int i = 0; i < connections; i += 100) {
			brama.circuit("tenant-" + i).success();
		}
		return witnesses;
	}

	private static long usedMemory() {
		System.gc();
		Runtime runtime = Runtime.getRuntime();
		return runtime.totalMemory() - runtime.freeMemory();
	}

}
