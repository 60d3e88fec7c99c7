package io.brama.policy;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.UndeclaredThrowableException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * The choices, each on its own: no gate, no clock.
 */
class PolicyTests {

	private static Duration seconds(long seconds) {
		return Duration.ofSeconds(seconds);
	}

	private static Opening opening(int number) {
		return new Opening(number, "CONSECUTIVE_FAILURES", "down", null);
	}

	@Test
	void noNumberOfFailuresInARowReachesAnUnlimitedOne() {
		assertThat(policy(TripPolicy.UNLIMITED).isReachedBy(Integer.MAX_VALUE)).isFalse();
		assertThat(policy(1_000_000).isReachedBy(999_999)).isFalse();
		assertThat(policy(1_000_000).isReachedBy(1_000_000)).isTrue();
	}

	private static TripPolicy policy(int maxAttempts) {
		return new TripPolicy(maxAttempts, Rate.percent(50), null, null, WindowSize.of(100), 20);
	}

	@Nested
	@Tag("T33")
	class Progressive {

		@Test
		void growsByTheFactorUpToTheMaximum() {
			ExpiryStrategy strategy = ExpiryStrategy.progressive(seconds(10), seconds(30), 2);
			assertThat(IntStream.rangeClosed(1, 5).mapToObj((n) -> strategy.expiry(opening(n))))
				.containsExactly(seconds(10), seconds(20), seconds(30), seconds(30), seconds(30));
		}

		@Test
		void growsByAFractionalFactor() {
			ExpiryStrategy strategy = ExpiryStrategy.progressive(seconds(4), seconds(100), 1.5);
			assertThat(IntStream.rangeClosed(1, 4).mapToObj((n) -> strategy.expiry(opening(n))))
				.containsExactly(seconds(4), seconds(6), seconds(9), Duration.ofMillis(13_500));
		}

		@ParameterizedTest
		@ValueSource(ints = { 64, 1_000, 1_000_000, Integer.MAX_VALUE })
		void staysAtTheMaximumHoweverManyOpenings(int number) {
			assertThat(ExpiryStrategy.progressive(seconds(5), seconds(300), 2).expiry(opening(number)))
				.isEqualTo(seconds(300));
		}

		@Test
		void staysAtTheInitialExpiryWithFactorOne() {
			assertThat(ExpiryStrategy.progressive(seconds(5), seconds(300), 1).expiry(opening(Integer.MAX_VALUE)))
				.isEqualTo(seconds(5));
		}

		@Test
		void neverShrinksOnTheWayToTheMaximum() {
			ExpiryStrategy strategy = ExpiryStrategy.progressive(Duration.ofMillis(1), Duration.ofDays(36525), 1.1);
			List<Duration> expiries = IntStream.rangeClosed(1, 500)
				.mapToObj((n) -> strategy.expiry(opening(n)))
				.toList();
			assertThat(expiries).isSorted().first().isEqualTo(Duration.ofMillis(1));
			assertThat(expiries).last().isEqualTo(Duration.ofDays(36525));
		}

		@Test
		@Tag("T42")
		void takesAMaximumBeyondWhatNanosecondsCanCount() {
			ExpiryStrategy strategy = ExpiryStrategy.progressive(seconds(1), ChronoUnit.FOREVER.getDuration(), 2);
			assertThat(strategy.expiry(opening(3))).isEqualTo(seconds(4));
			assertThat(strategy.expiry(opening(Integer.MAX_VALUE))).isGreaterThan(Duration.ofDays(36525));
		}

		@Test
		void refusesWhatIsOutOfRange() {
			assertThatIllegalArgumentException()
				.isThrownBy(() -> ExpiryStrategy.progressive(Duration.ZERO, seconds(1), 2))
				.withMessage("initial-expiry must be longer than 0, was PT0S");
			assertThatIllegalArgumentException().isThrownBy(() -> ExpiryStrategy.progressive(seconds(2), seconds(1), 2))
				.withMessage("max-expiry must not be below the initial-expiry PT2S, was PT1S");
			assertThatIllegalArgumentException()
				.isThrownBy(() -> ExpiryStrategy.progressive(seconds(1), seconds(2), 0.99))
				.withMessage("backoff-factor must be at least 1, was 0.99");
			assertThatIllegalArgumentException()
				.isThrownBy(() -> ExpiryStrategy.progressive(seconds(1), seconds(2), Double.NaN))
				.withMessage("backoff-factor must be at least 1, was NaN");
		}

	}

