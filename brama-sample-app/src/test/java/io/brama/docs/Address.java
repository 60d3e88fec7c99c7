package io.brama.docs;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The address of something that is not in the tree.
 *
 * @param text as it stands on a page
 */
record Address(String text) {

	/** Hosts that are nobody's, or the reader's own. */
	private static final Set<String> NOWHERE = Set.of("localhost", "example.com", "example.org");

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	/**
	 * Say what is wrong with the address, without asking anybody.
	 */
	@Nullable String problem() {
		try {
			URI address = URI.create(this.text);
			if (address.getHost() == null) {
				return "no host in " + this.text;
			}
			if (!isElsewhere()) {
				return null;
			}
			return (address.getScheme().equals("https") && address.getHost().contains(".")) ? null
					: "not a host that anybody can ask over https: " + this.text;
		}
		catch (IllegalArgumentException ex) {
			return ex.getMessage();
		}
	}

	/**
	 * Tell whether somebody else answers for the address.
	 */
	boolean isElsewhere() {
		String host = URI.create(this.text).getHost();
		return host != null
				&& NOWHERE.stream().noneMatch((nowhere) -> host.equals(nowhere) || host.endsWith("." + nowhere))
				&& !host.endsWith(".invalid");
	}

	/**
	 * Ask for it, twice if need be.
	 */
	Answer answer() {
		Answer head = answerTo("HEAD");
		return head.isThere() ? head : answerTo("GET");
	}

	private Answer answerTo(String method) {
		HttpClient client = HttpClient.newBuilder()
			.followRedirects(HttpClient.Redirect.NORMAL)
			.connectTimeout(PATIENCE)
			.build();
		HttpRequest request = HttpRequest.newBuilder(URI.create(this.text))
			.method(method, HttpRequest.BodyPublishers.noBody())
			.timeout(PATIENCE)
			.build();
		try {
			return new Answer(client.send(request, BodyHandlers.discarding()).statusCode(), null);
		}
		catch (IOException ex) {
			return new Answer(0, ex.toString());
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public String toString() {
		return this.text;
	}

	/**
	 * What came back.
	 *
	 * @param status the HTTP status, 0 if there was no answer
	 * @param problem why there was none
	 */
	record Answer(int status, @Nullable String problem) {

		/** Who refuses robots is there. */
		boolean isThere() {
			return (this.status >= 200 && this.status < 300) || this.status == 403 || this.status == 429;
		}

	}

}
