package io.brama;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

import io.brama.policy.ExpiryStrategy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.brama.Command.because;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * How long a circuit stays open, and what time has to do with it.
 */
class ExpiryTests {

	private Gate gate = Gate.with((builder) -> builder.maxAttempts(1));

	@AfterEach
	void close() {
		this.gate.close();
	}

	@Test
	void aCircuitStaysOpenForSixtySecondsByDefault() {
		Circuit circuit = open((builder) -> {
		});
		assertThat(circuit.status().remainingOpenTime()).isEqualTo(Duration.ofSeconds(60));
	}

	@ParameterizedTest
	@ValueSource(longs = { 0, -1, Long.MIN_VALUE, -5_000_000_000L, Long.MAX_VALUE, Long.MAX_VALUE - 5_000_000_000L })
	@Tag("T32")
	@Tag("T39")
	void theMonotonicClockMayBeginAnywhereAndWrap(long origin) {
		use(new ManualTime(origin), (builder) -> builder.expiry(seconds(10)));
		this.gate.time.stopTimer();
		Circuit circuit = this.gate.circuit();
		circuit.failure("down");
		this.gate.advance(seconds(10).minusNanos(1));
		assertThat(circuit.tryAcquire()).isNull();
		assertThat(circuit.status().remainingOpenTime()).isEqualTo(Duration.ofNanos(1));
		this.gate.advance(Duration.ofNanos(1));
		assertThat(circuit.isAvailable()).isTrue();
		assertThat(circuit.tryAcquire()).isNotNull();
	}

	@ParameterizedTest
	@ValueSource(longs = { -3600, 3600 })
	@Tag("T32")
	void aStepOfTheWallClockDecidesNothing(long step) {
		Circuit circuit = open((builder) -> builder.expiry(seconds(10)));
		this.gate.advance(seconds(4));
		this.gate.time.stepWallClock(seconds(step));
		assertThat(circuit.status().remainingOpenTime()).isEqualTo(seconds(6));
		assertThat(circuit.status().timeInState()).isEqualTo(seconds(4));
		this.gate.advance(seconds(5));
		assertThat(circuit.status().state()).isEqualTo(CircuitState.OPEN);
		this.gate.advance(seconds(1));
		assertThat(circuit.status().state()).isEqualTo(CircuitState.HALF_OPEN);
	}

	@Test
	@Tag("T33")
	void aProgressiveExpiryStartsAtItsInitialValueWhateverTheFailureCount() {
		use((builder) -> builder.maxAttempts(7).progressiveExpiry(seconds(10), seconds(30), 2));
		Circuit circuit = this.gate.circuit();
		Gate.trip(circuit);
		List<Duration> expiries = new ArrayList<>();
		for (int i = 0; i < 5; i++) {
			expiries.add(circuit.status().remainingOpenTime());
			this.gate.advance(seconds(30));
			circuit.acquire().failure("down");
		}
		assertThat(expiries).containsExactly(seconds(10), seconds(20), seconds(30), seconds(30), seconds(30));
	}

	@Test
	@Tag("T34")
	void jitterSpreadsEachExpiryAroundTheSameValue() {
		use((builder) -> builder.progressiveExpiry(seconds(10), seconds(100), 1).jitter(0.5));
		Circuit circuit = this.gate.circuit();
		circuit.failure("down");
		for (int i = 0; i < 200; i++) {
			assertThat(circuit.status().remainingOpenTime()).isBetween(seconds(5), seconds(15));
			this.gate.advance(seconds(15));
			circuit.acquire().failure("down");
		}
	}

	@Test
	@Tag("T35")
	void theRemainingTimeNeverGrowsAndAgreesWithWhatHappens() {
		Circuit circuit = open((builder) -> builder.expiry(seconds(10)));
		Duration last = seconds(10);
		for (int i = 0; i < 100; i++) {
			CircuitOpenException rejection = catchThrowableOfType(CircuitOpenException.class, () -> circuit.run(() -> {
			}));
			assertThat(rejection.remaining()).contains(last);
			assertThat(circuit.status().remainingOpenTime()).isEqualTo(last);
			this.gate.advance(Duration.ofMillis(100));
			last = last.minusMillis(100);
		}
		assertThat(circuit.status().state()).isEqualTo(CircuitState.HALF_OPEN);
		assertThat(circuit.status().remainingOpenTime()).isNull();
	}