	@Nested
	class Fixed {

		@Test
		void isTheSameForEveryOpening() {
			ExpiryStrategy strategy = ExpiryStrategy.fixed(seconds(60));
			assertThat(Stream.of(1, 2, Integer.MAX_VALUE).map((n) -> strategy.expiry(opening(n))))
				.containsOnly(seconds(60));
		}

		@Test
		void isLongerThanZero() {
			assertThatIllegalArgumentException().isThrownBy(() -> ExpiryStrategy.fixed(Duration.ZERO))
				.withMessage("expiry must be longer than 0, was PT0S");
			assertThatIllegalArgumentException().isThrownBy(() -> ExpiryStrategy.fixed(seconds(-1)))
				.withMessage("expiry must be longer than 0, was PT-1S");
		}

		@Test
		void openingsAreCountedFromOne() {
			assertThatIllegalArgumentException().isThrownBy(() -> new Opening(0, "OPERATOR", null, null))
				.withMessage("number of an opening must be at least 1, was 0");
		}

	}

	@Nested
	@Tag("T34")
	class Jitter {

		private JitteredExpiry jittered(double jitter, Duration max) {
			return new JitteredExpiry(ExpiryStrategy.fixed(seconds(10)), jitter, max);
		}

		@ParameterizedTest
		@CsvSource({ "0.2, -1, 8000", "0.2, -0.5, 9000", "0.2, 0, 10000", "0.2, 0.5, 11000", "0.2, 1, 12000",
				"1, -0.5, 5000", "1, 0.5, 15000", "0, 1, 10000" })
		void spreadsAroundTheValue(double jitter, double position, long millis) {
			assertThat(jittered(jitter, seconds(100)).spread(seconds(10), position)).hasMillis(millis);
		}

		@Test
		void neverExceedsTheMaximum() {
			assertThat(jittered(1, seconds(12)).spread(seconds(10), 1)).isEqualTo(seconds(12));
			assertThat(jittered(0.5, seconds(12)).spread(seconds(60), 1)).isEqualTo(seconds(12));
			assertThat(jittered(0.5, seconds(12)).spread(seconds(60), -1)).isEqualTo(seconds(6));
			assertThat(jittered(1, Duration.ofNanos(500)).spread(seconds(10), 1)).isEqualTo(Duration.ofNanos(500));
			assertThat(jittered(1, Duration.ofNanos(500)).spread(seconds(10), -1)).isPositive();
		}

		@Test
		void neverMakesAnExpiryVanish() {
			assertThat(jittered(1, seconds(12)).spread(seconds(10), -1)).hasMillis(1);
			assertThat(jittered(1, seconds(12)).spread(Duration.ofNanos(500), -1)).isEqualTo(Duration.ofNanos(500));
		}

		@Test
		@Tag("T42")
		void takesDurationsOfAHundredYearsAndMore() {
			Duration longest = Duration.ofDays(36525);
			assertThat(jittered(1, longest).spread(longest, 1)).isEqualTo(longest);
			assertThat(jittered(1, longest).spread(ChronoUnit.FOREVER.getDuration(), 1)).isEqualTo(longest);
		}

		@Test
		void isNotCompounded() {
			ExpiryStrategy strategy = ExpiryStrategy.progressive(seconds(10), seconds(40), 2)
				.withJitter(0.1, seconds(40));
			for (int round = 0; round < 1_000; round++) {
				assertThat(strategy.expiry(opening(1))).isBetween(seconds(9), seconds(11));
				assertThat(strategy.expiry(opening(2))).isBetween(seconds(18), seconds(22));
				assertThat(strategy.expiry(opening(1_000))).isBetween(seconds(36), seconds(40));
			}
		}

