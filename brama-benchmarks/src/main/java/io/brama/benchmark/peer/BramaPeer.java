package io.brama.benchmark.peer;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import io.brama.Brama;
import io.brama.BramaEvent;
import io.brama.Circuit;
import io.brama.CircuitConfig;
import io.brama.CircuitState;
import io.brama.Command;
import io.brama.ErrorHandler;
import io.brama.EventFilter;
import io.brama.Outcome;
import io.brama.Subscription;

/**
 * A circuit of this library. All belong to one gate, which keeps its lines out of the log
 * of the benchmarks.
 */
final class BramaPeer implements Guarded {

	private static final ErrorHandler JUDGE = (result, error) -> Peer.isBad(result) ? Outcome.failure("bad")
			: ErrorHandler.DEFAULT.classify(result, error);

	private static final Command COMMAND = Command.because("a benchmark");

	private static final Brama brama = Brama.builder().transitionLog((level, line, fields) -> {
	}).build();

	private static final AtomicInteger numbers = new AtomicInteger();

	private final Circuit circuit;

	BramaPeer(Rule rule) {
		this.circuit = brama.register("partner-" + numbers.incrementAndGet(), (options) -> apply(rule, options));
	}

	private static void apply(Rule rule, CircuitConfig.Builder options) {
		options.trialTimeout(Duration.ofDays(1));
		switch (rule) {
			case DEFAULT -> {
			}
			case COUNT_WINDOW -> options.failureRate(100).window(100);
			case TIME_WINDOW -> options.failureRate(100).window(Duration.ofSeconds(10));
			case SLOW_CALLS -> options.slowCallDuration(Duration.ofSeconds(10)).slowCallRate(100);
		}
	}

	@Override
	public String call(Callable<String> body) throws Exception {
		return this.circuit.call(body, JUDGE);
	}

	@Override
	public void open() {
		this.circuit.open(COMMAND.untilToldOtherwise());
	}

	@Override
	public void halfOpen() {
		CountDownLatch told = new CountDownLatch(1);
		EventFilter thisChange = EventFilter.types(BramaEvent.Type.STATE_CHANGE)
			.connection(this.circuit.id())
			.where((event) -> event instanceof BramaEvent.StateChanged change
					&& change.next() == CircuitState.HALF_OPEN);
		Subscription subscription = brama.subscribe(thisChange, (event) -> told.countDown());
		this.circuit.halfOpen(COMMAND);
		try {
			told.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
		subscription.close();
	}

}
