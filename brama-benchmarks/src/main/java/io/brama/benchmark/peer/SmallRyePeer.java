package io.brama.benchmark.peer;

import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;

import io.smallrye.faulttolerance.api.TypedGuard;

/**
 * A guard of SmallRye Fault Tolerance with a breaker in it. That judges exceptions only,
 * so a bad result is thrown inside and returned outside.
 */
final class SmallRyePeer implements Guarded {

	private final BadResultException badResult = new BadResultException();

	private final TypedGuard<String> guard;

	SmallRyePeer(Rule rule) {
		if (rule != Rule.DEFAULT && rule != Rule.COUNT_WINDOW) {
			throw Peer.unsupported(rule);
		}
		this.guard = TypedGuard.create(String.class)
			.withCircuitBreaker()
			.requestVolumeThreshold((rule == Rule.DEFAULT) ? 20 : 100)
			.failureRatio(1)
			.delay(1, ChronoUnit.DAYS)
			.done()
			.build();
	}

	@Override
	public String call(Callable<String> body) throws Exception {
		try {
			return this.guard.call(() -> required(body.call()));
		}
		catch (BadResultException ex) {
			return Peer.BAD;
		}
	}

	private String required(String result) throws BadResultException {
		if (Peer.isBad(result)) {
			throw this.badResult;
		}
		return result;
	}

	@Override
	public void open() {
		for (int call = 0; call < 100; call++) {
			try {
				this.guard.call(() -> {
					throw new IOException("down");
				});
			}
			catch (Exception ex) {
				// meant
			}
		}
	}

	/** Made in advance, so that it costs as little as it can. */
	private static final class BadResultException extends Exception {

		private static final long serialVersionUID = 1L;

		BadResultException() {
			super("bad", null, false, false);
		}

	}

}