	@Test
	@Tag("T35")
	void aRejectionReadsOnItsOwn() {
		Circuit circuit = open((builder) -> builder.expiry(seconds(10)));
		assertThat(rejection(circuit))
			.hasMessage("The circuit of connection 'payment-api' is open (down); calls are tried again in 10s")
			.satisfies((rejection) -> {
				assertThat(rejection.id()).isEqualTo(ConnectionId.of("payment-api"));
				assertThat(rejection.state()).isEqualTo(CircuitState.OPEN);
				assertThat(rejection.reason()).isEqualTo("down");
				assertThat(rejection.getStackTrace()).isEmpty();
			});
		circuit.open(because("maintenance\nof the bank").untilToldOtherwise());
		assertThat(rejection(circuit))
			.hasMessage(
					"The circuit of connection 'payment-api' is open (maintenance of the bank) until told otherwise")
			.satisfies((rejection) -> assertThat(rejection.remaining()).isEmpty());
		circuit.halfOpen(because("try now"));
		circuit.acquire();
		assertThat(rejection(circuit))
			.hasMessage("The circuit of connection 'payment-api' is half-open and all its trial calls are taken")
			.satisfies((rejection) -> assertThat(rejection.state()).isEqualTo(CircuitState.HALF_OPEN));
	}

	@Test
	@Tag("T36")
	void aFlappingConnectionKeepsClimbing() {
		use((builder) -> builder.progressiveExpiry(seconds(10), seconds(1000), 2));
		Circuit circuit = this.gate.circuit();
		circuit.failure("down");
		this.gate.advance(seconds(10));
		circuit.success();
		this.gate.advance(seconds(9));
		assertThat(circuit.status().consecutiveOpenings()).isEqualTo(1);
		circuit.failure("down");
		assertThat(circuit.status().remainingOpenTime()).isEqualTo(seconds(20));
		this.gate.advance(seconds(20));
		circuit.success();
		this.gate.advance(seconds(20));
		assertThat(circuit.status().consecutiveOpenings()).isZero();
		circuit.failure("down");
		assertThat(circuit.status().remainingOpenTime()).isEqualTo(seconds(10));
	}

	@Test
	@Tag("T36")
	void theProofOfHealthCanBeConfigured() {
		use((builder) -> builder.progressiveExpiry(seconds(10), seconds(1000), 2).backoffResetAfter(seconds(60)));
		Circuit circuit = this.gate.circuit();
		circuit.failure("down");
		this.gate.advance(seconds(10));
		circuit.success();
		this.gate.advance(seconds(59));
		circuit.failure("down");
		assertThat(circuit.status().remainingOpenTime()).isEqualTo(seconds(20));
		this.gate.advance(seconds(20));
		circuit.success();
		this.gate.advance(seconds(60));
		circuit.failure("down");
		assertThat(circuit.status().remainingOpenTime()).isEqualTo(seconds(10));
	}

	@Test
	@Tag("T37")
	void anOperatorsDurationBelongsToThatOpeningAlone() {
		use((builder) -> builder.expiry(seconds(10)));
		Circuit circuit = this.gate.circuit();
		circuit.open(because("maintenance").forDuration(Duration.ofHours(1)));
		assertThat(circuit.status().remainingOpenTime()).isEqualTo(Duration.ofHours(1));
		this.gate.advance(Duration.ofHours(1));
		assertThat(circuit.status().state()).isEqualTo(CircuitState.HALF_OPEN);
		circuit.acquire().failure("down");
		assertThat(circuit.status().remainingOpenTime()).isEqualTo(seconds(10));
	}

	@Test
	@Tag("T38")
	void anOpeningAfterACommandLastsItsFullTime() {
		Circuit circuit = open((builder) -> builder.expiry(seconds(10)));
		this.gate.advance(seconds(9));
		circuit.reset(because("repaired"));
		circuit.failure("down");
		this.gate.advance(seconds(2));
		assertThat(circuit.status().state()).isEqualTo(CircuitState.OPEN);
		this.gate.advance(seconds(8));
		assertThat(circuit.status().state()).isEqualTo(CircuitState.HALF_OPEN);
	}

	@Test
	@Tag("T38")
	void commandsLeaveNoTimerBehind() {
		Circuit circuit = open((builder) -> builder.expiry(seconds(10)));
		int whileOpen = this.gate.time.waitingTasks();
		circuit.close(because("repaired"));
		assertThat(this.gate.time.waitingTasks()).isEqualTo(whileOpen - 1);
		for (int i = 0; i < 100; i++) {
			circuit.open(because("maintenance"));
		}
		assertThat(this.gate.time.waitingTasks()).isEqualTo(whileOpen);
	}

	@Test
	@Tag("T40")
	void aStrategyThatFailsIsReplacedByTheFixedExpiry() {
		List<ExpiryStrategy> strategies = List.of((opening) -> {
			throw new IllegalStateException("a bug in the strategy");
		}, (opening) -> null, (opening) -> Duration.ZERO, (opening) -> seconds(-1));
		for (ExpiryStrategy strategy : strategies) {
			Circuit circuit = open((builder) -> builder.expiry(seconds(7)).expiryStrategy(strategy).jitter(0.1));
			assertThat(circuit.status().remainingOpenTime()).isEqualTo(seconds(7));
			this.gate.advance(seconds(7));
			circuit.success();
			assertThat(circuit.status().state()).isEqualTo(CircuitState.CLOSED);
		}
	}

