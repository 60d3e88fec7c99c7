package io.brama.benchmark.peer;

import java.util.concurrent.Callable;

/**
 * A connection that nothing guards.
 */
final class DirectPeer implements Guarded {

	private final RuntimeException rejected = new RuntimeException("made in advance", null, false, false) {
	};

	private boolean open;

	DirectPeer(Rule rule) {
		if (rule != Rule.DEFAULT) {
			throw Peer.unsupported(rule);
		}
	}

	@Override
	public String call(Callable<String> body) throws Exception {
		if (this.open) {
			throw this.rejected;
		}
		return body.call();
	}

	@Override
	public void open() {
		this.open = true;
	}

	@Override
	public void halfOpen() {
		this.open = false;
	}

}
