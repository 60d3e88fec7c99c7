package io.brama;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.brama.Command.because;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What stands in the log: a line for every transition, and one for the first, the tenth,
 * the hundredth time that somebody else's code fails.
 */
class LogTests {

	private static final Logger LOG = Logger.getLogger("io.brama");

	private static final IllegalStateException PROBLEM = new IllegalStateException("broken");

	private final List<LogRecord> records = new CopyOnWriteArrayList<>();

	private final Handler handler = new Handler() {

		@Override
		public void publish(LogRecord line) {
			LogTests.this.records.add(line);
		}

		@Override
		public void flush() {
		}

		@Override
		public void close() {
		}

	};

	@BeforeEach
	void listen() {
		LOG.setUseParentHandlers(false);
		LOG.addHandler(this.handler);
	}

	@AfterEach
	void stopListening() {
		LOG.removeHandler(this.handler);
		LOG.setUseParentHandlers(true);
		LOG.setLevel(null);
	}

	@Test
	void everyTransitionIsALineAndEveryOpeningAWarning() {
		try (Gate gate = gate()) {
			Circuit circuit = gate.circuit();
			Gate.trip(circuit);
			gate.advance(Duration.ofSeconds(10));
			circuit.acquire();
			gate.advance(Duration.ofSeconds(10));
			gate.advance(Duration.ofSeconds(10));
			circuit.success();
			circuit.report(Outcome.failure("503").tripNow().retryAfter(Duration.ofMinutes(2)));
			circuit.open(because("maintenance").untilToldOtherwise().by("ops"));
			circuit.reset(because("begin\nanew"));
		}
		assertThat(lines()).containsExactly(
				"WARNING connection 'payment-api': CLOSED -> OPEN, 2 consecutive failures (down); trials begin in 10s",
				"INFO connection 'payment-api': OPEN -> HALF_OPEN, expiry reached",
				"WARNING connection 'payment-api': HALF_OPEN -> OPEN, trial timed out"
						+ " (no outcome of the trial within 10s); trials begin in 10s",
				"INFO connection 'payment-api': OPEN -> HALF_OPEN, expiry reached",
				"INFO connection 'payment-api': HALF_OPEN -> CLOSED, trials succeeded",
				"WARNING connection 'payment-api': CLOSED -> OPEN, a failure that trips at once (503);"
						+ " trials begin in 2m",
				"WARNING connection 'payment-api': stays OPEN, by ops (maintenance); open until told otherwise",
				"INFO connection 'payment-api': OPEN -> CLOSED, by command (begin anew)");
	}

	@Test
	void anOpeningNamesTheTypeOfTheExceptionAndNotWhatItSays() {
		try (Gate gate = gate()) {
			fail(gate.circuit());
			fail(gate.circuit());
		}
		assertThat(lines()).containsExactly("WARNING connection 'payment-api': CLOSED -> OPEN, 2 consecutive failures"
				+ " (cause: java.lang.IllegalStateException); trials begin in 10s");
	}

	@Test
	void thePartsOfALineNameTheTypeOfTheExceptionAndNotWhatItSays() {
		List<Map<String, Object>> written = new ArrayList<>();
		try (Gate gate = Gate
			.with((builder) -> builder.maxAttempts(1).transitionLog((level, line, fields) -> written.add(fields)))) {
			fail(gate.circuit());
		}
		assertThat(written).singleElement()
			.satisfies((fields) -> assertThat(fields).containsEntry("errorType", "java.lang.IllegalStateException")
				.doesNotContainKey("reason"));
	}

	@Test
	void anOpeningNamesWhatAHandlerSaysAndTheTypeOfTheException() {
		try (Gate gate = Gate.with((builder) -> builder.expiry(Duration.ofSeconds(10)))) {
			assertThatIllegalStateException().isThrownBy(() -> gate.circuit().call(() -> {
				throw PROBLEM;
			}, (result, error) -> Outcome.failure("quota used up").tripNow()));
		}
		assertThat(lines()).singleElement()
			.asString()
			.contains("a failure that trips at once (quota used up; cause: java.lang.IllegalStateException);");
	}

	@Test
	void whatAHandlerRepeatsOfAnExceptionIsNotInTheLogNorInTheMessageOfARejection() {
		try (Gate gate = Gate.with((builder) -> builder.expiry(Duration.ofSeconds(10)))) {
			assertThatIllegalStateException().isThrownBy(() -> gate.circuit().call(() -> {
				throw PROBLEM;
			}, (result, error) -> Outcome.failure("pay: " + PROBLEM.getMessage()).tripNow()));
			assertThatExceptionOfType(CircuitOpenException.class).isThrownBy(gate.circuit()::acquire)
				.withMessageNotContaining("pay:")
				.withMessageContaining("cause: java.lang.IllegalStateException");
		}
		assertThat(lines()).singleElement()
			.asString()
			.contains("a failure that trips at once (cause: java.lang.IllegalStateException);");
	}

