package io.brama.spring.metrics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

import io.brama.BramaEvent.StateChanged;
import io.brama.Circuit;
import io.brama.CircuitConfig;
import io.brama.CircuitState;
import io.brama.ConnectionStatus;
import io.brama.Mode;
import io.brama.TransitionCause;
import io.brama.policy.TripPolicy;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import org.jspecify.annotations.Nullable;

/**
 * The meters of one circuit in one registry.
 * <p>
 * Maintainers: the registry refers to this object weakly, so they read nothing once it is
 * gone. Used under the monitor of {@link GateMeters}, but for the reading of meters,
 * which needs the circuit alone. A circuit that has been removed still tells its last
 * totals.
 * <p>
 * A counter of transitions must be there with 0 for some time before its first increment,
 * or Prometheus does not see that; but healthy circuits, which are the most, shall have
 * few of them.
 */
final class CircuitMeters {

	private final MeterRegistry registry;

	private final Tags tags;

	private final List<Meter> meters = new ArrayList<>();

	/** Those that are there only while they have something to say. */
	private final Map<String, Meter> passing = new HashMap<>();

	private final Map<Transition, Counter> transitions = new HashMap<>();

	private volatile Circuit circuit;

	private CircuitMeters(Circuit circuit, MeterRegistry registry, Tags tags) {
		this.circuit = circuit;
		this.registry = registry;
		this.tags = tags.and(TagValues.of(circuit.id()));
	}

	static CircuitMeters of(Circuit circuit, MeterRegistry registry, Tags tags) {
		CircuitMeters meters = new CircuitMeters(circuit, registry, tags);
		meters.registerCalls();
		meters.registerRemaining();
		meters.registerOpenings();
		return meters;
	}

	/** Read from this circuit from now on, with the meters its configuration asks for. */
	void bringUpToDate(Circuit circuit) {
		this.circuit = circuit;
		CircuitConfig config = circuit.status().config();
		TripPolicy rules = config.tripPolicy();
		showRate("brama.failure.rate", "The share of failures in the window, from 0 to 1", rules.failureRate() != null,
				ConnectionStatus::failureRate, TransitionCause.FAILURE_RATE);
		showRate("brama.slow.rate", "The share of slow calls in the window, from 0 to 1", rules.slowCallRate() != null,
				ConnectionStatus::slowCallRate, TransitionCause.SLOW_CALL_RATE);
		show("brama.mode", "That nothing is rejected: 1 because the circuit is only observed, 2 because it is off",
				config.mode() != Mode.ENFORCE, (read) -> modeOf(read.status()));
	}

	/**
	 * Tell the state if there is one: a circuit without a call has none to tell.
	 * @return whether there is one
	 */
	boolean tellState() {
		boolean known = this.circuit.state() != CircuitState.UNKNOWN;
		show("brama.state", "The state of the circuit: 0 closed, 1 half-open, 2 open", known,
				(read) -> stateOf(read.state()));
		return known;
	}

	private void registerCalls() {
		for (CallOutcome outcome : CallOutcome.values()) {
			this.meters.add(FunctionTimer
				.builder(BramaMetrics.CALLS, this, (meters) -> outcome.calls(meters.circuit),
						(meters) -> outcome.nanos(meters.circuit), TimeUnit.NANOSECONDS)
				.tags(this.tags.and("outcome", TagValues.of(outcome)))
				.description("The calls by what became of them, and the time of those that succeeded or failed")
				.register(this.registry));
		}
	}

	private void registerRemaining() {
		this.meters.add(TimeGauge
			.builder("brama.open.remaining", this, TimeUnit.SECONDS, (meters) -> remainingOf(meters.circuit))
			.tags(this.tags)
			.description("The time until an open circuit begins trials")
			.register(this.registry));
	}

	/** How a healthy circuit may open by itself. */
	private void registerOpenings() {
		counter(CircuitState.OPEN, TransitionCause.CONSECUTIVE_FAILURES);
		counter(CircuitState.OPEN, TransitionCause.FAILURE_TRIPPED);
	}

	/** What may come after an opening. */
	private void registerRecovery() {
		counter(CircuitState.HALF_OPEN, TransitionCause.EXPIRY_REACHED);
		counter(CircuitState.CLOSED, TransitionCause.TRIALS_SUCCEEDED);
		counter(CircuitState.OPEN, TransitionCause.TRIALS_FAILED);
		counter(CircuitState.OPEN, TransitionCause.TRIAL_TIMED_OUT);
	}

	private void showRate(String name, String description, boolean watched,
			Function<ConnectionStatus, @Nullable Double> rate, TransitionCause cause) {
		if (watched) {
			counter(CircuitState.OPEN, cause);
		}
		show(name, description, watched, (read) -> {
			Double share = rate.apply(read.status());
			return (share != null) ? share : Double.NaN;
		});
	}

	/** Have a gauge, or have none any longer. */
	private void show(String name, String description, boolean wanted, ToDoubleFunction<Circuit> value) {
		Meter present = this.passing.get(name);
		if (wanted && present == null) {
			this.passing.put(name,
					Gauge.builder(name, this, (meters) -> value.applyAsDouble(meters.circuit))
						.tags(this.tags)
						.description(description)
						.register(this.registry));
		}
		else if (!wanted && present != null) {
			this.passing.remove(name);
			this.registry.remove(present);
		}
	}

	void count(StateChanged change) {
		registerRecovery();
		counter(change.next(), change.cause()).increment();
	}

	private Counter counter(CircuitState to, TransitionCause cause) {
		return this.transitions.computeIfAbsent(new Transition(to, cause),
				(transition) -> Counter.builder("brama.transitions")
					.tags(this.tags.and("to", TagValues.of(to), "cause", TagValues.of(cause)))
					.description("The moves of the circuit")
					.baseUnit("transitions")
					.register(this.registry));
	}

	void end() {
		this.meters.forEach(this.registry::remove);
		this.passing.values().forEach(this.registry::remove);
		this.transitions.values().forEach(this.registry::remove);
	}

	private static double stateOf(CircuitState state) {
		return switch (state) {
			case UNKNOWN -> Double.NaN;
			case CLOSED -> 0;
			case HALF_OPEN -> 1;
			case OPEN -> 2;
		};
	}

	private static double modeOf(ConnectionStatus status) {
		return switch (status.mode()) {
			case ENFORCE -> 0;
			case OBSERVE -> 1;
			case OFF -> 2;
		};
	}

	private static double remainingOf(Circuit circuit) {
		ConnectionStatus status = (circuit.state() == CircuitState.OPEN) ? circuit.status() : null;
		if (status == null || status.state() != CircuitState.OPEN) {
			return 0;
		}
		Duration remaining = status.remainingOpenTime();
		return (remaining != null) ? remaining.toNanos() / 1e9 : Double.POSITIVE_INFINITY;
	}

	/** A kind of move. */
	private record Transition(CircuitState to, TransitionCause cause) {
	}

}
