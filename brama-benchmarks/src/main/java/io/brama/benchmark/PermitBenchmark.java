package io.brama.benchmark;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.brama.Brama;
import io.brama.BramaEvent;
import io.brama.Circuit;
import io.brama.Command;
import io.brama.EventFilter;
import io.brama.Permit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;

/**
 * The other ways to use a circuit: permits, names, futures, trials, listeners.
 */
public class PermitBenchmark extends TimedBenchmark {

	private final Brama brama = Brama.create();

	private final Circuit closed = this.brama.register("closed");

	private final Circuit open = this.brama.register("open");

	private final Circuit halfOpen = this.brama.register("half-open",
			(options) -> options.trialCalls(1000).successesToClose(1000).trialTimeout(Duration.ofDays(1)));

	private final Circuit told = this.brama.register("told");

	private final CompletableFuture<String> done = CompletableFuture.completedFuture("done");

	private long events;

	/** Bring each circuit into its state. */
	public PermitBenchmark() {
		this.open.open(Command.because("a benchmark").untilToldOtherwise());
		this.halfOpen.halfOpen(Command.because("a benchmark"));
		this.brama.subscribe(EventFilter.types(BramaEvent.Type.SUCCESS).connection("told"), (event) -> this.events++);
	}

	/**
	 * A permit that is settled.
	 * @return what became of it
	 */
	@Benchmark
	public Permit.Settlement permit() {
		return this.closed.acquire().success();
	}

	/**
	 * A permit that is refused.
	 * @return no permit
	 */
	@Benchmark
	public @Nullable Permit refusedPermit() {
		return this.open.tryAcquire();
	}

	/**
	 * The manual flow, by name.
	 * @return whether it was reported
	 */
	@Benchmark
	public boolean manualFlowByName() {
		return this.brama.isAvailable("closed") && this.brama.success("closed");
	}

	/**
	 * A future that is done already.
	 * @return the guarded future
	 */
	@Benchmark
	public CompletableFuture<String> future() {
		return this.closed.callAsync(() -> this.done);
	}

	/**
	 * A trial that is given back.
	 */
	@Benchmark
	public void trialGivenBack() {
		this.halfOpen.acquire().close();
	}

	/**
	 * A call that a listener is told of.
	 * @return what it returns
	 * @throws Exception never
	 */
	@Benchmark
	public String callWithListener() throws Exception {
		return this.told.call(() -> "done");
	}

}
