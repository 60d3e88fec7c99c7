package io.brama;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

import io.brama.BramaEvent.StateChanged;
import io.brama.Scene.Situation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static io.brama.Command.because;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The machine as a table: what each input does in each situation, a row for every pair.
 * The rows stand in {@code state-table.csv}; the words in them are the constants of
 * {@link Situation} and {@link Input}.
 */
@ExtendWith(Silence.class)
class StateTableTests {

	private static final Path TABLE = Path.of("src/test/resources/io/brama/state-table.csv");

	@ParameterizedTest(name = "{0}")
	@MethodSource("rows")
	@Tag("T13")
	@Tag("T14")
	@Tag("T16")
	@Tag("T17")
	@Tag("T39")
	@Tag("T47")
	void theMachine(Row row) {
		try (Scene scene = new Scene(row.situation)) {
			int before = scene.gate.changes().size();
			ConnectionStatus status = scene.circuit.status();
			String answer = row.input.apply.apply(scene);
			List<StateChanged> changes = scene.gate.changes();
			StateChanged last = changes.get(changes.size() - 1);
			int moves = changes.size() - before;
			assertThat(new Row(row.situation, row.input, answer, scene.state(), moves,
					(moves > 0) ? last.cause() : null, scene.openFor()))
				.isEqualTo(row);
			assertChain(changes);
			if (moves == 0 && scene.isRegistered() && row.situation != Situation.RETIRED) {
				assertThat(scene.circuit.status().stateSince()).isEqualTo(status.stateSince());
			}
		}
	}

	private static void assertChain(List<StateChanged> changes) {
		for (int i = 1; i < changes.size(); i++) {
			assertThat(changes.get(i).previous()).isEqualTo(changes.get(i - 1).next());
		}
	}

	@Test
	void everySituationMeetsEveryInputOnce() {
		List<String> pairs = Arrays.stream(Situation.values())
			.flatMap((situation) -> Arrays.stream(Input.values()).map((input) -> situation + " + " + input))
			.toList();
		assertThat(rows().map((row) -> row.situation + " + " + row.input)).containsExactlyInAnyOrderElementsOf(pairs);
	}