		@Test
		void spreadsBothUpAndDown() {
			ExpiryStrategy strategy = jittered(0.5, seconds(100));
			List<Duration> expiries = Stream.generate(() -> strategy.expiry(opening(1))).limit(1_000).toList();
			assertThat(expiries).anyMatch((expiry) -> expiry.compareTo(seconds(10)) < 0)
				.anyMatch((expiry) -> expiry.compareTo(seconds(10)) > 0);
		}

		@Test
		void noneLeavesTheStrategyAsItIs() {
			ExpiryStrategy strategy = ExpiryStrategy.fixed(seconds(10));
			assertThat(strategy.withJitter(0, seconds(100))).isSameAs(strategy);
		}

		@ParameterizedTest
		@ValueSource(doubles = { -0.01, 1.01, Double.NaN, Double.POSITIVE_INFINITY })
		void isAShareBetweenNoneAndAll(double jitter) {
			assertThatIllegalArgumentException()
				.isThrownBy(() -> ExpiryStrategy.fixed(seconds(10)).withJitter(jitter, seconds(100)))
				.withMessage("jitter must be between 0 and 1, was " + jitter);
		}

	}

	@Nested
	class FailuresInARow {

		@Test
		@Tag("T19")
		void countUpAndAreForgottenAtASuccess() {
			TripCounter counter = counter(0);
			assertThat(fail(counter)).isEqualTo(1);
			assertThat(fail(counter)).isEqualTo(2);
			counter.success();
			assertThat(counter.failuresInRow()).isZero();
			assertThat(fail(counter)).isEqualTo(1);
		}

		@Test
		void goOnFromWhatWentBefore() {
			TripCounter counter = counter(4);
			assertThat(counter.failuresInRow()).isEqualTo(4);
			assertThat(fail(counter)).isEqualTo(5);
		}

		@Test
		void neverWrap() {
			TripCounter counter = counter(Integer.MAX_VALUE - 1);
			assertThat(fail(counter)).isEqualTo(Integer.MAX_VALUE);
			assertThat(fail(counter)).isEqualTo(Integer.MAX_VALUE);
		}

		@Test
		@Tag("T19")
		void areNotForgottenAtASuccessThatCameTooLate() {
			TripCounter counter = counter(3);
			counter.successes().end();
			assertThat(counter.success()).isFalse();
			assertThat(counter.record(false, false, 0)).isEqualTo(Trip.TOO_LATE);
			assertThat(counter.failuresInRow()).isEqualTo(3);
		}

		private static TripCounter counter(int failures) {
			return new TripCounter(policy(10), failures, 0);
		}

		private static int fail(TripCounter counter) {
			counter.record(true, false, 0);
			return counter.failuresInRow();
		}

	}

	@Nested
	@Tag("T29")
	class Wrappers {

		private static final Throwable CAUSE = new IllegalStateException("down");

		static Stream<Throwable> wrapped() {
			return Stream.of(CAUSE, new CompletionException(CAUSE), new ExecutionException(CAUSE),
					new UndeclaredThrowableException(CAUSE), new InvocationTargetException(CAUSE),
					new ExecutionException(new CompletionException(new UndeclaredThrowableException(CAUSE))));
		}

		@ParameterizedTest
		@MethodSource("wrapped")
		void areTakenOff(Throwable wrapped) {
			assertThat(ErrorPolicy.unwrap(wrapped)).isSameAs(CAUSE);
		}

		@Test
		void areTheOnlyThingTakenOff() {
			RuntimeException own = new RuntimeException("what the user threw", CAUSE);
			assertThat(ErrorPolicy.unwrap(own)).isSameAs(own);
			assertThat(ErrorPolicy.unwrap(new CompletionException(own))).isSameAs(own);
		}

		@Test
		void withoutACauseAreTheirOwnAnswer() {
			Throwable hollow = new CompletionException("hollow", null);
			assertThat(ErrorPolicy.unwrap(hollow)).isSameAs(hollow);
			assertThat(ErrorPolicy.unwrap(new ExecutionException(hollow))).isSameAs(hollow);
			assertThat(ErrorPolicy.unwrap(new UndeclaredThrowableException(null)))
				.isInstanceOf(UndeclaredThrowableException.class);
		}