	@Test
	void anOpeningByARateSaysWhichAndNamesTheTypeOfTheException() {
		try (Gate gate = Gate
			.with((builder) -> builder.failureRate(50).minimumCalls(2).expiry(Duration.ofSeconds(10)))) {
			gate.circuit().success();
			fail(gate.circuit());
		}
		assertThat(lines()).singleElement()
			.asString()
			.contains("failure rate (1 of 2 calls failed; cause: java.lang.IllegalStateException);");
	}

	@Test
	void aSingleFailureIsNoSeveral() {
		try (Gate gate = Gate.with((builder) -> builder.maxAttempts(1).expiry(Duration.ofSeconds(10)))) {
			Gate.trip(gate.circuit());
		}
		assertThat(lines()).singleElement().asString().contains("CLOSED -> OPEN, 1 consecutive failure (down);");
	}

	@Test
	void whoWantsWarningsOnlyReadsOfOpeningsOnly() {
		LOG.setLevel(Level.WARNING);
		try (Gate gate = gate()) {
			gate.circuit().close(because("repaired"));
			gate.circuit().open(because("maintenance"));
		}
		assertThat(lines()).singleElement().asString().contains("CLOSED -> OPEN, by command (maintenance)");
	}

	@Test
	void anotherLogGetsTheLineAndItsPartsInsteadOfTheUsualOne() {
		List<Object> written = new ArrayList<>();
		try (Gate gate = Gate.with((builder) -> builder.maxAttempts(2)
			.expiry(Duration.ofSeconds(10))
			.transitionLog((level, line, fields) -> written.addAll(List.of(level, line, fields))))) {
			Gate.trip(gate.circuit());
		}
		assertThat(written).containsExactly(System.Logger.Level.WARNING,
				"connection 'payment-api': CLOSED -> OPEN, 2 consecutive failures (down); trials begin in 10s",
				Map.of("connection", "payment-api", "type", "general", "previous", "CLOSED", "next", "OPEN", "cause",
						"CONSECUTIVE_FAILURES", "reason", "down", "failureCount", 2, "expiry", Duration.ofSeconds(10)));
		assertThat(this.records).isEmpty();
	}

	@Test
	void noPartOfALineBreaksItWhateverCameFromOutside() {
		String hostile = "a\r\nb\u001b[31mc\u2028d\u202ee";
		List<Map<String, Object>> written = new ArrayList<>();
		try (Gate gate = Gate.with((builder) -> builder.transitionLog((level, line, fields) -> {
			fields.put("line", line);
			written.add(fields);
		}))) {
			gate.brama.circuit(new ConnectionId(hostile, hostile, hostile)).open(because(hostile).by(hostile));
		}
		String harmless = "a  b [31mc d e";
		assertThat(written).singleElement().satisfies((fields) -> {
			assertThat(fields).extractingByKeys("connection", "type", "scope", "reason", "actor")
				.containsOnly(harmless);
			assertThat(fields.get("line").toString())
				.contains("'" + harmless + "'", "(" + harmless + ")", "by " + harmless)
				.matches("[ -~]*");
		});
	}

	@Test
	void aLogThatFailsHarmsNobody() {
		try (Gate gate = Gate.with((builder) -> builder.transitionLog((level, line, fields) -> {
			throw PROBLEM;
		}))) {
			gate.circuit().open(because("maintenance"));
			assertThat(gate.changes()).hasSize(1);
		}
		assertProblems("WARNING A listener failed (once so far), now on STATE_CHANGE of connection 'payment-api'");
	}

	@Test
	void theExceptionOfACallIsForThoseWhoDebug() {
		try (Gate gate = gate()) {
			fail(gate.circuit());
			assertThat(this.records).isEmpty();
			LOG.setLevel(Level.FINE);
			fail(gate.circuit());
		}
		assertThat(this.records).filteredOn((line) -> line.getThrown() == PROBLEM)
			.singleElement()
			.satisfies((line) -> assertThat(line.getLevel() + " " + line.getMessage())
				.isEqualTo("FINE connection 'payment-api': a call failed"));
	}

	private static void fail(Circuit circuit) {
		assertThatIllegalStateException().isThrownBy(() -> circuit.run(() -> {
			throw PROBLEM;
		}));
	}

	@Test
	void aListenerThatFailsIsNamedTheFirstAndTheTenthTime() {
		try (Gate gate = gate()) {
			gate.brama.subscribe(EventFilter.types(BramaEvent.Type.SUCCESS), (event) -> {
				throw PROBLEM;
			});
			IntStream.range(0, 11).forEach((i) -> gate.circuit().success());
		}
		assertProblems("WARNING A listener failed (once so far), now on SUCCESS of connection 'payment-api'",
				"WARNING A listener failed (10 times so far), now on SUCCESS of connection 'payment-api'");
	}

