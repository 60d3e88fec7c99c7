package io.brama;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import static io.brama.Command.because;

/**
 * A circuit in one of the situations of the state table. It opens after 2 failures or at
 * a slow call among slow ones, for 10 s, and closes after 1 successful trial of 1.
 */
final class Scene implements AutoCloseable {

	static final Duration EXPIRY = Duration.ofSeconds(10);

	static final Duration SLOW = Duration.ofSeconds(2);

	final Gate gate = Gate.with((builder) -> builder.maxConnections(1)
		.cleanupInterval(Duration.ofHours(1))
		.maxAttempts(2)
		.slowCallDuration(SLOW)
		.slowCallRate(100)
		.minimumCalls(1)
		.expiry(EXPIRY));

	final Circuit circuit = this.gate.circuit();

	/** The permit of a call that began in an earlier period. */
	final Permit old = this.circuit.acquire();

	/** The permit of a call that is under way. */
	private @Nullable Permit own;

	Scene(Situation situation) {
		situation.prepare.accept(this);
	}

	/** Close for the second time, so that outcomes of the first are late. */
	private void cycle() {
		halfOpen();
		this.circuit.success();
	}

	private void failOnce() {
		cycle();
		this.circuit.failure("down");
	}

	private void open() {
		Gate.trip(this.circuit);
	}

	private void halfOpen() {
		open();
		this.gate.advance(EXPIRY);
	}

	private void beginTrial() {
		halfOpen();
		this.own = this.circuit.acquire();
	}

	void passUnnoticed() {
		this.gate.time.stopTimer();
		this.gate.advance(EXPIRY);
	}

	private void mode(Mode mode) {
		this.circuit.mode(mode, because("a test"));
	}

	String reconfigure(Consumer<CircuitOptions<?>> options) {
		this.gate.brama.configure("payment-api", options);
		return "-";
	}

	String call() {
		return (this.circuit.tryAcquire() != null) ? "admitted" : "rejected";
	}

	String with(Function<Permit, Object> settlement) {
		Permit permit = (this.own != null) ? this.own : this.circuit.tryAcquire();
		return (permit != null) ? settlement.apply(permit).toString() : "rejected";
	}

	String wait(Duration time) {
		this.gate.advance(time);
		return "-";
	}

	String state() {
		return isRegistered() ? this.circuit.status().state().name() : "GONE";
	}

	boolean isRegistered() {
		return this.gate.brama.find("payment-api").isPresent();
	}

	String openFor() {
		if (!state().equals("OPEN")) {
			return "";
		}
		Duration remaining = this.circuit.status().remainingOpenTime();
		return (remaining != null) ? Text.value(remaining) : "ever";
	}

	@Override
	public void close() {
		this.gate.close();
	}

	/** Where a circuit stands; the table says it in words. */
	@SuppressWarnings("ImmutableEnumChecker") // stateless lambdas
	enum Situation {

		UNKNOWN((scene) -> scene.circuit.reset(because("begin anew"))),

		CLOSED(Scene::cycle),

		FAILED_ONCE(Scene::failOnce),

		OPEN(Scene::open),

		OPEN_FOR_EVER((scene) -> {
			scene.cycle();
			scene.circuit.open(because("maintenance").untilToldOtherwise());
		}),

		DUE((scene) -> {
			scene.open();
			scene.passUnnoticed();
		}),

		HALF_OPEN(Scene::halfOpen),

		TRIAL_RUNS(Scene::beginTrial),

		MID_TRIAL((scene) -> {
			scene.reconfigure((options) -> options.trialCalls(4).successesToClose(2));
			scene.halfOpen();
			scene.circuit.acquire().success();
			scene.circuit.acquire().failure("down");
		}),

		OVERDUE((scene) -> {
			scene.beginTrial();
			scene.passUnnoticed();
		}),

		OBSERVED_OPEN((scene) -> {
			scene.mode(Mode.OBSERVE);
			scene.open();
		}),

		OBSERVED_TRIAL((scene) -> {
			scene.mode(Mode.OBSERVE);
			scene.beginTrial();
		}),

		OFF_CLOSED((scene) -> {
			scene.failOnce();
			scene.mode(Mode.OFF);
		}),

		OFF_OPEN((scene) -> {
			scene.open();
			scene.mode(Mode.OFF);
		}),

		OFF_HALF_OPEN((scene) -> {
			scene.halfOpen();
			scene.mode(Mode.OFF);
		}),

		RETIRED((scene) -> {
			scene.failOnce();
			scene.gate.brama.unregister("payment-api");
		});

		private final Consumer<Scene> prepare;

		Situation(Consumer<Scene> prepare) {
			this.prepare = prepare;
		}

	}

}
