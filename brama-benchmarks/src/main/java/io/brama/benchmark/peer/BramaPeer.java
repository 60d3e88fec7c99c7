package io.brama.benchmark.peer;

import java.time.Duration;
import java.util.concurrent.Callable;

import io.brama.Brama;
import io.brama.Circuit;
import io.brama.Command;
import io.brama.ErrorHandler;
import io.brama.Outcome;

/**
 * A circuit of this library.
 */
final class BramaPeer implements Guarded {

	private static final ErrorHandler JUDGE = (result, error) -> Peer.isBad(result) ? Outcome.failure("bad")
			: ErrorHandler.DEFAULT.classify(result, error);

	private final Circuit circuit;

	BramaPeer(Rule rule) {
		this.circuit = Brama.create().register("partner", (options) -> {
			switch (rule) {
				case DEFAULT -> {
				}
				case COUNT_WINDOW -> options.failureRate(100).window(100);
				case TIME_WINDOW -> options.failureRate(100).window(Duration.ofSeconds(10));
				case SLOW_CALLS -> options.slowCallDuration(Duration.ofSeconds(10)).slowCallRate(100);
			}
		});
	}

	@Override
	public String call(Callable<String> body) throws Exception {
		return this.circuit.call(body, JUDGE);
	}

	@Override
	public void open() {
		this.circuit.open(Command.because("a benchmark").untilToldOtherwise());
	}

}
