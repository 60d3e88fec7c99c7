package io.brama.benchmark;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;

import dev.failsafe.Failsafe;
import io.brama.Brama;
import io.brama.benchmark.peer.Peer;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.smallrye.faulttolerance.api.TypedGuard;
import jakarta.enterprise.util.TypeLiteral;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * Calls that return a {@link CompletionStage}, of a closed circuit as it is by default.
 */
public class AsyncBenchmark extends TimedBenchmark {

	/** Which library. */
	@Param({ "DIRECT", "BRAMA", "RESILIENCE4J", "FAILSAFE", "SMALLRYE" })
	public Peer peer = Peer.DIRECT;

	private final CompletableFuture<String> done = CompletableFuture.completedFuture("done");

	private Function<Supplier<CompletionStage<String>>, CompletionStage<String>> guard = Supplier::get;

	/** Make the circuit. */
	@Setup
	public void start() {
		this.guard = switch (this.peer) {
			case DIRECT -> Supplier::get;
			case BRAMA -> Brama.create().register("partner")::callAsync;
			case RESILIENCE4J -> CircuitBreaker.ofDefaults("partner")::executeCompletionStage;
			case FAILSAFE -> failsafe();
			case SMALLRYE -> TypedGuard.create(new TypeLiteral<CompletionStage<String>>() {
			}).withCircuitBreaker().done().build()::get;
			default -> throw new UnsupportedOperationException(this.peer + " is not compared here");
		};
	}

	/** Stays on the thread of the caller, as the others do. */
	private static Function<Supplier<CompletionStage<String>>, CompletionStage<String>> failsafe() {
		var breaker = dev.failsafe.CircuitBreaker.<String>builder()
			.withFailureThreshold(10)
			.withDelay(Duration.ofDays(1))
			.build();
		Executor sameThread = Runnable::run;
		var executor = Failsafe.with(breaker).with(sameThread);
		return (call) -> executor.getStageAsync(call::get);
	}

	/**
	 * The stage is complete when it is returned.
	 * @return the guarded stage
	 */
	@Benchmark
	public CompletionStage<String> completeAlready() {
		return this.guard.apply(() -> this.done);
	}

	/**
	 * The stage is completed later.
	 * @return the guarded stage
	 */
	@Benchmark
	public CompletionStage<String> completedLater() {
		CompletableFuture<String> answer = new CompletableFuture<>();
		CompletionStage<String> guarded = this.guard.apply(() -> answer);
		answer.complete("done");
		return guarded;
	}

}