	@Test
	void aLogThatFailsCostsNoOutcome() {
		LOG.setLevel(Level.FINE);
		LOG.setFilter((line) -> {
			throw new IllegalStateException("the log is full");
		});
		try (Gate gate = gate()) {
			assertThatIllegalStateException().isThrownBy(() -> gate.circuit().call(() -> {
				throw PROBLEM;
			})).isSameAs(PROBLEM);
			assertThat(gate.circuit().status().calls().failure()).isEqualTo(1);
		}
		finally {
			LOG.setFilter(null);
		}
	}

	@Test
	void anErrorHandlerThatFailsIsNamedTheFirstAndTheTenthTime() throws Exception {
		try (Gate gate = gate()) {
			for (int i = 0; i < 11; i++) {
				gate.circuit().call(() -> "done", (result, error) -> {
					throw PROBLEM;
				});
			}
		}
		assertProblems(
				"WARNING An error handler of connection 'payment-api' failed (once so far);"
						+ " the default classification is used instead",
				"WARNING An error handler of connection 'payment-api' failed (10 times so far);"
						+ " the default classification is used instead");
	}

	@Test
	void anExpiryStrategyThatFailsIsNamedTheFirstAndTheTenthTime() {
		try (Gate gate = Gate.with((builder) -> builder.expiry(Duration.ofSeconds(7)).expiryStrategy((opening) -> {
			throw PROBLEM;
		}))) {
			IntStream.range(0, 11).forEach((i) -> flap(gate));
		}
		assertProblems(
				"WARNING The expiry strategy of connection 'payment-api' failed on opening 1 (once so far);"
						+ " the fixed expiry of 7s is used instead",
				"WARNING The expiry strategy of connection 'payment-api' failed on opening 10 (10 times so far);"
						+ " the fixed expiry of 7s is used instead");
	}

	@ParameterizedTest
	@ValueSource(strings = { "PT0S", "PT-5S", "" })
	void anExpiryThatIsNoneIsSaidToBeOne(String expiry) {
		@Nullable Duration answer = expiry.isEmpty() ? null : Duration.parse(expiry);
		try (Gate gate = Gate.with((builder) -> builder.expiryStrategy((opening) -> answer))) {
			flap(gate);
		}
		assertThat(this.records.get(0).getThrown()).hasMessage("it must answer with a duration longer than 0s, was "
				+ ((answer != null) ? Text.value(answer) : "null"));
	}

	@Test
	void thatThereIsNoRoomIsSaidOnceAMinute() {
		try (Gate gate = Gate.with((builder) -> builder.maxConnections(1))) {
			gate.circuit().open(because("maintenance").untilToldOtherwise());
			this.records.clear();
			Circuit other = gate.brama.circuit("other");
			other.run(LogTests::nothing);
			other.run(LogTests::nothing);
			gate.advance(Duration.ofMinutes(1).minusNanos(1));
			other.run(LogTests::nothing);
			gate.advance(Duration.ofNanos(1));
			other.run(LogTests::nothing);
		}
		String line = "WARNING There is no room for connection 'other': all 1 circuits (max-connections) are in use or"
				+ " held open. Its calls pass unguarded, as %s did so far";
		assertThat(lines()).containsExactly(line.formatted(1), line.formatted(4));
	}

	@Test
	void whatContradictsItselfIsNamedAndItsWeakestPlaceLeftOut() {
		try (Gate gate = Gate.with((builder) -> builder.connection("bank*", (options) -> options.trialCalls(2))
			.scope("payments", (options) -> options.trialCalls(5).successesToClose(5).maxAttempts(3)))) {
			Circuit circuit = gate.brama.circuit(new ConnectionId("bank-1", "general", "payments"));
			assertThat(circuit.status().config().trialCalls()).isEqualTo(2);
			assertThat(circuit.status().config().successesToClose()).isOne();
			assertThat(circuit.status().config().maxAttempts()).isEqualTo(10);
		}
		assertThat(lines()).singleElement()
			.asString()
			.startsWith("WARNING What is configured for connection 'bank-1'")
			.contains("contradicts itself: successes-to-close of ", "must be between 1 and its 2 trial-calls, was 5")
			.endsWith(". What the weakest place says of it is left out (seen once so far)");
	}

	private static Gate gate() {
		return Gate.with((builder) -> builder.maxAttempts(2).expiry(Duration.ofSeconds(10)));
	}

	private static void flap(Gate gate) {
		Gate.trip(gate.circuit());
		gate.advance(Duration.ofSeconds(1));
		gate.circuit().close(because("repaired"));
	}

	private static void nothing() {
	}

	private List<String> lines() {
		return this.records.stream().map((line) -> line.getLevel() + " " + line.getMessage()).toList();
	}

	/** The lines with the problem, in their order; transitions stand between them. */
	private void assertProblems(String... lines) {
		this.records.removeIf((line) -> line.getThrown() == null);
		assertThat(lines()).containsExactly(lines);
		assertThat(this.records).extracting(LogRecord::getThrown)
			.containsExactlyElementsOf(Collections.nCopies(lines.length, PROBLEM));
	}

}
