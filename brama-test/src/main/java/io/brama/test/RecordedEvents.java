package io.brama.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import io.brama.Brama;
import io.brama.BramaEvent;
import io.brama.BramaEvent.StateChanged;
import io.brama.CircuitState;
import io.brama.EventFilter;
import io.brama.Subscription;
import org.jspecify.annotations.Nullable;

/**
 * A record of the events of a gate, in the order in which they were delivered.
 * <p>
 * With direct delivery, which the test kit uses unless told otherwise, an event is in the
 * record when the call that caused it returns. With asynchronous delivery a test waits
 * for it with {@link #await}. Thread-safe.
 */
public final class RecordedEvents implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private final Lock lock = new ReentrantLock();

	private final Condition recorded = this.lock.newCondition();

	private final List<BramaEvent> events = new ArrayList<>();

	/** Those that no {@link #await} has returned yet. */
	private final List<BramaEvent> news = new ArrayList<>();

	private final Subscription subscription;

	private RecordedEvents(Brama brama, EventFilter filter) {
		this.subscription = brama.subscribe(filter, this::add);
	}

	/**
	 * Record all events from now on.
	 * @param brama the gate whose events they are
	 * @return the record
	 */
	public static RecordedEvents of(Brama brama) {
		return of(brama, EventFilter.all());
	}

	/**
	 * Record some events from now on.
	 * @param brama the gate whose events they are
	 * @param filter which ones
	 * @return the record
	 */
	public static RecordedEvents of(Brama brama, EventFilter filter) {
		return new RecordedEvents(Objects.requireNonNull(brama, "brama must not be null"), filter);
	}

	private void add(BramaEvent event) {
		this.lock.lock();
		try {
			this.events.add(event);
			this.news.add(event);
			this.recorded.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Return what has been recorded.
	 * @return the events so far, in their order
	 */
	public List<BramaEvent> list() {
		this.lock.lock();
		try {
			return List.copyOf(this.events);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Return what has been recorded of one type.
	 * @param <E> the type
	 * @param type the type, such as {@code StateChanged.class}
	 * @return the events so far, in their order
	 */
	public <E extends BramaEvent> List<E> list(Class<E> type) {
		return list().stream().filter(type::isInstance).map(type::cast).toList();
	}

	/**
	 * Return the states that a connection went through.
	 * @param identifier the connection
	 * @return the state after each change recorded, in their order
	 */
	public List<CircuitState> states(String identifier) {
		return list(StateChanged.class).stream()
			.filter((change) -> change.connection().identifier().equals(identifier))
			.map(StateChanged::next)
			.toList();
	}

	/**
	 * Wait up to 5 seconds for an event, without sleeping when it is there.
	 * @param <E> the type
	 * @param type the type
	 * @return see {@link #await(Class, Duration, Predicate)}
	 */
	public <E extends BramaEvent> E await(Class<E> type) {
		return await(type, PATIENCE);
	}

	/**
	 * Wait for an event, without sleeping when it is there.
	 * @param <E> the type
	 * @param type the type
	 * @param patience how long to wait at most, by the clock of the machine
	 * @return see {@link #await(Class, Duration, Predicate)}
	 */
	public <E extends BramaEvent> E await(Class<E> type, Duration patience) {
		return await(type, patience, (event) -> true);
	}

	/**
	 * Wait for an event, without sleeping when it is there.
	 * @param <E> the type
	 * @param type the type
	 * @param patience how long to wait at most, by the clock of the machine
	 * @param which which ones of that type
	 * @return the first of these events that was not awaited before: each is returned
	 * once
	 * @throws AssertionError if there is none in time
	 */
	public <E extends BramaEvent> E await(Class<E> type, Duration patience, Predicate<? super E> which) {
		this.lock.lock();
		try {
			long left = patience.toNanos();
			E found = take(type, which);
			while (found == null && left > 0) {
				left = this.recorded.awaitNanos(left);
				found = take(type, which);
			}
			if (found == null) {
				throw new AssertionError("There was no %s within %d ms that was not awaited before. Recorded were:%n%s"
					.formatted(type.getSimpleName(), patience.toMillis(), describe(this.events)));
			}
			return found;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError("Interrupted while waiting for a " + type.getSimpleName(), ex);
		}
		finally {
			this.lock.unlock();
		}
	}

	private <E extends BramaEvent> @Nullable E take(Class<E> type, Predicate<? super E> which) {
		for (Iterator<BramaEvent> all = this.news.iterator(); all.hasNext();) {
			BramaEvent event = all.next();
			if (type.isInstance(event) && which.test(type.cast(event))) {
				all.remove();
				return type.cast(event);
			}
		}
		return null;
	}

	/**
	 * Forget what has been recorded.
	 */
	public void clear() {
		this.lock.lock();
		try {
			this.events.clear();
			this.news.clear();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * End the recording. What has been recorded stays.
	 */
	@Override
	public void close() {
		this.subscription.close();
	}

	@Override
	public String toString() {
		return describe(list());
	}

	/** The events as a list to read, one a line. */
	static String describe(List<? extends BramaEvent> events) {
		return events.isEmpty() ? "  nothing"
				: events.stream().map((event) -> "  " + describe(event)).collect(Collectors.joining("\n"));
	}

	private static String describe(BramaEvent event) {
		String what = event.connection() + ": ";
		if (event instanceof StateChanged change) {
			return what + change.previous() + " -> " + change.next() + ", " + change.cause()
					+ ((change.reason() != null) ? " (" + change.reason() + ")" : "");
		}
		return what + event.type()
				+ ((event instanceof BramaEvent.Failure failure) ? " (" + failure.reason() + ")" : "");
	}

}