	static Stream<Row> rows() {
		try {
			return Files.readAllLines(TABLE)
				.stream()
				.filter((line) -> !line.isBlank() && !line.startsWith("#"))
				.map(Row::parse);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** A line of the table. */
	record Row(Situation situation, Input input, String answer, String next, int changes,
			@Nullable TransitionCause cause, String openFor) {

		static Row parse(String line) {
			String[] cells = Arrays.stream(line.split(",", -1)).map(String::trim).toArray(String[]::new);
			return new Row(Situation.valueOf(cells[0]),
					Input.valueOf(cells[1].toUpperCase(Locale.ROOT).replaceAll("[ -]", "_")), cells[2], cells[3],
					Integer.parseInt(cells[4]), cells[5].isEmpty() ? null : TransitionCause.valueOf(cells[5]),
					cells[6]);
		}

	}

	/** What happens to a circuit, and its answer. */
	@SuppressWarnings("ImmutableEnumChecker") // stateless lambdas
	enum Input {

		CALL(Scene::call),

		SUCCESS_WITH_PERMIT((scene) -> scene.with(Permit::success)),

		SLOW_SUCCESS_WITH_PERMIT((scene) -> scene.with((permit) -> {
			scene.wait(Scene.SLOW);
			return permit.success();
		})),

		FAILURE_WITH_PERMIT((scene) -> scene.with((permit) -> permit.failure("down"))),

		TRIPPING_FAILURE_WITH_PERMIT((scene) -> scene.with((permit) -> permit.settle(tripping()))),

		FAILURE_WITH_RETRY_AFTER_WITH_PERMIT((scene) -> scene.with((permit) -> permit.settle(retryAfter()))),

		IGNORED_WITH_PERMIT((scene) -> scene.with((permit) -> permit.settle(Outcome.ignored()))),

		PERMIT_CLOSED((scene) -> scene.with((permit) -> {
			permit.close();
			return "-";
		})),

		SECOND_OUTCOME((scene) -> scene.with((permit) -> {
			permit.close();
			return permit.settle(tripping());
		})),

		SUCCESS((scene) -> scene.circuit.success().name()),

		FAILURE((scene) -> scene.circuit.failure("down").name()),

		TRIPPING_FAILURE((scene) -> scene.circuit.report(tripping()).name()),

		FAILURE_WITH_RETRY_AFTER((scene) -> scene.circuit.report(retryAfter()).name()),

		IGNORED((scene) -> scene.circuit.report(Outcome.ignored()).name()),

		LATE_SUCCESS((scene) -> scene.old.success().name()),

		LATE_FAILURE((scene) -> scene.old.failure("down").name()),

		LATE_TRIPPING_FAILURE((scene) -> scene.old.settle(tripping()).name()),

		TIME_BEFORE_THE_DEADLINE((scene) -> scene.wait(Scene.EXPIRY.minusNanos(1))),

		DEADLINE_BY_TIMER((scene) -> scene.wait(Scene.EXPIRY)),

		DEADLINE_BY_NEXT_CALL((scene) -> {
			scene.passUnnoticed();
			return scene.call();
		}),

		DAYS_OF_SILENCE((scene) -> scene.wait(Duration.ofDays(2))),

		OPERATOR_OPENS((scene) -> answer(scene.circuit.open(because("maintenance")), "obeyed")),

		OPERATOR_OPENS_FOR_AN_HOUR((scene) -> answer(
				scene.circuit.open(because("maintenance").forDuration(Duration.ofHours(1))), "obeyed")),

		OPERATOR_OPENS_FOR_EVER(
				(scene) -> answer(scene.circuit.open(because("maintenance").untilToldOtherwise()), "obeyed")),

		OPERATOR_HALF_OPENS((scene) -> answer(scene.circuit.halfOpen(because("try now")), "obeyed")),

		OPERATOR_CLOSES((scene) -> answer(scene.circuit.close(because("repaired")), "obeyed")),

		OPERATOR_RESETS((scene) -> answer(scene.circuit.reset(because("begin anew")), "obeyed")),

		MODE_OBSERVE((scene) -> answer(scene.circuit.mode(Mode.OBSERVE, because("a look")), "obeyed")),

		MODE_OFF((scene) -> answer(scene.circuit.mode(Mode.OFF, because("in the way")), "obeyed")),

		MODE_ENFORCE((scene) -> answer(scene.circuit.mode(Mode.ENFORCE, because("in earnest")), "obeyed")),

		MAX_ATTEMPTS_1((scene) -> scene.reconfigure((options) -> options.maxAttempts(1))),

		TWO_TRIALS_MUST_SUCCEED((scene) -> scene.reconfigure((options) -> options.trialCalls(2).successesToClose(2))),

		ONE_TRIAL_MUST_SUCCEED((scene) -> scene.reconfigure((options) -> options.successesToClose(1))),

		EXPIRY_1S((scene) -> scene.reconfigure((options) -> options.expiry(Duration.ofSeconds(1)))),

		IS_IT_AVAILABLE((scene) -> scene.circuit.isAvailable() ? "yes" : "no"),

		UNREGISTER((scene) -> scene.gate.brama.unregister("payment-api") ? "removed" : "unknown"),

		ROOM_IS_NEEDED((scene) -> {
			scene.gate.brama.circuit("another");
			return "-";
		});

		private final Function<Scene, String> apply;

		Input(Function<Scene, String> apply) {
			this.apply = apply;
		}

		private static String answer(boolean yes, String word) {
			return yes ? word : "refused";
		}

		private static Outcome tripping() {
			return Outcome.failure("down").tripNow();
		}

		private static Outcome retryAfter() {
			return Outcome.failure("down").retryAfter(Duration.ofMinutes(2));
		}

	}

}
