package io.brama;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

import io.brama.BramaEvent.StateChanged;

/**
 * A Brama under manual time, with direct delivery and a record of its events: what most
 * tests stand on.
 */
final class Gate implements AutoCloseable {

	final ManualTime time;

	final Brama brama;

	final List<BramaEvent> events = Collections.synchronizedList(new ArrayList<>());

	private Gate(ManualTime time, Consumer<Brama.Builder> options) {
		this.time = time;
		Brama.Builder builder = Brama.builder().timeSource(time).delivery(Delivery.DIRECT);
		options.accept(builder);
		this.brama = builder.build();
		this.brama.subscribe(EventFilter.all(), this.events::add);
	}

	static Gate with(Consumer<Brama.Builder> options) {
		return new Gate(new ManualTime(), options);
	}

	static Gate at(ManualTime time, Consumer<Brama.Builder> options) {
		return new Gate(time, options);
	}

	Circuit circuit() {
		return this.brama.circuit("payment-api");
	}

	void advance(Duration duration) {
		this.time.advance(duration);
	}

	List<StateChanged> changes() {
		return only(StateChanged.class);
	}

	<E extends BramaEvent> List<E> only(Class<E> type) {
		return List.copyOf(this.events).stream().filter(type::isInstance).map(type::cast).toList();
	}

	/** Report failures until the circuit is open. */
	static void trip(Circuit circuit) {
		while (circuit.status().state() != CircuitState.OPEN) {
			circuit.failure("down");
		}
	}

	@Override
	public void close() {
		this.brama.close();
	}

}
