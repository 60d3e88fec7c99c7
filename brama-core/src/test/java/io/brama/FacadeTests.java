package io.brama;

import java.util.function.BiPredicate;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static io.brama.Command.because;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Commands and questions by name and by key reach the circuit they name, say whether
 * there is one, and create none.
 */
class FacadeTests {

	private static final ConnectionId ID = ConnectionId.of("payment-api");

	private static final ConnectionId UNKNOWN = ConnectionId.of("unknown");

	private static final Command COMMAND = because("maintenance").by("ops");

	private final Gate gate = Gate.with((builder) -> builder.maxAttempts(2));

	private final Circuit circuit = this.gate.circuit();

	@BeforeEach
	void useTheCircuit() {
		this.circuit.success();
	}

	@AfterEach
	void close() {
		this.gate.close();
	}

	static Stream<Arguments> commands() {
		return Stream.of(
				command("open by name", CircuitState.OPEN, (brama, id) -> brama.open(id.identifier(), COMMAND)),
				command("open by key", CircuitState.OPEN, (brama, id) -> brama.open(id, COMMAND)),
				command("close by name", CircuitState.CLOSED, (brama, id) -> brama.close(id.identifier(), COMMAND)),
				command("close by key", CircuitState.CLOSED, (brama, id) -> brama.close(id, COMMAND)),
				command("reset by name", CircuitState.UNKNOWN, (brama, id) -> brama.reset(id.identifier(), COMMAND)),
				command("reset by key", CircuitState.UNKNOWN, (brama, id) -> brama.reset(id, COMMAND)));
	}

	private static Arguments command(String name, CircuitState next, BiPredicate<Brama, ConnectionId> command) {
		return arguments(name, next, command);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("commands")
	void aCommandReachesTheCircuitItNames(String name, CircuitState next, BiPredicate<Brama, ConnectionId> command) {
		assertThat(command.test(this.gate.brama, ID)).isTrue();
		assertThat(this.circuit.status().state()).isEqualTo(next);
		assertThat(this.gate.changes()).singleElement()
			.extracting(BramaEvent.StateChanged::cause, BramaEvent.StateChanged::reason, BramaEvent.StateChanged::actor)
			.containsExactly(TransitionCause.OPERATOR, "maintenance", "ops");
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("commands")
	void aCommandToAnUnknownConnectionCreatesNone(String name, CircuitState next,
			BiPredicate<Brama, ConnectionId> command) {
		assertThat(command.test(this.gate.brama, UNKNOWN)).isFalse();
		assertThat(this.gate.brama.all()).containsExactly(this.circuit);
		assertThat(this.gate.changes()).isEmpty();
	}

	@Test
	void theStatusIsFoundByNameAndByKey() {
		assertThat(this.gate.brama.status("payment-api")).hasValueSatisfying(this::isOfTheCircuit);
		assertThat(this.gate.brama.status(ID)).hasValueSatisfying(this::isOfTheCircuit);
		assertThat(this.gate.brama.status("unknown")).isEmpty();
		assertThat(this.gate.brama.status(UNKNOWN)).isEmpty();
	}

	private void isOfTheCircuit(ConnectionStatus status) {
		assertThat(status.id()).isEqualTo(ID);
		assertThat(status.calls().success()).isEqualTo(1);
	}

	@Test
	void theCircuitIsFoundByNameAndByKey() {
		assertThat(this.gate.brama.find("payment-api")).containsSame(this.circuit);
		assertThat(this.gate.brama.find(ID)).containsSame(this.circuit);
		assertThat(this.gate.brama.find(UNKNOWN)).isEmpty();
	}

	@Test
	void aConnectionIsUnregisteredOnceByNameOrByKey() {
		assertThat(this.gate.brama.unregister("payment-api")).isTrue();
		assertThat(this.gate.brama.unregister("payment-api")).isFalse();
		this.circuit.success();
		assertThat(this.gate.brama.unregister(ID)).isTrue();
		assertThat(this.gate.brama.unregister(ID)).isFalse();
		assertThat(this.gate.brama.all()).isEmpty();
	}

}
