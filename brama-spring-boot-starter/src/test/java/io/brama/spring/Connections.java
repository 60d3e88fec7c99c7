package io.brama.spring;

import java.net.http.HttpClient;

/**
 * Connections to the servers of tests.
 */
public final class Connections {

	private Connections() {
	}

	/**
	 * A client that has no connection yet: at times the server of Reactor Netty 1.3.7
	 * does not read a second request
	 * (https://github.com/reactor/reactor-netty/issues/4361).
	 */
	public static HttpClient fresh() {
		return HttpClient.newHttpClient();
	}

}
