package io.brama.docs;

import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

import io.brama.Brama;
import io.brama.BramaEvent;
import io.brama.BramaEvent.StateChanged;
import io.brama.Circuit;
import io.brama.CircuitState;
import io.brama.EventFilter;

/**
 * The monitor of docs/extending.md: keeps a WebSocket open as long as its circuit allows.
 */
final class TickerMonitor implements WebSocket.Listener {

	private final Circuit circuit;

	private final Function<WebSocket.Listener, CompletableFuture<WebSocket>> connector;

	TickerMonitor(Brama brama, Function<WebSocket.Listener, CompletableFuture<WebSocket>> connector) {
		this.circuit = brama.register("ticker", (options) -> options.type("websocket").maxAttempts(3));
		this.connector = connector;
		brama.subscribe(EventFilter.types(BramaEvent.Type.STATE_CHANGE).connection("ticker"), (event) -> {
			if (event instanceof StateChanged change && change.next() == CircuitState.HALF_OPEN) {
				connect();
			}
		});
	}

	void connect() {
		this.circuit.callAsync(() -> this.connector.apply(this)).whenComplete((socket, error) -> {
			if (error != null && this.circuit.isAvailable()) {
				connect();
			}
		});
	}

	@Override
	public CompletionStage<?> onPong(WebSocket socket, ByteBuffer message) {
		this.circuit.success();
		socket.request(1);
		return null;
	}

	@Override
	public void onError(WebSocket socket, Throwable error) {
		lost("the socket broke");
	}

	@Override
	public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
		if (status != WebSocket.NORMAL_CLOSURE) {
			lost("the server closed with status " + status);
		}
		return null;
	}

	private void lost(String why) {
		this.circuit.failure(why);
		connect();
	}

}