	@Test
	@Tag("T40")
	void theFailuresOfAStrategyAreCounted() {
		Circuit circuit = open((builder) -> builder.expiry(seconds(7)).expiryStrategy((opening) -> null));
		circuit.open(because("maintenance"));
		assertThat(circuit.status().expiryStrategyFailures()).isEqualTo(2);
	}

	@Test
	void aStrategyOfOnesOwnSeesNumberAndReason() {
		List<String> seen = new ArrayList<>();
		Circuit circuit = open((builder) -> builder.expiryStrategy((opening) -> {
			seen.add(opening.number() + " " + opening.cause() + " " + opening.reason());
			return seconds(opening.number());
		}));
		this.gate.advance(seconds(1));
		circuit.acquire().failure("still down");
		assertThat(circuit.status().remainingOpenTime()).isEqualTo(seconds(2));
		assertThat(seen).containsExactly("1 CONSECUTIVE_FAILURES down", "2 TRIALS_FAILED still down");
	}

	@Test
	@Tag("T41")
	void withoutTrafficHalfOpenIsReportedWhenDue() {
		Circuit circuit = open((builder) -> builder.expiry(seconds(10)));
		this.gate.advance(seconds(10));
		assertThat(circuit.status().state()).isEqualTo(CircuitState.HALF_OPEN);
		assertThat(this.gate.only(BramaEvent.ExpiryReached.class)).singleElement()
			.satisfies((event) -> assertThat(event.expiry()).isEqualTo(seconds(10)));
	}

	@Test
	@Tag("T18")
	@Tag("T41")
	void rejectedTrafficPostponesNothingAndCountsNowhereElse() {
		Circuit circuit = open((builder) -> builder.expiry(seconds(10)));
		for (int i = 0; i < 10; i++) {
			assertThat(circuit.tryAcquire()).isNull();
			this.gate.advance(seconds(1));
		}
		assertThat(circuit.status().state()).isEqualTo(CircuitState.HALF_OPEN);
		assertThat(circuit.status().calls()).isEqualTo(new ConnectionStatus.Calls(0, 1, 0, 10, 0, 0));
	}

	@Test
	@Tag("T42")
	void veryShortAndVeryLongExpiriesWork() {
		Circuit brief = open((builder) -> builder.expiry(Duration.ofMillis(1)));
		this.gate.advance(Duration.ofMillis(1));
		assertThat(brief.status().state()).isEqualTo(CircuitState.HALF_OPEN);
		Duration century = Duration.ofDays(36525);
		Circuit patient = open((builder) -> builder.expiry(century).cleanupInterval(century));
		this.gate.advance(century.minusNanos(1));
		assertThat(patient.status().state()).isEqualTo(CircuitState.OPEN);
		assertThat(patient.status().remainingOpenTime()).isEqualTo(Duration.ofNanos(1));
		this.gate.advance(Duration.ofNanos(1));
		assertThat(patient.status().state()).isEqualTo(CircuitState.HALF_OPEN);
	}

	@Test
	void aFailureMayTripAtOnceAndSayForHowLong() {
		use((builder) -> builder.maxAttempts(10).maxRetryAfter(seconds(600)));
		Circuit circuit = this.gate.circuit();
		circuit.report(Outcome.failure("HTTP 503").tripNow().retryAfter(seconds(120)));
		assertThat(circuit.status().remainingOpenTime()).isEqualTo(seconds(120));
		assertThat(circuit.status().cause()).isEqualTo(TransitionCause.FAILURE_TRIPPED);
		this.gate.advance(seconds(120));
		circuit.acquire().settle(Outcome.failure("HTTP 503").retryAfter(Duration.ofDays(1)));
		assertThat(circuit.status().remainingOpenTime()).isEqualTo(seconds(600));
	}

	@Test
	void anOpeningUntilToldOtherwiseHasNoDeadline() {
		use((builder) -> builder.expiry(seconds(10)).cleanupInterval(Duration.ofDays(1)));
		Circuit circuit = this.gate.circuit();
		circuit.open(because("maintenance").untilToldOtherwise().by("ops"));
		this.gate.advance(Duration.ofDays(365));
		assertThat(circuit.status().state()).isEqualTo(CircuitState.OPEN);
		assertThat(circuit.status().remainingOpenTime()).isNull();
		assertThat(circuit.isAvailable()).isFalse();
		circuit.halfOpen(because("try now"));
		circuit.success();
		assertThat(circuit.status().state()).isEqualTo(CircuitState.CLOSED);
	}

