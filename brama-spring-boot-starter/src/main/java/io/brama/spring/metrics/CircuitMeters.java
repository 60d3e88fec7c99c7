package io.brama.spring.metrics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import io.brama.BramaEvent.StateChanged;
import io.brama.Circuit;
import io.brama.CircuitState;
import io.brama.ConnectionStatus;
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

	private final Map<String, Meter> rates = new HashMap<>();

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
		meters.registerState();
		meters.registerOpenings();
		return meters;
	}

	/** Read from this circuit from now on, with the meters its configuration asks for. */
	void bringUpToDate(Circuit circuit) {
		this.circuit = circuit;
		TripPolicy rules = circuit.status().config().tripPolicy();
		registerRate("brama.failure.rate", "The share of failures in the window, from 0 to 1",
				rules.failureRate() != null, ConnectionStatus::failureRate, TransitionCause.FAILURE_RATE);
		registerRate("brama.slow.rate", "The share of slow calls in the window, from 0 to 1",
				rules.slowCallRate() != null, ConnectionStatus::slowCallRate, TransitionCause.SLOW_CALL_RATE);
	}

	private void registerCalls() {
		for (CallOutcome outcome : CallOutcome.values()) {
			this.meters.add(FunctionTimer
				.builder("brama.calls", this, (meters) -> outcome.calls(meters.circuit),
						(meters) -> outcome.nanos(meters.circuit), TimeUnit.NANOSECONDS)
				.tags(this.tags.and("outcome", TagValues.of(outcome)))
				.description("The calls by what became of them, and the time of those that succeeded or failed")
				.register(this.registry));
		}
	}

	private void registerState() {
		this.meters.add(Gauge.builder("brama.state", this, (meters) -> stateOf(meters.status()))
			.tags(this.tags)
			.description("The state of the circuit: 0 closed, 1 half-open, 2 open")
			.register(this.registry));
		this.meters.add(TimeGauge
			.builder("brama.open.remaining", this, TimeUnit.SECONDS, (meters) -> remainingOf(meters.status()))
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

	private void registerRate(String name, String description, boolean watched,
			Function<ConnectionStatus, @Nullable Double> rate, TransitionCause cause) {
		Meter present = this.rates.get(name);
		if (watched && present == null) {
			counter(CircuitState.OPEN, cause);
			this.rates.put(name, Gauge.builder(name, this, (meters) -> {
				Double share = rate.apply(meters.status());
				return (share != null) ? share : Double.NaN;
			}).tags(this.tags).description(description).register(this.registry));
		}
		else if (!watched && present != null) {
			this.rates.remove(name);
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
		this.rates.values().forEach(this.registry::remove);
		this.transitions.values().forEach(this.registry::remove);
	}

	private ConnectionStatus status() {
		return this.circuit.status();
	}

	private static double stateOf(ConnectionStatus status) {
		return switch (status.state()) {
			case UNKNOWN -> Double.NaN;
			case CLOSED -> 0;
			case HALF_OPEN -> 1;
			case OPEN -> 2;
		};
	}

	private static double remainingOf(ConnectionStatus status) {
		if (status.state() != CircuitState.OPEN) {
			return 0;
		}
		Duration remaining = status.remainingOpenTime();
		return (remaining != null) ? remaining.toNanos() / 1e9 : Double.POSITIVE_INFINITY;
	}

	/** A kind of move. */
	private record Transition(CircuitState to, TransitionCause cause) {
	}

}
