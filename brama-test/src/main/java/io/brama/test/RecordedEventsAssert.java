package io.brama.test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

import io.brama.BramaEvent;
import io.brama.CircuitState;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/**
 * Assertions on what has been recorded:
 * {@code assertThat(events).movedThrough("payment-api", OPEN, HALF_OPEN, CLOSED)}.
 */
public final class RecordedEventsAssert extends AbstractAssert<RecordedEventsAssert, RecordedEvents> {

	RecordedEventsAssert(@Nullable RecordedEvents actual) {
		super(actual, RecordedEventsAssert.class);
	}

	/**
	 * Verify that a connection went through these states and no others.
	 * @param identifier the connection
	 * @param states the state after each change, in their order; none if it did not move
	 * @return this
	 */
	public RecordedEventsAssert movedThrough(String identifier, CircuitState... states) {
		isNotNull();
		List<CircuitState> found = this.actual.states(identifier);
		if (!found.equals(Arrays.asList(states))) {
			throw failure("'%s' should have moved through %s but moved through %s. Recorded were:%n%s", identifier,
					Arrays.asList(states), found, this.actual);
		}
		return this;
	}

	/**
	 * Verify that there is an event of a type.
	 * @param type the type
	 * @return this
	 */
	public RecordedEventsAssert contains(Class<? extends BramaEvent> type) {
		isNotNull();
		if (this.actual.list(type).isEmpty()) {
			throw failure("There should be a %s. Recorded were:%n%s", type.getSimpleName(), this.actual);
		}
		return this;
	}

	/**
	 * Verify that there are events of these types, one after the other, whatever happened
	 * in between.
	 * @param types the types, in their order
	 * @return this
	 */
	@SafeVarargs
	public final RecordedEventsAssert containsInOrder(Class<? extends BramaEvent>... types) {
		isNotNull();
		List<BramaEvent> recorded = this.actual.list();
		Iterator<BramaEvent> events = recorded.iterator();
		List<String> found = new ArrayList<>();
		for (Class<? extends BramaEvent> type : types) {
			if (!comesTo(type, events)) {
				throw failure("There should be a %s after %s. Recorded were:%n%s", type.getSimpleName(), found,
						RecordedEvents.describe(recorded));
			}
			found.add(type.getSimpleName());
		}
		return this;
	}

	/** Whether there is such an event among those that follow; goes past it. */
	private static boolean comesTo(Class<?> type, Iterator<BramaEvent> events) {
		while (events.hasNext()) {
			if (type.isInstance(events.next())) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Verify that there is no event of a type.
	 * @param type the type
	 * @return this
	 */
	public RecordedEventsAssert containsNo(Class<? extends BramaEvent> type) {
		isNotNull();
		List<? extends BramaEvent> found = this.actual.list(type);
		if (!found.isEmpty()) {
			throw failure("There should be no %s, but there is:%n%s", type.getSimpleName(),
					RecordedEvents.describe(found));
		}
		return this;
	}

	/**
	 * Verify that nothing has been recorded.
	 * @return this
	 */
	public RecordedEventsAssert isEmpty() {
		isNotNull();
		if (!this.actual.list().isEmpty()) {
			throw failure("Nothing should have been recorded, but there is:%n%s", this.actual);
		}
		return this;
	}

}