	@Test
	void aRejectionNamesTheTypeOfTheExceptionAndNotWhatItSays() {
		use((builder) -> builder.maxAttempts(1).expiry(seconds(10)));
		Circuit circuit = this.gate.circuit();
		assertThatException().isThrownBy(() -> circuit.call(() -> {
			throw new CompletionException(new IOException("connection reset by peer"));
		}));
		assertThat(rejection(circuit))
			.hasMessage("The circuit of connection 'payment-api' is open (cause: java.io.IOException);"
					+ " calls are tried again in 10s")
			.satisfies((rejection) -> assertThat(rejection.reason()).isEqualTo("connection reset by peer"));
	}

	@Test
	void aRejectionSurvivesSerialization() throws Exception {
		CircuitOpenException rejection = rejection(open((builder) -> builder.expiry(seconds(10))));
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
			out.writeObject(rejection);
		}
		try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
			assertThat((CircuitOpenException) in.readObject()).hasMessage(rejection.getMessage());
		}
	}

	@Test
	@Tag("T48")
	void aSecondCommandToOpenReplacesReasonAndDeadlineInOneTransition() {
		use((builder) -> builder.expiry(seconds(10)));
		Circuit circuit = this.gate.circuit();
		circuit.open(because("maintenance").forDuration(seconds(60)).by("ops"));
		this.gate.advance(seconds(30));
		circuit.open(because("longer maintenance").forDuration(seconds(90)).by("boss"));
		ConnectionStatus status = circuit.status();
		assertThat(status.reason()).isEqualTo("longer maintenance");
		assertThat(status.actor()).isEqualTo("boss");
		assertThat(status.remainingOpenTime()).isEqualTo(seconds(90));
		assertThat(status.consecutiveOpenings()).isEqualTo(1);
		assertThat(this.gate.changes()).hasSize(2)
			.last()
			.isEqualTo(new BramaEvent.StateChanged(this.gate.time.instant(), circuit.id(),
					this.gate.changes().get(1).sequence(), CircuitState.OPEN, CircuitState.OPEN,
					TransitionCause.OPERATOR, "longer maintenance", null, false, "boss", 0, seconds(90),
					this.gate.time.instant().plus(seconds(90))));
		this.gate.advance(seconds(60));
		assertThat(circuit.status().state()).isEqualTo(CircuitState.OPEN);
	}

	@Test
	@Tag("T36")
	void aCommandBringsBackNoRowOfOpeningsThatHasEnded() {
		use((builder) -> builder.progressiveExpiry(seconds(10), seconds(1000), 2));
		Circuit circuit = this.gate.circuit();
		circuit.failure("down");
		this.gate.advance(seconds(10));
		circuit.success();
		this.gate.advance(seconds(10));
		assertThat(circuit.status().consecutiveOpenings()).isZero();
		circuit.close(because("to be sure"));
		assertThat(circuit.status().consecutiveOpenings()).isZero();
		circuit.halfOpen(because("try now"));
		circuit.failure("down");
		assertThat(circuit.status().consecutiveOpenings()).isEqualTo(1);
		assertThat(circuit.status().remainingOpenTime()).isEqualTo(seconds(10));
	}

	@Test
	@Tag("T49")
	void whatDescribesTheStateBelongsToOnePeriod() {
		Instant openedAt = ManualTime.START;
		Circuit circuit = open((builder) -> builder.expiry(seconds(10)));
		assertThat(circuit.status()).satisfies((status) -> {
			assertThat(status.stateSince()).isEqualTo(openedAt);
			assertThat(status.openedAt()).isEqualTo(openedAt);
			assertThat(status.cause()).isEqualTo(TransitionCause.CONSECUTIVE_FAILURES);
			assertThat(status.reason()).isEqualTo("down");
		});
		this.gate.advance(seconds(10));
		assertThat(circuit.status()).satisfies((status) -> {
			assertThat(status.stateSince()).isEqualTo(openedAt.plusSeconds(10));
			assertThat(status.openedAt()).isNull();
			assertThat(status.cause()).isEqualTo(TransitionCause.EXPIRY_REACHED);
			assertThat(status.reason()).isNull();
		});
	}

	private static CircuitOpenException rejection(Circuit circuit) {
		return catchThrowableOfType(CircuitOpenException.class, circuit::acquire);
	}

	private static Duration seconds(long seconds) {
		return Duration.ofSeconds(seconds);
	}

	private Circuit open(Consumer<Brama.Builder> options) {
		use(options);
		Circuit circuit = this.gate.circuit();
		circuit.failure("down");
		assertThat(circuit.status().state()).isEqualTo(CircuitState.OPEN);
		return circuit;
	}

	private void use(Consumer<Brama.Builder> options) {
		use(new ManualTime(), options);
	}

	private void use(ManualTime time, Consumer<Brama.Builder> options) {
		this.gate.close();
		this.gate = Gate.at(time, (builder) -> options.accept(builder.maxAttempts(1)));
	}

}
