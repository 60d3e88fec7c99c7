package io.brama.benchmark;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.brama.Brama;
import io.brama.BramaEvent;
import io.brama.Circuit;
import io.brama.Command;
import io.brama.Delivery;
import io.brama.EventFilter;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What the thread pays that changes the state of a circuit when ten subscribers are told
 * of it. Each change happens when all is quiet, as in real life: the thread that delivers
 * events sleeps, and has to be woken or, after 10 s without any, started.
 */
public class StateChangeBenchmark extends TimedBenchmark {

	private static final int SUBSCRIBERS = 10;

	private static final long QUIET = TimeUnit.MICROSECONDS.toNanos(200);

	private static final Command COMMAND = Command.because("a benchmark");

	/** Which library; events of Resilience4j reach subscribers inside the change. */
	@Param({ "BRAMA", "BRAMA_FIRST_EVENT", "BRAMA_DIRECT_DELIVERY", "RESILIENCE4J" })
	public String peer = "BRAMA";

	private volatile CountDownLatch told = new CountDownLatch(0);

	private Runnable close = () -> {
	};

	private Runnable open = () -> {
	};

	private Runnable end = () -> {
	};

	/** Make the circuit, each time a new one where the first event is the subject. */
	@Setup
	public void start() {
		switch (this.peer) {
			case "BRAMA", "BRAMA_FIRST_EVENT" -> brama(Delivery.ASYNC);
			case "BRAMA_DIRECT_DELIVERY" -> brama(Delivery.DIRECT);
			case "RESILIENCE4J" -> resilience4j();
			default -> throw new UnsupportedOperationException(this.peer + " is not compared here");
		}
	}

	private void brama(Delivery delivery) {
		Brama brama = Brama.builder().delivery(delivery).transitionLog((level, line, fields) -> {
		}).build();
		Circuit circuit = brama.register("partner");
		for (int number = 0; number < SUBSCRIBERS; number++) {
			brama.subscribe(EventFilter.types(BramaEvent.Type.STATE_CHANGE), (event) -> this.told.countDown());
		}
		this.open = () -> circuit.open(COMMAND);
		this.close = () -> circuit.close(COMMAND);
		this.end = brama::close;
	}

	private void resilience4j() {
		CircuitBreaker breaker = CircuitBreaker.ofDefaults("partner");
		for (int number = 0; number < SUBSCRIBERS; number++) {
			breaker.getEventPublisher().onStateTransition((event) -> this.told.countDown());
		}
		this.open = breaker::transitionToOpenState;
		this.close = breaker::transitionToClosedState;
	}

	/** Expect the subscribers to be told. */
	@Setup(Level.Invocation)
	public void expect() {
		if (this.peer.equals("BRAMA_FIRST_EVENT")) {
			start();
		}
		this.told = new CountDownLatch(SUBSCRIBERS);
	}

	/**
	 * Open the circuit, with the two reads of the clock by which it is measured.
	 */
	@Benchmark
	public void open() {
		this.open.run();
	}

	/**
	 * Wait until the subscribers have been told, and close the circuit again.
	 * @throws InterruptedException never
	 */
	@TearDown(Level.Invocation)
	public void becomeQuiet() throws InterruptedException {
		this.told.await();
		this.told = new CountDownLatch(SUBSCRIBERS);
		this.close.run();
		this.told.await();
		if (this.peer.equals("BRAMA_FIRST_EVENT")) {
			this.end.run();
		}
		LockSupport.parkNanos(QUIET);
	}

}
