package io.brama.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Counting by many threads, and the end of it; before and after threads have met.
 */
class StripedCountTests {

	@Test
	void isZeroUntilTheFirstCall() {
		StripedCount count = new StripedCount();
		assertThat(count.isZero()).isTrue();
		assertThat(count.sum()).isZero();
		count.increment();
		assertThat(count.isZero()).isFalse();
		count.end();
		assertThat(count.isZero()).isFalse();
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void countsUp(boolean striped) {
		StripedCount count = one(striped);
		assertThat(count.increment()).isTrue();
		assertThat(count.increment()).isTrue();
		assertThat(count.sum()).isEqualTo(3);
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void refusesWhatComesAfterTheEndAndKeepsItsSum(boolean striped) {
		StripedCount count = one(striped);
		count.increment();
		assertThat(count.end()).isEqualTo(2);
		assertThat(count.increment()).isFalse();
		assertThat(count.sum()).isEqualTo(2);
		assertThat(count.end()).isEqualTo(2);
	}

	@Test
	void threadsThatMeetAfterTheEndAreRefusedAsWell() {
		StripedCount count = one(false);
		count.end();
		count.makeStripes();
		assertThat(count.increment()).isFalse();
		assertThat(count.sum()).isEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void countsEachCallOfManyThreadsOnce(boolean striped) throws Exception {
		StripedCount count = one(striped);
		List<Long> counted = inThreads(() -> {
			for (int i = 0; i < 100_000; i++) {
				assertThat(count.increment()).isTrue();
			}
			return 100_000L;
		});
		assertThat(count.sum()).isEqualTo(1 + sum(counted));
		assertThat(count.end()).isEqualTo(1 + sum(counted));
		assertThat(count.sum()).isEqualTo(1 + sum(counted));
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void countsBeforeItsEndOrRefusesWhatManyThreadsBring(boolean striped) throws Exception {
		for (int round = 0; round < 50; round++) {
			StripedCount count = one(striped);
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
			assertThat(count.sum()).as("round %s", round).isEqualTo(1 + sum(counted)).isGreaterThanOrEqualTo(least);
		}
	}

	/** A count of one call, as it is after threads have met or before. */
	private static StripedCount one(boolean striped) {
		StripedCount count = new StripedCount();
		count.increment();
		if (striped) {
			count.makeStripes();
		}
		return count;
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
