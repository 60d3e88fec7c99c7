package io.brama.spring.autoconfigure;

import io.brama.Outcome;
import io.brama.spring.web.HttpErrors;

import org.springframework.http.HttpStatus;
import org.springframework.web.client.HttpServerErrorException;

/**
 * Asks the ready-made handler for HTTP about an exception of one client, for class paths
 * on which the other is not.
 */
public final class BareHttpCall {

	private BareHttpCall() {
	}

	/**
	 * Ask it.
	 * @return the reason it gives
	 */
	public static String answers() {
		Outcome outcome = new HttpErrors().classify(null, new HttpServerErrorException(HttpStatus.SERVICE_UNAVAILABLE));
		return ((Outcome.Failure) outcome).reason();
	}

}
