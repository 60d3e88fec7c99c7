package io.brama.spring.autoconfigure;

/**
 * Options of answers to HTTP requests.
 */
public class WebProperties {

	/**
	 * Whether a request whose controller met an open circuit is answered with status 503
	 * and a problem detail.
	 */
	private boolean problemDetails = true;

	public boolean isProblemDetails() {
		return this.problemDetails;
	}

	public void setProblemDetails(boolean problemDetails) {
		this.problemDetails = problemDetails;
	}

}
