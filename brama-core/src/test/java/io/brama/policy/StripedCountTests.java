package io.brama.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Counting by many threads, and the end of it.
 */
class StripedCountTests {

	private final StripedCount count = new StripedCount();

	@Test
	void countsUpFromZero() {
		assertThat(this.count.sum()).isZero();
		assertThat(this.count.increment()).isTrue();
		assertThat(this.count.increment()).isTrue();
		assertThat(this.count.sum()).isEqualTo(2);
	}

	@Test
	void refusesWhatComesAfterTheEndAndKeepsItsSum() {
		this.count.increment();
		assertThat(this.count.end()).isEqualTo(1);
		assertThat(this.count.increment()).isFalse();
		assertThat(this.count.sum()).isEqualTo(1);
		assertThat(this.count.end()).isEqualTo(1);
	}

	@Test
	void countsEachCallOfManyThreadsOnce() throws Exception {
		List<Long> counted = inThreads(() -> {
			for (int i = 0; i < 100_000; i++) {
				assertThat(this.count.increment()).isTrue();
			}
			return 100_000L;
		});
		assertThat(this.count.sum()).isEqualTo(sum(counted));
		assertThat(this.count.end()).isEqualTo(sum(counted));
		assertThat(this.count.sum()).isEqualTo(sum(counted));
	}

	@Test
	void countsBeforeItsEndOrRefusesWhatManyThreadsBring() throws Exception {
		for (int round = 0; round < 100; round++) {
			StripedCount count = new StripedCount();
			int least = round * 20;
			Thread end = new Thread(() -> {
				while (count.sum() < least) {
					Thread.onSpinWait();
				}
				count.end();
			});
			end.start();
			List<Long> counted = inThreads(() -> {
				long calls = 0;
				while (calls < 10_000_000 && count.increment()) {
					calls++;
				}
				return calls;
			});
			end.join();
			assertThat(count.sum()).as("round %s", round).isEqualTo(sum(counted)).isGreaterThanOrEqualTo(least);
		}
	}

	private static long sum(List<Long> counted) {
		return counted.stream().mapToLong(Long::longValue).sum();
	}

	private static List<Long> inThreads(Callable<Long> work) throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(4);
		try {
			List<Long> results = new ArrayList<>();
			for (Future<Long> result : threads.invokeAll(List.of(work, work, work, work))) {
				results.add(result.get());
			}
			return results;
		}
		finally {
			threads.shutdown();
		}
	}

}
