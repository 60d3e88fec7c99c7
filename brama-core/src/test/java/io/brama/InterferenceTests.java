package io.brama;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

import io.brama.BramaEvent.Rejected;
import io.brama.ConnectionStatus.Calls;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static io.brama.Command.because;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Something comes between calls and what they call.
 */
class InterferenceTests {

	private final Disturbance disturbance = new Disturbance();

	private final Gate gate = Gate.with((builder) -> builder.interference(this.disturbance).maxAttempts(2));

	private final Circuit circuit = this.gate.circuit();

	private final AtomicBoolean reached = new AtomicBoolean();

	@AfterEach
	void close() {
		this.gate.close();
	}

	@Test
	void aCallIsRunIfNothingInterferes() throws Exception {
		assertThat(this.circuit.call(() -> "paid")).isEqualTo("paid");
		assertThat(this.circuit.status().calls().success()).isOne();
	}

	@Test
	void whatIsThrownInThePlaceOfACallIsItsFailure() {
		IOException down = new IOException("down");
		this.disturbance.failure = down;
		assertThatThrownBy(() -> this.circuit.call(this::reach)).isSameAs(down);
		assertThat(this.reached).isFalse();
		assertThat(this.circuit.status().lastFailureReason()).isEqualTo("down");
	}

	@Test
	void theHandlerOfTheCallSaysWhatTheFailureMeans() {
		this.disturbance.failure = new IOException("down");
		assertThatThrownBy(() -> this.circuit.call(this::reach, (result, error) -> Outcome.ignored()))
			.isInstanceOf(IOException.class);
		assertThat(this.circuit.status().calls()).isEqualTo(new Calls(0, 0, 1, 0, 0, 0));
	}

	@Test
	void anAsynchronousCallFailsLikewise() {
		this.disturbance.failure = new IllegalStateException("down");
		assertThatThrownBy(() -> this.circuit.callAsync(() -> CompletableFuture.completedFuture(reach())))
			.hasMessage("down");
		assertThat(this.reached).isFalse();
		assertThat(this.circuit.status().calls().failure()).isOne();
	}

	@Test
	void aTaskOfAGuardedExecutorFailsLikewise() {
		this.disturbance.failure = new IllegalStateException("down");
		assertThatThrownBy(() -> this.circuit.guard((Executor) Runnable::run).execute(this::reach)).hasMessage("down");
		assertThat(this.reached).isFalse();
		assertThat(this.circuit.status().calls().failure()).isOne();
	}

	@Test
	void aPermitRunsItsCall() {
		Permit permit = this.circuit.acquire();
		String paid = permit.run("book", (item) -> "paid " + item);
		assertThat(paid).isEqualTo("paid book");
		this.disturbance.failure = new IllegalStateException("down");
		assertThatThrownBy(() -> permit.run("book", (item) -> reach())).hasMessage("down");
		assertThat(this.reached).isFalse();
		assertThat(this.circuit.status().calls().total()).isZero();
	}

	@Test
	void aCallIsTurnedAwayAsIfTheCircuitWereOpen() {
		this.circuit.success();
		this.disturbance.rejecting = true;
		assertThatExceptionOfType(CircuitOpenException.class).isThrownBy(() -> this.circuit.run(this::reach))
			.satisfies((open) -> assertThat(open.state()).isEqualTo(CircuitState.OPEN))
			.withMessageContaining("rejected on purpose");
		assertThat(this.circuit.tryAcquire()).isNull();
		assertThat(this.reached).isFalse();
		assertThat(this.circuit.status().calls()).isEqualTo(new Calls(1, 0, 0, 2, 0, 0));
		assertThat(this.gate.only(Rejected.class)).hasSize(2);
	}

	@Test
	void toTurnCallsAwayDoesNotMoveTheCircuit() {
		this.circuit.success();
		this.disturbance.rejecting = true;
		assertThat(this.circuit.tryAcquire()).isNull();
		assertThat(this.circuit.status().state()).isEqualTo(CircuitState.CLOSED);
		this.disturbance.rejecting = false;
		assertThat(this.circuit.tryAcquire()).isNotNull();
		assertThat(this.gate.changes()).isEmpty();
	}

	@ParameterizedTest
	@EnumSource(value = Mode.class, names = "ENFORCE", mode = EnumSource.Mode.EXCLUDE)
	void whereAnOpenCircuitRejectsNothingNoCallIsTurnedAway(Mode mode) {
		this.circuit.mode(mode, because("rollout"));
		this.disturbance.rejecting = true;
		assertThat(this.circuit.tryAcquire()).isNotNull();
		assertThat(this.circuit.status().calls().rejected()).isZero();
	}

	@Test
	void aCallThatFailsOnPurposeOpensTheCircuit() {
		this.disturbance.failure = new IllegalStateException("down");
		for (int call = 1; call <= 2; call++) {
			assertThatThrownBy(() -> this.circuit.run(this::reach)).hasMessage("down");
		}
		assertThat(this.circuit.status().state()).isEqualTo(CircuitState.OPEN);
	}

	@Test
	void aRemovedCircuitComesBackDisturbed() {
		this.circuit.success();
		this.gate.brama.unregister("payment-api");
		this.disturbance.rejecting = true;
		assertThat(this.circuit.tryAcquire()).isNull();
		assertThat(this.gate.brama.find("payment-api")).contains(this.circuit);
	}

	/** So the compiler of the JVM knows one kind of traffic, and calls it directly. */
	@Test
	void whereNobodyInterferesThatKindOfTrafficIsNeverLoaded() throws Exception {
		try (Loader loader = new Loader()) {
			Class<?> gateType = loader.loadClass("io.brama.Brama");
			Object brama = gateType.getMethod("create").invoke(null);
			Object undisturbed = gateType.getMethod("circuit", String.class).invoke(brama, "payment-api");
			undisturbed.getClass().getMethod("run", Runnable.class).invoke(undisturbed, (Runnable) this::reach);
			assertThat(this.reached).isTrue();
			assertThat(loader.hasLoaded("io.brama.Traffic")).isTrue();
			assertThat(loader.hasLoaded("io.brama.DisturbedTraffic")).isFalse();
		}
	}

	private String reach() {
		this.reached.set(true);
		return "reached";
	}

	/** Fails or rejects every call, when told to. */
	private static final class Disturbance implements Interference {

		private @Nullable Exception failure;

		private boolean rejecting;

		@Override
		public boolean rejects(ConnectionId connection) {
			return this.rejecting;
		}

		@Override
		public <A extends @Nullable Object, T extends @Nullable Object, X extends Throwable> T run(
				ConnectionId connection, A argument, Circuit.Body<? super A, ? extends T, ? extends X> body) throws X {
			if (this.failure != null) {
				throw InterferenceTests.<X>sneaky(this.failure);
			}
			return body.apply(argument);
		}

	}

	/** Loads the core once more. */
	private static final class Loader extends URLClassLoader {

		private Loader() {
			super(new URL[] { Brama.class.getProtectionDomain().getCodeSource().getLocation() },
					ClassLoader.getPlatformClassLoader());
		}

		private boolean hasLoaded(String type) {
			return findLoadedClass(type) != null;
		}

	}

	@SuppressWarnings({ "unchecked", "TypeParameterUnusedInFormals" })
	private static <X extends Throwable> X sneaky(Throwable failure) {
		return (X) failure;
	}

}