		@Test
		void inACycleComeToAnEnd() {
			Knot knot = new Knot();
			knot.next = new CompletionException(knot);
			assertThat(ErrorPolicy.unwrap(knot)).isIn(knot, knot.next);
			knot.next = knot;
			assertThat(ErrorPolicy.unwrap(knot)).isSameAs(knot);
		}

		@Test
		void manyDeepComeToAnEnd() {
			assertThat(ErrorPolicy.unwrap(wrappedTimes(50))).isSameAs(CAUSE);
			assertThat(ErrorPolicy.unwrap(wrappedTimes(10_000))).isNotNull();
		}

		private Throwable wrappedTimes(int times) {
			return Stream.iterate(CAUSE, (cause) -> new CompletionException("wrapped", cause))
				.skip(times)
				.findFirst()
				.orElseThrow();
		}

		/** A wrapper whose cause is chosen later. */
		private static final class Knot extends ExecutionException {

			private static final long serialVersionUID = 1L;

			private transient Throwable next;

			@Override
			public synchronized Throwable getCause() {
				return this.next;
			}

		}

	}

	@Nested
	class Reasons {

		@Test
		void areTheMessageOrElseTheType() {
			assertThat(ErrorPolicy.reason(new IllegalStateException("down"))).isEqualTo("down");
			assertThat(ErrorPolicy.reason(new IllegalStateException())).isEqualTo("java.lang.IllegalStateException");
			assertThat(ErrorPolicy.reason(new IllegalStateException(" "))).isEqualTo("java.lang.IllegalStateException");
		}

		@ParameterizedTest
		@ValueSource(strings = { "down", "pay: down", "pay: down (503)", "reset by peer",
				"java.lang.IllegalStateException: down, caused by reset by peer" })
		void quoteWhatTheExceptionOrOneThatCausedItSays(String reason) {
			Throwable error = new IllegalStateException("down",
					new RuntimeException(" ", new IOException("reset by peer")));
			assertThat(ErrorPolicy.isQuotedIn(reason, error)).isTrue();
		}

		@Test
		void quoteNothingWhereNobodySaidThat() {
			assertThat(ErrorPolicy.isQuotedIn("503 Service Unavailable", new IllegalStateException("down"))).isFalse();
			assertThat(ErrorPolicy.isQuotedIn("quota used up", new IllegalStateException())).isFalse();
			assertThat(ErrorPolicy.isQuotedIn("quota used up", new IllegalStateException(" "))).isFalse();
			assertThat(ErrorPolicy.isQuotedIn("quota used up", new Mute())).isFalse();
		}

		@Test
		void quoteTheExceptionWhereTheyAreItsType() {
			Throwable error = new IllegalStateException();
			assertThat(ErrorPolicy.isQuotedIn(ErrorPolicy.reason(error), error)).isTrue();
		}

		@Test
		void areReadToTheEndOfACycleOfCauses() {
			Throwable first = new IllegalStateException("first");
			first.initCause(new IllegalStateException("second", first));
			assertThat(ErrorPolicy.isQuotedIn("third", first)).isFalse();
			assertThat(ErrorPolicy.isQuotedIn("the second", first)).isTrue();
		}

		@Test
		void areTheTypeWhenTheMessageCannotBeHad() {
			assertThat(ErrorPolicy.reason(new Mute())).isEqualTo(Mute.class.getTypeName());
		}

		@Test
		@Tag("T27")
		void interruptionsAndCancellationsAreTheCallersOwn() {
			assertThat(ErrorPolicy.isCallersOwn(new InterruptedException())).isTrue();
			assertThat(ErrorPolicy.isCallersOwn(new CancellationException())).isTrue();
			assertThat(ErrorPolicy.isCallersOwn(new IllegalStateException())).isFalse();
		}

		/** Throws when asked for its message. */
		private static final class Mute extends RuntimeException {

			private static final long serialVersionUID = 1L;

			@Override
			public String getMessage() {
				throw new IllegalStateException("no message");
			}

		}

	}

}
