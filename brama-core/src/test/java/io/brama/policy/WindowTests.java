package io.brama.policy;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;

import io.brama.policy.Window.Figures;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The windows against naive ones, and at their edges.
 */
class WindowTests {

	private static final long SECOND = Duration.ofSeconds(1).toNanos();

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5, 6, 7, 8 })
	@Tag("T24")
	@Tag("T25")
	@Tag("T26")
	void aWindowOfCallsEqualsANaiveOneAfterAnySequence(long seed) {
		Random random = new Random(seed);
		for (int round = 0; round < 200; round++) {
			int size = 1 + random.nextInt(30);
			TripPolicy policy = policy(random, WindowSize.of(size), 1 + random.nextInt(size));
			Window window = new CountWindow(policy, new StripedCount());
			Deque<Call> naive = new ArrayDeque<>();
			compare(random, seed, round, policy, window, naive, () -> {
				if (naive.size() > size) {
					naive.removeFirst();
				}
			}, 0);
		}
	}

	@ParameterizedTest
	@ValueSource(longs = { 11, 12, 13, 14, 15, 16, 17, 18 })
	@Tag("T24")
	@Tag("T25")
	@Tag("T26")
	void aWindowOfTimeEqualsANaiveOneAfterAnySequence(long seed) {
		Random random = new Random(seed);
		for (int round = 0; round < 200; round++) {
			Duration duration = Duration.ofNanos(10_000_000 + random.nextInt(1_000_000_000));
			TripPolicy policy = policy(random, WindowSize.of(duration), 1 + random.nextInt(20));
			long origin = random.nextLong();
			Window window = new TimeWindow(policy, duration, new StripedCount(), origin);
			long slice = (duration.toNanos() + 9) / 10;
			long[] elapsed = new long[1];
			Deque<Call> naive = new ArrayDeque<>();
			Runnable age = () -> naive.removeIf((call) -> call.at / slice <= elapsed[0] / slice - 10);
			for (int i = 0; i < 100; i++) {
				elapsed[0] += (random.nextInt(4) == 0) ? random.nextLong(duration.toNanos() * 2)
						: random.nextLong(slice);
				boolean failed = random.nextInt(3) == 0;
				boolean slow = random.nextInt(4) == 0;
				age.run();
				int before = naive.size();
				naive.add(new Call(failed, slow, elapsed[0]));
				Trip expected = judge(policy, naive, before, failed || slow);
				assertThat(window.record(failed, slow, origin + elapsed[0]))
					.as("seed %s, round %s, call %s, %s", seed, round, i, policy)
					.isEqualTo(expected);
				assertThat(window.figures(origin + elapsed[0])).isEqualTo(figures(naive));
			}
		}
	}

	@ParameterizedTest
	@ValueSource(longs = { 31, 32, 33, 34, 35, 36, 37, 38 })
	void aBusyWindowThatIsTurnedInTimeEqualsANaiveOneAndReadsTheTimeOfFewCalls(long seed) {
		Random random = new Random(seed);
		long origin = random.nextLong();
		TripPolicy policy = new TripPolicy(10, Rate.percent(100), null, null, WindowSize.of(Duration.ofSeconds(10)),
				1000);
		Turned window = new Turned(new TimeWindow(policy, Duration.ofSeconds(10), new StripedCount(), origin), origin);
		long[] calls = new long[60];
		long[] failures = new long[60];
		for (long elapsed = 0; elapsed < 60 * SECOND; elapsed += random.nextLong(SECOND / 500)) {
			int slice = (int) (elapsed / SECOND);
			boolean failed = random.nextInt(100) == 0;
			calls[slice]++;
			failures[slice] += failed ? 1 : 0;
			window.record(failed, origin + elapsed);
			if (failed) {
				assertThat(window.window.figures(origin + elapsed)).as("seed %s, at %s", seed, elapsed)
					.isEqualTo(new Figures(lastTen(calls, slice), lastTen(failures, slice), 0));
			}
		}
		assertThat(window.timesRead).isLessThan(LongStream.of(calls).sum() / 10);
	}

	private static long lastTen(long[] slices, int last) {
		return LongStream.of(slices).limit(last + 1L).skip(Math.max(0, last - 9)).sum();
	}

	@Test
	void aWindowOfFewCallsAsksForNoTurns() {
		TimeWindow window = new TimeWindow(policy(50, 4, 4), Duration.ofSeconds(10), new StripedCount(), 0);
		for (long elapsed = 0; elapsed < 30 * SECOND; elapsed += SECOND / 200) {
			window.record(false, false, elapsed);
			assertThat(window.asksForTurns()).isFalse();
		}
		assertThat(window.untilTurn(30 * SECOND)).isEqualTo(Long.MAX_VALUE);
	}

	@Test
	void aTurnThatComesLateTakesNoCallAwayTooEarly() {
		TimeWindow window = turnedFrom(SECOND);
		repeat(499, () -> window.record(false, false, TripCounter.NO_TIME));
		window.turn(5 * SECOND);
		assertThat(window.figures(13 * SECOND).calls()).as("of the time until the turn").isEqualTo(500);
		assertThat(window.figures(14 * SECOND).calls()).isZero();
	}

	@Test
	void aWindowThatIsNotTurnedReadsTheTimeAgain() {
		TimeWindow window = turnedFrom(SECOND);
		assertThat(window.needsTime(false)).isFalse();
		repeat(500, () -> window.record(false, false, TripCounter.NO_TIME));
		window.record(true, false, 3 * SECOND);
		assertThat(window.needsTime(false)).isTrue();
		assertThat(window.untilTurn(3 * SECOND)).isEqualTo(Long.MAX_VALUE);
	}

	@Test
	void aWindowThatIsTurnedAndNotBusyAnyMoreReadsTheTimeAgain() {
		TimeWindow window = turnedFrom(SECOND);
		repeat(254, () -> window.record(false, false, TripCounter.NO_TIME));
		window.turn(2 * SECOND);
		assertThat(window.needsTime(false)).isTrue();
	}

	/** A window that is busy until then and turned from then on. */
	private static TimeWindow turnedFrom(long time) {
		TimeWindow window = new TimeWindow(policy(50, 4, 4), Duration.ofSeconds(10), new StripedCount(), 0);
		repeat(300, () -> window.record(false, false, 0));
		window.record(false, false, time);
		assertThat(window.asksForTurns()).isTrue();
		assertThat(window.untilTurn(time)).isEqualTo(SECOND);
		return window;
	}

	private static void repeat(int times, Runnable what) {
		for (int i = 0; i < times; i++) {
			what.run();
		}
	}

	@ParameterizedTest
	@ValueSource(longs = { 21, 22, 23, 24, 25, 26, 27, 28 })
	@Tag("T26")
	void aWindowWhoseRulesChangeKeepsWhatItCounted(long seed) {
		Random random = new Random(seed);
		for (int round = 0; round < 200; round++) {
			int calls = 1 + random.nextInt(30);
			Duration duration = Duration.ofSeconds(10);
			boolean timed = random.nextBoolean();
			WindowSize size = timed ? WindowSize.of(duration) : WindowSize.of(calls);
			TripPolicy policy = policy(random, size, 1 + random.nextInt(calls));
			Window window = timed ? new TimeWindow(policy, duration, new StripedCount(), 0)
					: new CountWindow(policy, new StripedCount());
			Deque<Call> naive = new ArrayDeque<>();
			Trip trip = null;
			for (int i = 0; i < 100 && trip == null; i++) {
				if (random.nextInt(5) == 0) {
					policy = policy(random, size, 1 + random.nextInt(calls));
					window.adopt(policy);
				}
				trip = recordBoth(random, policy, window, naive, timed ? Integer.MAX_VALUE : calls,
						"seed " + seed + ", round " + round + ", call " + i);
			}
		}
	}

	private static Trip recordBoth(Random random, TripPolicy policy, Window window, Deque<Call> naive, int most,
			String where) {
		boolean failed = random.nextInt(6) == 0;
		boolean slow = random.nextInt(8) == 0;
		int before = naive.size();
		naive.add(new Call(failed, slow, 0));
		if (naive.size() > most) {
			naive.removeFirst();
		}
		Trip expected = judge(policy, naive, before, failed || slow);
		assertThat(window.record(failed, slow, 0)).as("%s, %s", where, policy).isEqualTo(expected);
		if (expected == null && naive.size() >= policy.minimumCalls()) {
			assertThat(window.figures(0)).as("%s, %s", where, policy).isEqualTo(figures(naive));
		}
		return expected;
	}

	private static void compare(Random random, long seed, int round, TripPolicy policy, Window window,
			Deque<Call> naive, Runnable age, long now) {
		for (int i = 0; i < 100; i++) {
			boolean failed = random.nextInt(3) == 0;
			boolean slow = random.nextInt(4) == 0;
			int before = naive.size();
			naive.add(new Call(failed, slow, now));
			age.run();
			Trip expected = judge(policy, naive, before, failed || slow);
			assertThat(window.record(failed, slow, now)).as("seed %s, round %s, call %s, %s", seed, round, i, policy)
				.isEqualTo(expected);
			if (expected != null) {
				return;
			}
			if (naive.size() >= policy.minimumCalls()) {
				assertThat(window.figures(now)).as("seed %s, round %s, call %s, %s", seed, round, i, policy)
					.isEqualTo(figures(naive));
			}
		}
	}

	private static Trip judge(TripPolicy policy, Deque<Call> calls, int before, boolean marked) {
		Figures figures = figures(calls);
		boolean reachesMinimum = before < policy.minimumCalls() && figures.calls() == policy.minimumCalls();
		if (figures.calls() < policy.minimumCalls() || !(marked || reachesMinimum)) {
			return null;
		}
		if (policy.failureRate() != null
				&& figures.failures() * 1_000_000L >= policy.failureRate().millionths() * figures.calls()) {
			return Trip.FAILURE_RATE;
		}
		return (policy.slowCallRate() != null
				&& figures.slow() * 1_000_000L >= policy.slowCallRate().millionths() * figures.calls())
						? Trip.SLOW_CALL_RATE : null;
	}

	private static Figures figures(Deque<Call> calls) {
		return new Figures(calls.size(), calls.stream().filter(Call::failed).count(),
				calls.stream().filter(Call::slow).count());
	}

	private static TripPolicy policy(Random random, WindowSize size, int minimumCalls) {
		Rate failureRate = (random.nextInt(4) != 0) ? new Rate(1 + random.nextInt(1_000_000)) : null;
		Rate slowRate = (failureRate == null || random.nextBoolean()) ? new Rate(1 + random.nextInt(1_000_000)) : null;
		return new TripPolicy(10, failureRate, slowRate, (slowRate != null) ? Duration.ofSeconds(2) : null, size,
				minimumCalls);
	}

	@Test
	@Tag("T20")
	void theSuccessThatReachesTheMinimumMayTrip() {
		for (Window window : windows(policy(75, 4, 4))) {
			assertThat(window.record(true, false, 0)).isNull();
			assertThat(window.record(true, false, 0)).isNull();
			assertThat(window.record(true, false, 0)).isNull();
			assertThat(window.record(false, false, 0)).isEqualTo(Trip.FAILURE_RATE);
		}
	}

	@Test
	@Tag("T21")
	void aHundredPercentCanBeReached() {
		for (Window window : windows(policy(100, 3, 3))) {
			assertThat(window.record(true, false, 0)).isNull();
			assertThat(window.record(true, false, 0)).isNull();
			assertThat(window.record(true, false, 0)).isEqualTo(Trip.FAILURE_RATE);
		}
	}

	@Test
	@Tag("T22")
	void nothingIsRounded() {
		for (Window window : windows(policy(50, 200, 200))) {
			for (int i = 0; i < 101; i++) {
				assertThat(window.record(false, false, 0)).isNull();
			}
			for (int i = 0; i < 98; i++) {
				assertThat(window.record(true, false, 0)).isNull();
			}
			assertThat(window.record(true, false, 0)).isNull();
			assertThat(window.figures(0)).isEqualTo(new Figures(200, 99, 0));
		}
	}

	@Test
	@Tag("T23")
	void figuresExpireWhenIdleAndReadingChangesNothing() {
		Window window = new TimeWindow(policy(50, 4, 4), Duration.ofSeconds(10), new StripedCount(), 0);
		for (int i = 0; i < 3; i++) {
			window.record(true, false, 0);
		}
		assertThat(window.figures(9 * SECOND)).isEqualTo(new Figures(3, 3, 0));
		assertThat(window.figures(10 * SECOND)).isEqualTo(new Figures(0, 0, 0));
		assertThat(window.figures(9 * SECOND)).isEqualTo(new Figures(3, 3, 0));
		assertThat(window.record(true, false, 9 * SECOND)).isEqualTo(Trip.FAILURE_RATE);
	}

	@Test
	@Tag("T25")
	void aBurstAcrossTheBorderOfASliceIsCountedWhole() {
		Window window = new TimeWindow(policy(100, 1000, 1000), Duration.ofSeconds(10), new StripedCount(), 0);
		for (int i = 0; i < 100; i++) {
			window.record(i % 2 == 0, false, SECOND - 50 + i);
		}
		assertThat(window.figures(SECOND + 50)).isEqualTo(new Figures(100, 50, 0));
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 4 })
	@Tag("T8")
	void aSuccessThatCameTooLateIsInNoWindow(int minimumCalls) {
		for (int kind = 0; kind < 2; kind++) {
			StripedCount successes = new StripedCount();
			Window window = windows(policy(75, 4, minimumCalls), successes).get(kind);
			assertThat(window.record(false, false, 0)).isNull();
			successes.end();
			assertThat(window.record(false, false, 0)).isEqualTo(Trip.TOO_LATE);
			assertThat(window.figures(0)).isEqualTo(new Figures(1, 0, 0));
		}
	}

	@Test
	@Tag("T8")
	void aWindowKnowsNothingOfTheSuccessesBeforeIt() {
		StripedCount successes = new StripedCount();
		repeat(7, successes::increment);
		for (Window window : windows(policy(75, 4, 4), successes)) {
			assertThat(window.figures(0)).isEqualTo(new Figures(0, 0, 0));
			window.record(true, false, 0);
			assertThat(window.figures(0)).isEqualTo(new Figures(1, 1, 0));
		}
	}

	@Test
	void noCallIsLostUnderManyThreads() throws InterruptedException {
		for (Window window : windows(policy(100, 1_000_000, 10))) {
			int threads = 4;
			int calls = 50_000;
			CountDownLatch done = new CountDownLatch(threads);
			for (int t = 0; t < threads; t++) {
				new Thread(() -> {
					for (int i = 0; i < calls; i++) {
						window.record(i % 10 == 0, i % 20 == 0, 0);
					}
					done.countDown();
				}).start();
			}
			done.await();
			assertThat(window.figures(0))
				.isEqualTo(new Figures(threads * calls, threads * calls / 10, threads * calls / 20));
		}
	}

	@Test
	void noCallIsLostWhereManyThreadsMeetTurns() throws InterruptedException {
		TimeWindow window = turnedFrom(SECOND);
		long before = window.figures(SECOND).calls();
		int threads = 4;
		int calls = 50_000;
		AtomicLong now = new AtomicLong(SECOND);
		CountDownLatch done = new CountDownLatch(threads);
		for (int t = 0; t < threads; t++) {
			new Thread(() -> {
				for (int i = 0; i < calls; i++) {
					boolean failed = i % 100 == 0;
					window.record(failed, false, window.needsTime(failed) ? now.get() : TripCounter.NO_TIME);
				}
				done.countDown();
			}).start();
		}
		for (int turn = 1; turn <= 8; turn++) {
			await().until(progress(window, now.get(), turn * 20_000));
			window.turn(now.addAndGet(SECOND));
			window.untilTurn(now.get());
		}
		done.await();
		assertThat(window.figures(now.get()))
			.isEqualTo(new Figures(before + threads * calls, threads * calls / 100, 0));
	}

	private static Callable<Boolean> progress(TimeWindow window, long now, long calls) {
		return () -> window.figures(now).calls() >= calls;
	}

	private static List<Window> windows(TripPolicy policy) {
		return List.of(new CountWindow(policy, new StripedCount()),
				new TimeWindow(policy, Duration.ofSeconds(10), new StripedCount(), 0));
	}

	private static List<Window> windows(TripPolicy policy, StripedCount successes) {
		return List.of(new CountWindow(policy, successes),
				new TimeWindow(policy, Duration.ofSeconds(10), successes, 0));
	}

	private static TripPolicy policy(double percent, int size, int minimumCalls) {
		return new TripPolicy(10, Rate.percent(percent), null, null, WindowSize.of(size), minimumCalls);
	}

	private record Call(boolean failed, boolean slow, long at) {
	}

	/** A window with somebody who turns it in time. */
	private static final class Turned {

		private final TimeWindow window;

		private final long origin;

		private long turn = Long.MAX_VALUE;

		private long timesRead;

		Turned(TimeWindow window, long origin) {
			this.window = window;
			this.origin = origin;
		}

		void record(boolean failed, long now) {
			while (this.turn <= now - this.origin) {
				long then = this.turn + this.origin;
				this.window.turn(then);
				relyOnMe(then);
			}
			boolean read = this.window.needsTime(failed);
			this.timesRead += read ? 1 : 0;
			this.window.record(failed, false, read ? now : TripCounter.NO_TIME);
			if (this.window.asksForTurns()) {
				relyOnMe(now);
			}
		}

		private void relyOnMe(long now) {
			long until = this.window.untilTurn(now);
			this.turn = (until != Long.MAX_VALUE) ? now - this.origin + until : until;
		}

	}

}
