package io.brama.spring.web;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * An HTTP server that is as unwell as it is told to be.
 */
final class PartnerServer implements AutoCloseable {

	private static final String STALL = "stall";

	private static final String RESET = "reset";

	private final ServerSocket server;

	private final Thread listener;

	private final AtomicInteger requests = new AtomicInteger();

	private final Set<Socket> stalled = Collections.synchronizedSet(new HashSet<>());

	private volatile String behaviour = "";

	PartnerServer() {
		try {
			this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		recovers();
		this.listener = new Thread(this::serve, "partner");
		this.listener.setDaemon(true);
		this.listener.start();
	}

	String host() {
		return "localhost:" + this.server.getLocalPort();
	}

	String url() {
		return "http://" + host();
	}

	int requests() {
		return this.requests.get();
	}

	void recovers() {
		answers(200);
	}

	/** Let it answer with a status and headers such as {@code Retry-After: 120}. */
	void answers(int status, String... headers) {
		StringBuilder answer = new StringBuilder("HTTP/1.1 ").append(status)
			.append(" Whatever\r\nContent-Type: text/plain\r\nContent-Length: 4\r\nConnection: close\r\n");
		for (String header : headers) {
			answer.append(header).append("\r\n");
		}
		this.behaviour = answer.append("\r\nbody").toString();
	}

	/** Let it take requests and say nothing. */
	void stalls() {
		this.behaviour = STALL;
	}

	/** Let it cut connections off in the middle of a request. */
	void resets() {
		this.behaviour = RESET;
	}

	private void serve() {
		while (!this.server.isClosed()) {
			try {
				Socket socket = this.server.accept();
				Thread thread = new Thread(() -> serve(socket), "partner");
				thread.setDaemon(true);
				thread.start();
			}
			catch (IOException ex) {
				// closed
			}
		}
	}

	private void serve(Socket socket) {
		try {
			BufferedReader request = new BufferedReader(
					new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
			String line = request.readLine();
			if (line == null) {
				socket.close();
				return;
			}
			while (!line.isEmpty()) {
				line = request.readLine();
			}
			this.requests.incrementAndGet();
			answer(socket);
		}
		catch (IOException ex) {
			// the client is gone
		}
	}

	private void answer(Socket socket) throws IOException {
		String now = this.behaviour;
		if (now.equals(STALL)) {
			this.stalled.add(socket);
			return;
		}
		if (now.equals(RESET)) {
			socket.setSoLinger(true, 0);
		}
		else {
			socket.getOutputStream().write(now.getBytes(US_ASCII));
			socket.getOutputStream().flush();
		}
		socket.close();
	}

	/**
	 * Returns when nobody can connect any more: a pending accept takes one more caller.
	 */
	@Override
	public void close() throws IOException {
		this.server.close();
		try {
			this.listener.join();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		for (Socket socket : this.stalled) {
			socket.close();
		}
	}

}
