package io.brama;

import java.lang.System.Logger.Level;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.LongFunction;

import org.jspecify.annotations.Nullable;

/**
 * Brings events to listeners, one after the other, in the order in which they were
 * offered.
 * <p>
 * Maintainers: {@link #offer} only appends to a queue and may be called under a monitor,
 * which is how the order of transitions becomes the order of events; {@link #flush} hands
 * the queue to the one thread that delivers and must be called with no monitor held. One
 * thread at a time delivers: whoever raises {@code missed} from 0 starts the delivery,
 * everyone else only raises it, and the delivering thread goes round again until it has
 * seen every raise. With direct delivery that thread is the caller's, hence an event that
 * a listener causes is delivered after the current one, never inside it. Events get their
 * numbers as they are delivered, so that the numbers tell the order.
 */
final class Dispatcher {

	/** So many per-call events wait at most; further ones are dropped and counted. */
	static final int CAPACITY = 10_000;

	private static final int OUTCOMES = bit(BramaEvent.Type.SUCCESS) | bit(BramaEvent.Type.FAILURE);

	private static final System.Logger logger = System.getLogger("io.brama");

	private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();

	private final AtomicInteger waitingPerCall = new AtomicInteger();

	private final AtomicInteger missed = new AtomicInteger();

	private final LongAdder dropped = new LongAdder();

	private final CopyOnWriteArrayList<Listener> listeners = new CopyOnWriteArrayList<>();

	private final Executor executor;

	/** A bit for each type that somebody may want, by its ordinal. */
	private volatile int wantedTypes;

	private volatile boolean closed;

	/** The number of the last event. Written by the thread that delivers. */
	private long sequence;

	Dispatcher(Delivery delivery) {
		this((delivery == Delivery.DIRECT) ? Runnable::run : daemon());
	}

	/** Deliver by an executor, which is ended by {@link #close} if it has threads. */
	Dispatcher(Executor executor) {
		this.executor = executor;
	}

	/** One daemon thread that starts on first use and ends when idle. */
	static ThreadPoolExecutor daemon() {
		ThreadPoolExecutor executor = new ThreadPoolExecutor(1, 1, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
				(task) -> {
					Thread thread = new Thread(task, "brama-events");
					thread.setDaemon(true);
					return thread;
				});
		executor.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
		executor.allowCoreThreadTimeOut(true);
		return executor;
	}

	Subscription subscribe(EventFilter filter, Consumer<? super BramaEvent> consumer) {
		Listener listener = new Listener(filter, consumer);
		this.listeners.add(listener);
		noteWantedTypes();
		return listener;
	}

	private synchronized void noteWantedTypes() {
		int wanted = 0;
		for (Listener listener : this.listeners) {
			for (BramaEvent.Type type : listener.filter.types()) {
				wanted |= bit(type);
			}
		}
		this.wantedTypes = wanted;
	}

	/** Whether anybody may want events of a type: one volatile read. */
	boolean isWanted(BramaEvent.Type type) {
		return (this.wantedTypes & bit(type)) != 0;
	}

	/** Whether somebody may want to hear of successes or failures. */
	boolean wantsOutcomes() {
		return (this.wantedTypes & OUTCOMES) != 0;
	}

	@SuppressWarnings("EnumOrdinal") // used nowhere but in this object
	private static int bit(BramaEvent.Type type) {
		return 1 << type.ordinal();
	}

	/** Whether to make an event; if not, nobody would have got it. */
	boolean isWanted(BramaEvent.Type type, ConnectionId connection) {
		if (isWanted(type)) {
			for (Listener listener : this.listeners) {
				if (listener.filter.wants(type, connection)) {
					return true;
				}
			}
		}
		return false;
	}

	/**
	 * Append an event for the next {@link #flush}.
	 * @param event makes the event with its number; called when it is delivered
	 */
	void offer(BramaEvent.Type type, LongFunction<BramaEvent> event) {
		if (this.closed) {
			return;
		}
		if (type.isPerCall() && this.waitingPerCall.incrementAndGet() > CAPACITY) {
			this.waitingPerCall.decrementAndGet();
			this.dropped.increment();
			return;
		}
		this.waiting.add(new Waiting(type, event));
	}

	/** Have everything delivered that has been offered. */
	void flush() {
		if (!this.waiting.isEmpty() && this.missed.getAndIncrement() == 0) {
			try {
				this.executor.execute(this::deliverAll);
			}
			catch (Throwable ex) {
				// no thread to be had: the next event tries again
				this.missed.set(0);
			}
		}
	}

	private void deliverAll() {
		int seen = 1;
		while (seen != 0) {
			for (Waiting next = this.waiting.poll(); next != null; next = this.waiting.poll()) {
				if (next.type.isPerCall()) {
					this.waitingPerCall.decrementAndGet();
				}
				deliver(next);
			}
			seen = this.missed.addAndGet(-seen);
		}
	}

	/** An event that cannot be made, for want of memory for one, is lost and counted. */
	private void deliver(Waiting next) {
		BramaEvent event;
		try {
			event = next.event.apply(this.sequence + 1);
		}
		catch (Throwable ex) {
			this.dropped.increment();
			return;
		}
		this.sequence++;
		for (Listener listener : this.listeners) {
			try {
				listener.accept(event);
			}
			catch (Throwable ex) {
				complain(listener, event, ex);
			}
		}
	}

	private static void complain(Listener listener, BramaEvent event, Throwable problem) {
		try {
			listener.failed(event, problem);
		}
		catch (Throwable ex) {
			// the log itself failed; delivery goes on
		}
	}

	long dropped() {
		return this.dropped.sum();
	}

	/** Deliver what waits and end the thread. */
	void close() {
		this.closed = true;
		flush();
		if (this.executor instanceof ThreadPoolExecutor pool) {
			pool.shutdown();
		}
	}

	/** An event that has not been given its number yet. */
	private record Waiting(BramaEvent.Type type, LongFunction<BramaEvent> event) {
	}

	/** A subscription and the listener behind it. */
	private final class Listener implements Subscription {

		private final EventFilter filter;

		private volatile @Nullable Consumer<? super BramaEvent> consumer;

		private int failures;

		Listener(EventFilter filter, Consumer<? super BramaEvent> consumer) {
			this.filter = filter;
			this.consumer = consumer;
		}

		void accept(BramaEvent event) {
			Consumer<? super BramaEvent> consumer = this.consumer;
			if (consumer != null && this.filter.wants(event)) {
				consumer.accept(event);
			}
		}

		/** Called by the delivering thread only. */
		void failed(BramaEvent event, Throwable problem) {
			this.failures++;
			if (Text.isWorthALine(this.failures)) {
				logger.log(Level.WARNING, () -> "A listener failed (" + Text.times(this.failures) + " so far), now on "
						+ event.type() + " of " + event.connection(), problem);
			}
		}

		@Override
		public void close() {
			this.consumer = null;
			Dispatcher.this.listeners.remove(this);
			noteWantedTypes();
		}

	}

}
