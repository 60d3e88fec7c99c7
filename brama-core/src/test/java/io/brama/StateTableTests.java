package io.brama;

import java.time.Duration;
import java.util.function.Consumer;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.brama.Command.because;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The machine as a table: what each input does in each state. Circuits open after 2
 * failures for 10 s and close after 1 successful trial of 1.
 */
class StateTableTests {

	private static final Duration EXPIRY = Duration.ofSeconds(10);

	@ParameterizedTest(name = "{0} + {1} -> {2}")
	@CsvSource(textBlock = """
			# state,        input,                    next,      events, cause
			CLOSED,         success,                  CLOSED,    0,
			CLOSED,         failure,                  CLOSED,    0,
			CLOSED,         ignored,                  CLOSED,    0,
			CLOSED,         tripping failure,         OPEN,      1,      FAILURE_TRIPPED
			CLOSED,         time,                     CLOSED,    0,
			CLOSED,         late success,             CLOSED,    0,
			CLOSED,         late failure,             CLOSED,    0,
			CLOSED,         operator opens,           OPEN,      1,      OPERATOR
			CLOSED,         operator half-opens,      HALF_OPEN, 1,      OPERATOR
			CLOSED,         operator closes,          CLOSED,    1,      OPERATOR
			CLOSED,         operator resets,          UNKNOWN,   1,      OPERATOR
			FAILED_ONCE,    success,                  CLOSED,    0,
			FAILED_ONCE,    failure,                  OPEN,      1,      CONSECUTIVE_FAILURES
			FAILED_ONCE,    ignored,                  CLOSED,    0,
			FAILED_ONCE,    tripping failure,         OPEN,      1,      CONSECUTIVE_FAILURES
			FAILED_ONCE,    late failure,             CLOSED,    0,
			OPEN,           call,                     OPEN,      0,
			OPEN,           success,                  OPEN,      0,
			OPEN,           failure,                  OPEN,      0,
			OPEN,           tripping failure,         OPEN,      0,
			OPEN,           ignored,                  OPEN,      0,
			OPEN,           late success,             OPEN,      0,
			OPEN,           late failure,             OPEN,      0,
			OPEN,           time before the deadline, OPEN,      0,
			OPEN,           time,                     HALF_OPEN, 1,      EXPIRY_REACHED
			OPEN,           operator opens,           OPEN,      1,      OPERATOR
			OPEN,           operator half-opens,      HALF_OPEN, 1,      OPERATOR
			OPEN,           operator closes,          CLOSED,    1,      OPERATOR
			OPEN,           operator resets,          UNKNOWN,   1,      OPERATOR
			DUE,            success,                  CLOSED,    2,      TRIALS_SUCCEEDED
			DUE,            failure,                  OPEN,      2,      TRIALS_FAILED
			DUE,            ignored,                  HALF_OPEN, 1,      EXPIRY_REACHED
			DUE,            call,                     HALF_OPEN, 1,      EXPIRY_REACHED
			DUE,            operator opens,           OPEN,      1,      OPERATOR
			HALF_OPEN,      call,                     HALF_OPEN, 0,
			HALF_OPEN,      success,                  CLOSED,    1,      TRIALS_SUCCEEDED
			HALF_OPEN,      failure,                  OPEN,      1,      TRIALS_FAILED
			HALF_OPEN,      tripping failure,         OPEN,      1,      TRIALS_FAILED
			HALF_OPEN,      ignored,                  HALF_OPEN, 0,
			HALF_OPEN,      time,                     HALF_OPEN, 0,
			HALF_OPEN,      late success,             HALF_OPEN, 0,
			HALF_OPEN,      late failure,             HALF_OPEN, 0,
			HALF_OPEN,      operator opens,           OPEN,      1,      OPERATOR
			HALF_OPEN,      operator half-opens,      HALF_OPEN, 1,      OPERATOR
			HALF_OPEN,      operator closes,          CLOSED,    1,      OPERATOR
			HALF_OPEN,      operator resets,          UNKNOWN,   1,      OPERATOR
			TRIAL_RUNS,     call,                     HALF_OPEN, 0,
			TRIAL_RUNS,     time before the deadline, HALF_OPEN, 0,
			TRIAL_RUNS,     time,                     OPEN,      1,      TRIAL_TIMED_OUT
			TRIAL_RUNS,     late success,             HALF_OPEN, 0,
			TRIAL_RUNS,     operator closes,          CLOSED,    1,      OPERATOR
			""")
	@Tag("T13")
	@Tag("T14")
	@Tag("T47")
	void theMachine(Situation situation, String input, CircuitState next, int events, TransitionCause cause) {
		try (Gate gate = Gate.with((builder) -> builder.maxAttempts(2).expiry(EXPIRY))) {
			Circuit circuit = gate.circuit();
			Permit old = circuit.acquire();
			situation.prepare.accept(gate);
			int before = gate.changes().size();
			apply(input, gate, old);
			assertThat(circuit.status().state()).isEqualTo(next);
			assertThat(gate.changes()).hasSize(before + events);
			if (cause != null) {
				assertThat(gate.changes()).last().extracting(BramaEvent.StateChanged::cause).isEqualTo(cause);
			}
		}
	}

	private static void apply(String input, Gate gate, Permit old) {
		Circuit circuit = gate.circuit();
		switch (input) {
			case "call" -> circuit.tryAcquire();
			case "success" -> circuit.success();
			case "failure" -> circuit.failure("down");
			case "tripping failure" -> circuit.report(Outcome.failure("down").tripNow());
			case "ignored" -> circuit.report(Outcome.ignored());
			case "late success" -> assertThat(old.success()).isEqualTo(Permit.Settlement.LATE);
			case "late failure" -> assertThat(old.failure("down")).isEqualTo(Permit.Settlement.LATE);
			case "time" -> gate.advance(EXPIRY);
			case "time before the deadline" -> gate.advance(EXPIRY.minusNanos(1));
			case "operator opens" -> circuit.open(because("maintenance"));
			case "operator half-opens" -> circuit.halfOpen(because("try now"));
			case "operator closes" -> circuit.close(because("repaired"));
			case "operator resets" -> circuit.reset(because("begin anew"));
			default -> throw new IllegalArgumentException(input);
		}
	}

	private static void cycle(Gate gate) {
		Gate.trip(gate.circuit());
		gate.advance(EXPIRY);
		gate.circuit().success();
	}

	enum Situation {

		/** Closed for the second time, so that outcomes of the first are late. */
		CLOSED(StateTableTests::cycle),

		FAILED_ONCE((gate) -> {
			cycle(gate);
			gate.circuit().failure("down");
		}),

		OPEN((gate) -> Gate.trip(gate.circuit())),

		/** The expiry is over, and the timer has not noticed. */
		DUE((gate) -> {
			Gate.trip(gate.circuit());
			gate.time.stopTimer();
			gate.advance(EXPIRY);
		}),

		HALF_OPEN((gate) -> {
			Gate.trip(gate.circuit());
			gate.advance(EXPIRY);
		}),

		TRIAL_RUNS((gate) -> {
			HALF_OPEN.prepare.accept(gate);
			gate.circuit().acquire();
		});

		@SuppressWarnings("ImmutableEnumChecker") // a stateless lambda
		private final Consumer<Gate> prepare;

		Situation(Consumer<Gate> prepare) {
			this.prepare = prepare;
		}

	}

}
